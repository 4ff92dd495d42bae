import { isDeepStrictEqual } from 'node:util';
import { Failure } from '../../../contract/failure.ts';
import { readJson, valueOf, type JsonNode } from './read-json.ts';

/**
 * The text of a JSON file with what is to be added: members and items that it does not have yet, each on one line behind the last one of where it belongs. Every
 * byte that stands there stays. Throws a `Failure` of kind config for a file that is no JSON, or that has something else in the place.
 */
export function withAddition(text: string, addition: object, path: string): string {
  let result = text;
  // One insertion at a time: the next one is looked for in what the last one made.
  for (;;) {
    const edit = findInsertion(result, readJson(result, path), addition, path);
    if (edit === null) return result;
    result = result.slice(0, edit.at) + edit.text + result.slice(edit.at);
  }
}

/** The text without what was added, wherever it stands by now; what others put beside it stays. Throws as `withAddition` does for a file that is no JSON. */
export function withoutAddition(text: string, addition: object, path: string): string {
  let result = text;
  for (;;) {
    const range = findAdded(result, readJson(result, path), addition);
    if (range === null) return result;
    result = result.slice(0, range.start) + result.slice(range.end);
  }
}

/** A file that holds nothing else. */
export function printWhole(addition: object): string {
  return `${JSON.stringify(addition, null, 2)}\n`;
}

interface Insertion {
  at: number;
  text: string;
}

function findInsertion(text: string, node: JsonNode, addition: unknown, path: string): Insertion | null {
  if (Array.isArray(addition)) {
    if (node.type !== 'array') throw conflict(text, node, path, 'a list');
    const missing: unknown = addition.find((item) => !node.items.some((each) => isDeepStrictEqual(valueOf(each), item)));
    return missing === undefined ? null : insertBehind(text, node, node.items.at(-1), oneLine(missing));
  }
  if (typeof addition !== 'object' || addition === null) {
    if (node.type === 'scalar' && node.value === addition) return null;
    throw conflict(text, node, path, JSON.stringify(addition));
  }
  if (node.type !== 'object') throw conflict(text, node, path, 'an object');
  for (const [key, value] of Object.entries(addition)) {
    const member = node.members.find((each) => each.key === key);
    const last = node.members.at(-1);
    if (member === undefined) return insertBehind(text, node, last && { start: last.start, end: last.node.end }, oneLineMember(key, value));
    const inner = findInsertion(text, member.node, value, path);
    if (inner !== null) return inner;
  }
  return null;
}

/** Behind the last one, on a line of its own where that has one. In an empty list it stands between blanks, which tells that list from one that docket made. */
function insertBehind(text: string, holder: JsonNode, last: { start: number; end: number } | undefined, added: string): Insertion {
  if (last === undefined) return { at: holder.start + 1, text: ` ${added} ` };
  const line = text.lastIndexOf('\n', last.start - 1) + 1;
  const before = text.slice(line, last.start);
  const end = text.slice(0, line).endsWith('\r\n') ? '\r\n' : '\n';
  return { at: last.end, text: line > holder.start && before.trim() === '' ? `,${end}${before}${added}` : `, ${added}` };
}

function conflict(text: string, node: JsonNode, path: string, expected: string): Failure {
  const line = text.slice(0, node.start).split('\n').length;
  return new Failure('config', `${path}:${line}: Unexpected ${text.slice(node.start, node.end).slice(0, 60)}, expected ${expected}; nothing was written.`, { place: { path, line }, next: `Move it out of the way in ${path}, then run the same command again.` });
}

/** `{"a": [1, 2]}`: as nobody but a program writes it, which tells an own member from one that was there. */
function oneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value).map(([key, each]) => oneLineMember(key, each)).join(', ')}}`;
}

function oneLineMember(key: string, value: unknown): string {
  return `${JSON.stringify(key)}: ${oneLine(value)}`;
}

interface Range {
  start: number;
  end: number;
}

function findAdded(text: string, node: JsonNode, addition: unknown): Range | null {
  if (Array.isArray(addition)) {
    if (node.type !== 'array') return null;
    const at = node.items.findIndex((item) => addition.some((each) => isDeepStrictEqual(valueOf(item), each)));
    return at < 0 ? null : rangeOf(text, node, node.items, at);
  }
  if (typeof addition !== 'object' || addition === null || node.type !== 'object') return null;
  const members = node.members.map((member) => ({ ...member, end: member.node.end }));
  for (const [key, value] of Object.entries(addition)) {
    const at = members.findIndex((member) => member.key === key);
    const member = members[at];
    if (member === undefined) continue;
    // A member that docket made, as docket wrote it; one that was there before keeps its own signs.
    if (isOwnText(text.slice(member.node.start, member.node.end), value)) return rangeOf(text, node, members, at);
    const inner = findAdded(text, member.node, value);
    if (inner !== null) return inner;
  }
  return null;
}

function isOwnText(text: string, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return text === oneLine(value) || text.replace(/\n {2,}/gu, '\n') === JSON.stringify(value, null, 2).replace(/\n {2,}/gu, '\n');
}

/** The item with the comma that ties it to its neighbour: the one before it, else the one behind. */
function rangeOf(text: string, holder: JsonNode, items: readonly Range[], at: number): Range {
  const own = items[at] ?? { start: holder.start + 1, end: holder.start + 1 };
  const before = items[at - 1];
  if (before !== undefined) return { start: text.indexOf(',', before.end), end: own.end };
  const behind = items[at + 1];
  if (behind !== undefined) return { start: own.start, end: behind.start };
  return text[own.start - 1] === ' ' && text[own.end] === ' ' ? { start: own.start - 1, end: own.end + 1 } : own;
}
