import { findLeads, leadingStrong, type Lead } from '../leads.ts';
import { maskProse } from '../masked.ts';
import type { Block, Item, Paragraph } from '../outline/types.ts';
import { addDraft, readContent, type Page } from '../page.ts';
import { allBlocks, type Section } from '../sections.ts';
import { readTitle } from '../titles.ts';
import { findWhen } from '../vocabulary/when.ts';
import { isNothing } from '../vocabulary/words.ts';
import { fieldsOfRecord, groupTitle, isRecord, partName } from './decision-records.ts';
import { describeDecision, phaseOfTitle, titleOf, type Place } from './describe-decision.ts';
import { withTargets } from './succession.ts';

function fileItem(page: Page, item: Item, place: Place): void {
  const first = item.children[0];
  if (first?.type !== 'paragraph' || isNothing(first.prose.text)) return;
  const strong = leadingStrong(first.prose);
  const lead = findLeads(first.prose, { bullet: false })[0];
  const title = strong ? strong.text : (lead?.start === 0 ? lead.name : first.prose.text);
  const body = withTargets(maskProse(first.prose), first.prose, strong?.end ?? 0);
  const [, ...below] = item.children;
  const { refs } = readContent(page, item.children);
  const { fields } = readContent(page, below, { nested: true });
  addDraft(page, 'decision', { ...describeDecision(page, { text: title.replace(/[\s:]+$/u, ''), body, fields }, place), line: item.line, endLine: item.endLine, refs });
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
  const body = withTargets(maskProse(first.prose), first.prose, strong?.end ?? 0);
  const { refs } = readContent(page, blocks);
  addDraft(page, 'decision', { ...describeDecision(page, { text: text.replace(/[\s:]+$/u, ''), body, fields: readContent(page, rest).fields }, place), line: first.line, endLine, refs });
}

function firstProse(blocks: Block[]): string {
  const paragraphs = blocks.filter((block) => block.type === 'paragraph');
  return paragraphs.map(({ prose }) => withTargets(maskProse(prose), prose)).join('\n').slice(0, 4000);
}

function fileSection(page: Page, section: Section, children: Section[], place: Place): void {
  const last = children[0] ? children[0].line - 1 : section.endLine;
  const inner = allBlocks(section).filter((block) => block.line <= last);
  const content = readContent(page, inner);
  const heading = section.heading ? readContent(page, [section.heading]).refs : [];
  addDraft(page, 'decision', { ...describeDecision(page, { ...titleOf(section), body: firstProse(inner), fields: content.fields }, place), line: section.line, endLine: last, refs: [...heading, ...content.refs] });
}

function fileRecord(page: Page, section: Section, place: Place): void {
  const content = readContent(page, [...(section.heading ? [section.heading] : []), ...allBlocks(section)]);
  const fields = [...fieldsOfRecord(page, section), ...content.fields];
  const when = findWhen(fields.find(({ name }) => /^date$/iu.test(name))?.value ?? /^\s*Date:\s*(.*)$/imu.exec(firstProse(section.blocks))?.[1] ?? '') ?? place.when;
  addDraft(page, 'decision', { ...describeDecision(page, { ...titleOf(section), body: firstProse(section.blocks), fields }, { ...place, when }), line: section.line, endLine: section.endLine, refs: content.refs });
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

