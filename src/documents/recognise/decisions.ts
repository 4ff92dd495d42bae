import { findLeads, leadingStrong, type Lead } from '../leads.ts';
import { maskProse } from '../masked.ts';
import type { Block, Item, Paragraph } from '../outline/types.ts';
import { addDraft, readContent, type NewDraft, type Page } from '../page.ts';
import type { Draft, DraftField } from '../reading.ts';
import { allBlocks, type Section } from '../sections.ts';
import { readTitle } from '../titles.ts';
import { findWhen, plainWhen } from '../vocabulary/when.ts';
import { findPhase, isNothing } from '../vocabulary/words.ts';
import { findSupersession, readDecisionState } from './decision-words.ts';

/** Names that lead the parts of one decision (as ADRs have them), so they open no decision of their own. */
const partName = /^(?:context|problem|decision|decided|why|because|reason(?:ing)?|rationale|consequences?|alternatives?(?: considered)?|options?(?: considered)?|status|date|phase|scope|impact|trade-?offs?|risks?|drivers?|outcome|result|note|notes|see(?: also)?|refs?|references?|links?|supersedes|superseded by|replaces|evidence|how|what|where|when|who|by|author|deciders?|owner|pros?|cons?|follow-?up|next|verification|verified|validation|example|background|details?|approach|implementation|applies to|expires?|waiver|revisit)\b/iu;
const groupTitle = /^(?:(?:still|already|currently|now)\s+)?(?:settled|open|decided|proposed|accepted|rejected|retired|superseded|exceptions?|dead-?ends?|standing|active|current|in force|index|conventions?|format|log|pending|parked|history|archive)\b/iu;

interface Place {
  /** What the decision inherits from the section that groups it. */
  phase: string;
  /** The phase is that of a heading, not of the file. */
  named: boolean;
  when: ReturnType<typeof findWhen>;
  open: boolean;
}

/** `Phase 2w — …`, or `pxgate: …` where no section around it has named its phase. */
function phaseOfTitle(text: string, isNamed = false): string | null {
  const bare = readTitle(text).rest.trim();
  const named = /^phase[ -]/iu.test(bare) ? findPhase(bare) : null;
  if (isNamed) return named;
  const prefixed = /^`?((?=[a-z0-9]*[a-z])[a-z0-9]{1,20}|\d+[a-z]?)`?:\s/u.exec(bare)?.[1];
  return named ?? (prefixed && !/^(?:note|fix|docs|feat|chore|todo|re|adr|update|decision|warning|caution)$/u.test(prefixed) ? prefixed : null);
}

function describe(text: string, body: string, fields: Draft['fields'], place: Place): Omit<NewDraft, 'line' | 'endLine' | 'refs'> {
  const read = readTitle(text);
  const when = read.when ?? findWhen(text) ?? place.when;
  const supersession = findSupersession(text, body, fields);
  return {
    ...plainWhen(when),
    title: read.title,
    name: read.name,
    phase: phaseOfTitle(text, place.named) ?? place.phase,
    state: readDecisionState({ title: text, body, fields, open: place.open, superseded: supersession.supersededBy.length > 0 }),
    fields,
    ...(supersession.supersedes.length > 0 ? { supersedes: supersession.supersedes } : {}),
    ...(supersession.supersededBy.length > 0 ? { supersededBy: supersession.supersededBy } : {}),
  };
}

function fileItem(page: Page, item: Item, place: Place): void {
  const first = item.children[0];
  if (first?.type !== 'paragraph' || isNothing(first.prose.text)) return;
  const strong = leadingStrong(first.prose);
  const lead = findLeads(first.prose, { bullet: false })[0];
  const title = strong ? strong.text : (lead?.start === 0 ? lead.name : first.prose.text);
  const body = maskProse(first.prose).slice(strong?.end ?? 0);
  const [, ...below] = item.children;
  const { refs } = readContent(page, item.children);
  const { fields } = readContent(page, below, { nested: true });
  addDraft(page, 'decision', { ...describe(title.replace(/[\s:]+$/u, ''), body, fields, place), line: item.line, endLine: item.endLine, refs });
}

function leadOf(block: Block): Lead | null {
  if (block.type !== 'paragraph') return null;
  const lead = findLeads(block.prose, { bullet: false })[0];
  return lead && lead.start < 4 && leadingStrong(block.prose) && !partName.test(lead.name) ? lead : null;
}

function fileLead(page: Page, blocks: Block[], endLine: number, place: Place): void {
  const [first, ...rest] = blocks as [Paragraph, ...Block[]];
  const strong = leadingStrong(first.prose);
  const text = strong?.text ?? first.prose.text;
  const body = maskProse(first.prose).slice(strong?.end ?? 0);
  const { refs } = readContent(page, blocks);
  addDraft(page, 'decision', { ...describe(text.replace(/[\s:]+$/u, ''), body, readContent(page, rest).fields, place), line: first.line, endLine, refs });
}

function firstProse(blocks: Block[]): string {
  const paragraphs = blocks.filter((block) => block.type === 'paragraph');
  return paragraphs.map((block) => maskProse(block.prose)).join('\n').slice(0, 4000);
}

function fileSection(page: Page, section: Section, children: Section[], place: Place): void {
  const last = children[0] ? children[0].line - 1 : section.endLine;
  const inner = allBlocks(section).filter((block) => block.line <= last);
  const content = readContent(page, inner);
  const heading = section.heading ? readContent(page, [section.heading]).refs : [];
  addDraft(page, 'decision', { ...describe(section.text, firstProse(inner), content.fields, place), line: section.line, endLine: last, refs: [...heading, ...content.refs] });
}

/** What the sections of a file say that is one decision and no more: an architecture decision record, as Nygard, adr-tools and MADR write it. */
const partOfFile = /^(?:status|context|decision|consequences|considered options|problem)\b/iu;

/** A file that is one decision: its title, and below it sections that are all parts of it. */
function isRecordOfFile(section: Section): boolean {
  const titles = section.children.map((child) => child.masked.trim());
  const isLog = /^(?:decisions?|adrs?|decision (?:log|record)s?|architecture decision records?)\b[^:\d]*$/iu.test(section.masked.trim()) || titles.some((title) => readTitle(title).when !== null || phaseOfTitle(title) !== null);
  return section.depth === 1 && !isLog && titles.some((title) => /^(?:decision|status)\b/iu.test(title)) && titles.filter((title) => partOfFile.test(title)).length > 1;
}

/** The sections of one decision, as ADRs have them: `### Status`, `### Context`, `### Decision`. */
function isRecord(section: Section): boolean {
  if (section.depth === 1) return isRecordOfFile(section) && section.parent?.children.length === 1;
  const own = section.blocks.every((block) => block.type === 'rule' || block.type === 'html' || block.type === 'paragraph');
  const parts = section.children.filter((child) => partName.test(child.masked.trim()));
  return section.depth > 1 && own && !groupTitle.test(section.masked.trim()) && parts.length > 1 && parts.length === section.children.length;
}

function fieldsOfParts(page: Page, section: Section): DraftField[] {
  return section.children.map((part) => ({ name: part.text.replace(/[\s:]+$/u, ''), value: page.source(part.line + 1, part.endLine).trim(), line: part.line, endLine: part.endLine }));
}

function fileRecord(page: Page, section: Section, place: Place): void {
  const content = readContent(page, [...(section.heading ? [section.heading] : []), ...allBlocks(section)]);
  const fields = [...fieldsOfParts(page, section), ...content.fields];
  const when = findWhen(fields.find(({ name }) => /^date$/iu.test(name))?.value ?? /^\s*Date:\s*(.*)$/imu.exec(firstProse(section.blocks))?.[1] ?? '') ?? place.when;
  addDraft(page, 'decision', { ...describe(section.text, firstProse(section.blocks), fields, { ...place, when }), line: section.line, endLine: section.endLine, refs: content.refs });
}

/** Bullets that are decisions: all of a grouping section, or bold-led ones whose leads name no part of the decision above them. */
function groupsBullets(section: Section): boolean {
  const blocks = section.blocks.filter((block) => block.type !== 'rule' && block.type !== 'html');
  if (blocks.length === 0 || blocks.some((block) => block.type !== 'list')) return false;
  const titled = section.depth > 1 && (readTitle(section.text).when !== null || phaseOfTitle(section.text) !== null);
  const items = blocks.flatMap((block) => (block.type === 'list' ? block.items : []));
  const texts = items.map((item) => (item.children[0]?.type === 'paragraph' ? item.children[0].prose : null));
  const led = texts.filter((prose) => prose !== null && leadingStrong(prose) !== null && !partName.test(leadingStrong(prose)?.text ?? ''));
  return titled ? led.length === texts.length : groupTitle.test(section.masked.trim()) || section.depth <= 1 || led.length > 0 || texts.every((prose) => prose !== null && isNothing(prose.text));
}

function isGroupOfLeads(section: Section): boolean {
  const paragraphs = section.blocks.filter((block) => block.type === 'paragraph');
  return paragraphs.length > 0 && paragraphs.every((block) => leadOf(block) !== null || (findLeads(block.prose, { bullet: false })[0]?.start ?? 1) === 0) && leadOf(paragraphs[0] as Block) !== null;
}

function recogniseLeads(page: Page, section: Section, place: Place): void {
  const starts = section.blocks.filter((block) => leadOf(block) !== null);
  for (const [index, start] of starts.entries()) {
    const next = starts[index + 1];
    const blocks = section.blocks.slice(section.blocks.indexOf(start), next ? section.blocks.indexOf(next) : undefined).filter((block) => block.type !== 'rule');
    fileLead(page, blocks, (next?.line ?? section.ownEnd + 1) - 1, place);
  }
}

/** A section of open questions: its title says so, and it is no decision itself. */
function opensQuestions(section: Section): boolean {
  return readTitle(section.text).when === null && phaseOfTitle(section.text) === null && /\b(?:open|proposed|pending|tbd|undecided|unsettled|to be (?:decided|confirmed)|not (?:yet )?(?:settled|decided))\b/iu.test(section.masked);
}

function phaseOfSection(text: string, inherited: Place): Pick<Place, 'phase' | 'named'> {
  const phase = phaseOfTitle(text, inherited.named);
  return phase === null ? inherited : { phase, named: true };
}

function recogniseSection(page: Page, section: Section, inherited: Place): void {
  const text = section.text;
  const place: Place = section.heading && section.depth > 1
    ? { ...phaseOfSection(text, inherited), when: readTitle(text).when ?? findWhen(text) ?? inherited.when, open: opensQuestions(section) || inherited.open }
    : inherited;
  const content = section.blocks.filter((block) => block.type !== 'rule' && block.type !== 'html' && block.type !== 'frontmatter' && block.type !== 'unread');
  const dated = section.children.filter((child) => readTitle(child.text).when !== null || phaseOfTitle(child.text) !== null);
  if (section.depth > 1 && content.length === 0 && section.children.length === 0) {
    if (!groupTitle.test(section.masked.trim())) fileSection(page, section, [], inherited);
    return;
  }
  if (isRecord(section)) {
    fileRecord(page, section, inherited);
    return;
  }
  if (groupsBullets(section)) {
    for (const block of content) if (block.type === 'list') for (const item of block.items) fileItem(page, item, place);
  } else if (section.depth > 1 && isGroupOfLeads(section)) {
    recogniseLeads(page, section, place);
  } else if (section.depth > 1 && content.length > 0 && !groupTitle.test(section.masked.trim()) && !(content.length === 1 && content[0]?.type === 'paragraph' && isNothing(content[0].prose.text))) {
    fileSection(page, section, dated, inherited);
    for (const child of dated) recogniseSection(page, child, place);
    return;
  } else if (section.depth > 1 && groupTitle.test(section.masked.trim())) {
    recogniseMixed(page, content, section, place);
  }
  for (const child of section.children) recogniseSection(page, child, place);
}

/** A grouping section that mixes prose with bullets and led paragraphs: each bullet and each led paragraph is a decision. */
function recogniseMixed(page: Page, content: Block[], section: Section, place: Place): void {
  if (/^(?:conventions?|format|index|legend)\b/iu.test(section.masked.trim())) return;
  for (const block of content) {
    if (block.type === 'list') for (const item of block.items) fileItem(page, item, place);
    if (block.type === 'paragraph' && leadOf(block)) fileLead(page, [block], block.endLine, place);
  }
}

/**
 * Decisions: a section, a bold-led paragraph or a bullet. A section that only groups bullets, or whose paragraphs all have bold leads, is a
 * container of those; placeholders are nothing.
 */
export function recogniseDecisions(page: Page): void {
  recogniseSection(page, page.root, { phase: page.name.phase, named: false, when: null, open: false });
  page.drafts.sort((a, b) => a.line - b.line);
  recoverLines(page);
}

/** Sorting moved the drafts: their lines are given out again, outer ones first. */
function recoverLines(page: Page): void {
  for (const [index, draft] of page.drafts.entries()) page.cover.owners.fill(index, draft.line, draft.endLine + 1);
}

