import type { Block } from '../outline/types.ts';
import type { Page } from '../page.ts';
import type { DraftField } from '../reading.ts';
import type { Section } from '../sections.ts';
import { readTitle } from '../titles.ts';
import { phaseOfTitle } from './describe-decision.ts';

/** Names that lead the parts of one decision (as ADRs have them), so they open no decision of their own. */
export const partName = /^(?:context|problem|decision|decided|why|because|reason(?:ing)?|rationale|consequences?|alternatives?(?: considered)?|options?(?: considered)?|status|date|phase|scope|impact|trade-?offs?|risks?|drivers?|outcome|result|note|notes|see(?: also)?|refs?|references?|links?|supersedes|superseded by|replaces|evidence|how|what|where|when|who|by|author|deciders?|owner|pros?|cons?|follow-?up|next|verification|verified|validation|example|background|details?|approach|implementation|applies to|expires?|waiver|revisit)\b/iu;
/** Titles that only group decisions. */
export const groupTitle = /^(?:(?:still|already|currently|now)\s+)?(?:settled|open|decided|proposed|accepted|rejected|retired|superseded|exceptions?|dead-?ends?|standing|active|current|in force|index|conventions?|format|log|pending|parked|history|archive)\b/iu;

/** What the sections of a file say that is one decision and no more: an architecture decision record, as Nygard, adr-tools and MADR write it. */
const partOfFile = /^(?:status|context|decision|consequences|considered options|problem)\b/iu;

/** A file that is one decision: its title, and below it sections that are all parts of it. */
function isRecordOfFile(section: Section): boolean {
  const titles = section.children.map((child) => child.masked.trim());
  const isLog = /^(?:decisions?|adrs?|decision (?:log|record)s?|architecture decision records?)\b[^:\d]*$/iu.test(section.masked.trim()) || titles.some((title) => readTitle(title).when !== null || phaseOfTitle(title) !== null);
  return section.depth === 1 && !isLog && titles.some((title) => /^(?:decision|status)\b/iu.test(title)) && titles.filter((title) => partOfFile.test(title)).length > 1;
}

/** The sections of one decision, as ADRs have them: `### Status`, `### Context`, `### Decision`. */
export function isRecord(section: Section): boolean {
  if (section.depth === 1) return isRecordOfFile(section) && section.parent?.children.length === 1;
  const own = section.blocks.every((block) => block.type === 'rule' || block.type === 'html' || block.type === 'paragraph');
  const parts = section.children.filter((child) => partName.test(child.masked.trim()));
  return section.depth > 1 && own && !groupTitle.test(section.masked.trim()) && parts.length > 1 && parts.length === section.children.length;
}

/** The parts of a record as its fields, those of the front matter above it first. */
export function fieldsOfRecord(page: Page, section: Section): DraftField[] {
  return [...(section.depth === 1 ? page.root.blocks.flatMap(fieldsOfFrontMatter) : []), ...fieldsOfParts(page, section)];
}

/** `status: accepted` and the like, as MADR has them above the title: names with a value in their line, or with a list below. */
function fieldsOfFrontMatter(block: Block): DraftField[] {
  if (block.type !== 'frontmatter') return [];
  const fields: DraftField[] = [];
  for (const [index, line] of block.value.split('\n').entries()) {
    const at = block.line + 1 + index;
    const [, name, value = ''] = /^([A-Za-z][\w -]*?)\s*:(?:\s+(.*))?$/u.exec(line) ?? [];
    const item = /^\s*-\s+(.*)$/u.exec(line)?.[1];
    const last = fields.at(-1);
    if (name !== undefined) fields.push({ name, value: unquote(value), line: at, endLine: at });
    else if (item !== undefined && last) Object.assign(last, { value: [last.value, unquote(item)].filter(Boolean).join(', '), endLine: at });
  }
  return fields.filter(({ value }) => value !== '');
}

/** A value of YAML without its quotes, the brackets of its list, and a comment behind it. */
function unquote(value: string): string {
  const bare = value.trim().replace(/\s+#.*$/u, '');
  return (/^\[(?!.*\]\()(.*)\]$/u.exec(bare)?.[1] ?? bare).replace(/^(["'])(.*)\1$/u, '$2').trim();
}

function fieldsOfParts(page: Page, section: Section): DraftField[] {
  return section.children.map((part) => ({ name: part.text.replace(/[\s:]+$/u, ''), value: page.source(part.line + 1, part.endLine).trim(), line: part.line, endLine: part.endLine }));
}
