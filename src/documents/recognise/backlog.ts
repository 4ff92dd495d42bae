import { coverUnparsed, isFree } from '../cover-lines.ts';
import { fieldValue } from '../fields.ts';
import { leadingStrong } from '../leads.ts';
import type { Box, Item } from '../outline/types.ts';
import { addDraft, readContent, type Page } from '../page.ts';
import { allBlocks, walkSections, type Section } from '../sections.ts';
import { readTitle } from '../titles.ts';
import { readFindingId } from '../vocabulary/gates.ts';
import { dashSource, dropLeadingSeparator, leadingMarks, tidyTitle } from '../vocabulary/punctuation.ts';
import { findWhen, plainWhen } from '../vocabulary/when.ts';
import { isNothing } from '../vocabulary/words.ts';
import { recogniseClaims } from './claims.ts';
import { findClosing } from './closings.ts';
import { sortDrafts } from './review.ts';

type Side = 'builder' | 'adversary';

const tag = /\[\s*adversary\s*\]/iu;
const severity = /\b(CRITICAL|BLOCKER|BLOCKING|HIGH|MAJOR|MEDIUM|MODERATE|MINOR|LOW|INFO|TRIVIAL)\b/u;
const closedWord = /^\W*(?:CLOSED|RESOLVED|VERIFIED|WITHDRAWN|DISMISSED|INVALID|WON'?T ?FIX|DROPPED|FIX(?:ED)?\b[^.;]*\b(?:verified|confirmed)|closed|resolved|verified|withdrawn)\b/u;

/** Which side owns a section, by the words of its own heading or of one above it; null where nothing says. */
function sideOf(section: Section): Side | null {
  for (let at: Section | null = section; at; at = at.parent) {
    if (!at.heading || at.depth === 1) continue;
    const title = at.masked.replace(/\b(?:awaiting|await|await(?:s|ed) by|for|to|with|by)\s+(?:the\s+)?adversary\b/giu, '');
    if (/\badversary\b|\bfindings?\b|\bdefects?\b|\bbreak-it\b/iu.test(title) && !/\bbuild(?:er)?\b/iu.test(title)) return 'adversary';
    if (/\bbuild(?:er)?\b|\bbacklog\b|\btasks?\b|\bto-?do\b/iu.test(title)) return 'builder';
  }
  return null;
}

function sectionTitle(section: Section): string | undefined {
  let name: string | undefined;
  for (let at: Section | null = section; at; at = at.parent) if (at.heading && at.depth > 1) name = at.text;
  return name;
}

interface FindingText {
  id: string | null;
  title: string;
  rest: string;
}

/** Takes the id, the `[adversary]` tag and the severity's separator off a finding's text: what is left is its title. */
function readFindingText(text: string): FindingText {
  let rest = text.slice(leadingMarks(text)).replace(/^\[[ xX~-]\]\s+/u, '');
  let id: string | null = null;
  for (let turn = 0; turn < 4; turn += 1) {
    const before = rest;
    rest = rest.replace(new RegExp(`^\\s*${tag.source}\\s*`, 'iu'), '').replace(/^(?:finding|defect|probe)s?\s*[:#]?\s*(?=[A-Z])/iu, '');
    const found: { id: string; end: number } | null = id === null ? readFindingId(rest, 0) : null;
    if (found) {
      id = found.id;
      rest = rest.slice(found.end);
    }
    if (id !== null) rest = dropLeadingSeparator(rest);
    if (rest === before) break;
  }
  return { id, title: tidyTitle(rest.replace(tag, '').replace(/^\(\s*([^()]*)\s*\)\s*[:—–-]?\s*$/u, '$1')), rest };
}

function stateOf(box: Box | null, status: string | null, text: string): string {
  if (box !== null) return box === 'done' || box === 'dropped' ? 'closed' : 'open';
  if (status !== null) return closedWord.test(status) ? 'closed' : 'open';
  return /[—–([*-]\s*[*_(]*(?:CLOSED|RESOLVED|WITHDRAWN)\b/u.test(text) ? 'closed' : 'open';
}

interface FindingParts {
  /** The words that hold id and title. */
  head: string;
  /** All the text, for dates and closings. */
  text: string;
  box: Box | null;
  line: number;
  endLine: number;
  content: ReturnType<typeof readContent>;
  section: Section;
}

function fileFinding(page: Page, parts: FindingParts): void {
  const read = readFindingText(readTitle(parts.head).rest);
  const title = readTitle(parts.head);
  const { fields } = parts.content;
  const status = fieldValue(fields, /^Status$/iu);
  const state = stateOf(parts.box, status, parts.text);
  const closing = state === 'closed' ? findClosing(fields.map((field) => (/^Status$/iu.test(field.name) ? { ...field, name: 'Closed', value: field.value } : field)), parts.text) : null;
  const level = fieldValue(fields, /^Severity$/iu) ?? severity.exec(parts.head)?.[1];
  const filed = fieldValue(fields, /^Filed(?: by)?$/iu);
  const section = sectionTitle(parts.section);
  addDraft(page, 'finding', {
    ...plainWhen(title.when ?? findWhen(parts.text) ?? (filed ? findWhen(filed) : null)),
    title: read.title === '' ? title.title : read.title,
    name: title.name,
    author: 'adversary',
    state,
    line: parts.line,
    endLine: parts.endLine,
    ...parts.content,
    ...(read.id ? { key: read.id } : {}),
    ...(level ? { severity: level } : {}),
    ...(parts.box ? { boxLine: parts.line } : status === null ? {} : { boxLine: fields.find((field) => /^Status$/iu.test(field.name))?.line ?? parts.line }),
    ...(closing ? { closedBy: closing } : {}),
    ...(section === undefined ? {} : { section }),
  });
}

function textOf(item: Item): string {
  return item.children[0]?.type === 'paragraph' ? item.children[0].prose.text : '';
}

function findingOfItem(page: Page, item: Item, section: Section): void {
  const first = item.children[0];
  const strong = first?.type === 'paragraph' ? leadingStrong(first.prose) : null;
  const text = textOf(item);
  const behind = strong ? tidyTitle(dropLeadingSeparator(text.slice(strong.end)).replace(/\s+/gu, ' ')) : '';
  const inside = strong ? readFindingText(strong.text) : null;
  const head = strong && inside?.id && inside.title === '' ? `${strong.text.replace(/[\s:.]+$/u, '')} — ${behind}` : strong ? strong.text : text;
  const [, ...below] = item.children;
  const content = { fields: readContent(page, below, { nested: true }).fields, refs: readContent(page, item.children).refs };
  fileFinding(page, { head, text, box: item.box, line: item.line, endLine: item.endLine, content, section });
}

function fileTask(page: Page, item: Item, section: Section): void {
  const first = item.children[0];
  const strong = first?.type === 'paragraph' ? leadingStrong(first.prose) : null;
  const text = textOf(item);
  const behind = strong ? text.slice(strong.end) : '';
  const leads = strong !== null && (/[:.]\s*$/u.test(strong.text) || /^\s*:/u.test(behind) || (strong.text.split(/\s+/u).length > 2 && new RegExp(`^\\s*(?:${dashSource})\\s`, 'u').test(behind)));
  const whole = leads ? strong.text : text;
  const read = readTitle(whole);
  const [, ...below] = item.children.filter((child) => child.type !== 'list');
  const name = sectionTitle(section);
  addDraft(page, 'task', {
    ...plainWhen(read.when),
    title: read.title,
    name: read.name,
    author: 'builder',
    state: item.box ?? 'open',
    line: item.line,
    endLine: item.endLine,
    fields: readContent(page, below).fields,
    refs: readContent(page, item.children.filter((child) => child.type !== 'list')).refs,
    boxLine: item.line,
    ...(name === undefined ? {} : { section: name }),
  });
}

function walkItem(page: Page, item: Item, section: Section, side: Side | null, claimed: Set<Item | null>): void {
  const text = textOf(item);
  const isFinding = side === 'adversary' || (side === null && tag.test(text));
  if (!claimed.has(item)) {
    if (isFinding && (item.box !== null || tag.test(text) || readFindingText(leadingBold(item) ?? text).id !== null)) findingOfItem(page, item, section);
    else if (item.box !== null) fileTask(page, item, section);
    else if (!isNothing(text) && side !== null && isFree(page.cover, item.line)) coverUnparsed(page.cover, item.line, item.endLine, 'a bullet without a box');
  }
  if (isFinding) return;
  for (const block of item.children) if (block.type === 'list') for (const child of block.items) if (child.box !== null) walkItem(page, child, section, side, claimed);
}

function leadingBold(item: Item): string | null {
  const first = item.children[0];
  return first?.type === 'paragraph' ? (leadingStrong(first.prose)?.text ?? null) : null;
}

/** A heading that is a finding: below the Adversary's section (or tagged), with an id or the tag. */
function isFindingHeading(section: Section): boolean {
  if (section.depth < 2) return false;
  const own = sideOf(section);
  const tagged = tag.test(section.masked);
  if (tagged) return true;
  if (own !== 'adversary' || !section.parent || sideOf(section.parent) !== 'adversary') return false;
  return readFindingText(readTitle(section.text).rest).id !== null && !section.blocks.some((block) => block.type === 'list' && block.items.some((item) => item.box !== null && readFindingText(leadingBold(item) ?? '').id !== null));
}

function fileSectionFinding(page: Page, section: Section): void {
  const blocks = allBlocks(section);
  const raw = page.source(section.line, section.endLine);
  const cut = section.blocks.find((block) => block.type === 'list' && block.items.some((item) => item.box !== null && readFindingText(leadingBold(item) ?? '').id !== null));
  const endLine = cut ? cut.line - 1 : section.endLine;
  const heading = section.heading ? [section.heading] : [];
  const own = blocks.filter((block) => block.line <= endLine);
  fileFinding(page, {
    head: section.text,
    text: /\b(?:CLOSED|RESOLVED)\b/u.test(section.text) ? section.text : raw.split('\n')[0] ?? '',
    box: section.heading?.box ?? null,
    line: section.line,
    endLine,
    content: { fields: readContent(page, own).fields, refs: readContent(page, [...heading, ...own]).refs },
    section,
  });
}

/**
 * BACKLOG: what stands under *Adversary findings* (break-it probes too) are findings, what stands under *Build backlog* tasks; claims that were
 * written here are claims.
 */
export function recogniseBacklog(page: Page): void {
  const claimed = recogniseClaims(page, { headingsOnly: true, sectionOf: sectionTitle, within: (section) => sideOf(section) !== 'adversary' });
  for (const section of walkSections(page.root)) {
    const side = sideOf(section);
    if (isFindingHeading(section)) fileSectionFinding(page, section);
    else if (section.heading?.box && section.depth > 1 && side !== 'adversary') fileHeadingTask(page, section);
    const inFinding = isFindingHeading(section);
    for (const block of section.blocks) {
      if (block.type !== 'list') continue;
      for (const item of block.items) {
        if (inFinding && !(item.box !== null && readFindingText(leadingBold(item) ?? '').id !== null)) continue;
        walkItem(page, item, section, side, claimed);
      }
    }
  }
  sortDrafts(page);
}

function fileHeadingTask(page: Page, section: Section): void {
  const read = readTitle(section.text);
  const name = sectionTitle(section);
  addDraft(page, 'task', { ...plainWhen(read.when), title: read.title, name: read.name, author: 'builder', state: section.heading?.box ?? 'open', line: section.line, endLine: section.ownEnd, boxLine: section.line, ...readContent(page, section.blocks), ...(name === undefined ? {} : { section: name }) });
}
