import type { Role } from '../../contract/schema/entry.ts';
import { leadingStrong } from '../leads.ts';
import { maskProse } from '../masked.ts';
import { inboxReader } from '../name-document.ts';
import type { Block, Heading, Paragraph } from '../outline/types.ts';
import { addDraft, blocksBetween, readContent, type Page } from '../page.ts';
import { readTitle } from '../titles.ts';
import { startsWithSeparator } from '../vocabulary/punctuation.ts';
import { findWhen, plainWhen, readWhen, type FoundWhen } from '../vocabulary/when.ts';
import { findRole, isNothing } from '../vocabulary/words.ts';

interface Start {
  block: Heading | Paragraph;
  text: string;
  when: FoundWhen | null;
  /** A file title without date: a message only when something follows it before the next start. */
  bare: boolean;
}

const fileTitle = /^\W*(?:builder|adversary)[ -]?inbox\b/iu;
const sender = /^\W*(?:message\s+)?from:?\s+(?:the\s+)?(?:builder|adversary|operator|orchestrator)\b|^\W*(?:builder|adversary|operator|orchestrator)\s*(?:→|->|=>|to)\s*(?:builder|adversary)\b/iu;

function startOfHeading(block: Heading): Start | null {
  const text = block.prose.text;
  const dated = readTitle(text).when;
  const titled = fileTitle.test(text);
  const from = sender.test(maskProse(block.prose));
  if (!titled && !dated && !from) return null;
  const when = dated ?? findWhen(text);
  return { block, text, when, bare: titled && when === null && !from };
}

/** A plain line that opens a message: `@DATE — Adversary: …`, `DATE ~TIME — **…**`, `**From Adversary, DATE — …**`. */
function startOfParagraph(block: Paragraph): Start | null {
  const text = block.prose.text;
  const firstLine = text.split('\n')[0] ?? '';
  const when = readWhen(text, 0);
  const strong = leadingStrong(block.prose);
  if (when?.date && (startsWithSeparator(text.slice(when.end)) || /^\s*(?:from\b|builder\b|adversary\b|operator\b|[*_])/iu.test(text.slice(when.end)))) return { block, text: firstLine, when, bare: false };
  if (strong && (/^\W*from\s+(?:the\s+)?(?:builder|adversary|operator|orchestrator)\b/iu.test(strong.text) || readTitle(strong.text).when?.date)) return { block, text: strong.text, when: findWhen(strong.text) ?? findWhen(firstLine), bare: false };
  if (/^\W*from:?\s+(?:the\s+)?(?:builder|adversary|operator|orchestrator)\b/iu.test(firstLine) && findWhen(firstLine)) return { block, text: firstLine, when: findWhen(firstLine), bare: false };
  return null;
}

function findStarts(page: Page): Start[] {
  const starts: Start[] = [];
  for (const block of page.outline.blocks) {
    const start = block.type === 'heading' ? startOfHeading(block) : block.type === 'paragraph' ? startOfParagraph(block) : null;
    if (start) starts.push(start);
  }
  return starts;
}

function readFrom(text: string, body: string, fallback: Role): Role {
  const arrow = /\b(builder|adversary|operator|orchestrator)\s*(?:→|->|=>)/iu.exec(text)?.[1];
  const from = /\bfrom:?\s+(?:the\s+)?(builder|adversary|operator|orchestrator)\b/iu.exec(text)?.[1];
  const colon = /^\W*(builder|adversary|operator|orchestrator)\s*(?:\([^)]*\)\s*)?:/iu.exec(text)?.[1];
  const signed = /^\s*(?:[—–]|--?)\s*(?:the\s+)?(builder|adversary|operator|orchestrator)\b[^\n]{0,60}$/imu.exec(body)?.[1];
  const word = arrow ?? from ?? colon ?? signed;
  return (word ? findRole(word) : null) ?? fallback;
}

function fileMessage(page: Page, start: Start | null, line: number, endLine: number): void {
  const blocks = blocksBetween(page, line, endLine);
  const isHeading = start?.block.type === 'heading';
  const content = readContent(page, isHeading ? blocks.slice(1) : blocks);
  const body = page.source(line, endLine);
  const firstText = blocks.find((block): block is Paragraph => block.type === 'paragraph')?.prose.text ?? '';
  const text = start?.text ?? firstText.split('\n')[0] ?? '';
  const read = readTitle(text);
  const from = readFrom(read.rest, body, inboxReader(page.path) === 'builder' ? 'adversary' : 'builder');
  addDraft(page, 'inbox', {
    ...plainWhen(start?.when ?? findWhen(text)),
    title: read.title,
    name: read.name,
    author: from,
    from,
    state: 'unread',
    line,
    endLine,
    fields: content.fields.filter((field) => start?.block.type !== 'paragraph' || field.line !== start.block.line || !/^From\b/iu.test(field.name)),
    refs: isHeading ? readContent(page, blocks).refs : content.refs,
  });
}

/** What may be a message; a placeholder such as `(none)` is none. */
function contentBetween(page: Page, from: number, to: number): Block[] {
  return blocksBetween(page, from, to).filter((block) => block.type !== 'rule' && block.type !== 'html' && block.type !== 'frontmatter' && block.type !== 'unread' && !(block.type === 'paragraph' && isNothing(block.prose.text)));
}

/**
 * Messages: a heading with the file's title, a date or a sender, or a plain line that begins with a date or "From …". Headings inside a message
 * are its parts. A bare file title is none; what follows it without a start of its own is one message.
 */
export function recogniseInbox(page: Page): void {
  const starts = findStarts(page);
  const before = contentBetween(page, 1, (starts[0]?.block.line ?? page.outline.lines + 1) - 1);
  if (before[0]) fileMessage(page, null, before[0].line, (starts[0]?.block.line ?? page.outline.lines + 1) - 1);
  for (const [index, start] of starts.entries()) {
    const endLine = (starts[index + 1]?.block.line ?? page.outline.lines + 1) - 1;
    if (!start.bare) {
      fileMessage(page, start, start.block.line, endLine);
      continue;
    }
    const first = contentBetween(page, start.block.endLine + 1, endLine)[0];
    if (first) fileMessage(page, null, first.line, endLine);
  }
}
