import { Failure } from '../../../contract/failure.ts';

/** A JSON value with its place in the text: `[start, end)`. */
export type JsonNode = { start: number; end: number } & (
  | { type: 'object'; members: JsonMember[] }
  | { type: 'array'; items: JsonNode[] }
  | { type: 'scalar'; value: unknown }
);

export interface JsonMember {
  key: string;
  start: number;
  node: JsonNode;
}

/**
 * Reads JSON with the place of everything; comments and a comma behind the last member are passed over, as agent hosts do. Throws a `Failure` of kind config with
 * path and line for anything else.
 */
export function readJson(text: string, path: string): JsonNode {
  const reader = { text, path, at: text.startsWith('\uFEFF') ? 1 : 0 };
  const node = readValue(reader);
  skip(reader);
  if (reader.at < text.length) throw unexpected(reader, 'the end of the file');
  return node;
}

/** The value of a node. */
export function valueOf(node: JsonNode): unknown {
  if (node.type === 'scalar') return node.value;
  if (node.type === 'array') return node.items.map(valueOf);
  return Object.fromEntries(node.members.map(({ key, node: value }) => [key, valueOf(value)]));
}

interface Reader {
  text: string;
  path: string;
  at: number;
}

function unexpected({ text, path, at }: Reader, expected: string): Failure {
  const line = text.slice(0, at).split('\n').length;
  const found = at >= text.length ? 'end of the file' : JSON.stringify(text.slice(at, at + 12));
  return new Failure('config', `${path}:${line}: Unexpected ${found}, expected ${expected}; nothing was written.`, { place: { path, line }, next: `Correct ${path}, then run the same command again.` });
}

function skip(reader: Reader): void {
  const blank = /(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)+/uy;
  blank.lastIndex = reader.at;
  if (blank.test(reader.text)) reader.at = blank.lastIndex;
}

function take(reader: Reader, sign: string): boolean {
  skip(reader);
  if (reader.text[reader.at] !== sign) return false;
  reader.at += 1;
  return true;
}

function readValue(reader: Reader): JsonNode {
  skip(reader);
  const start = reader.at;
  if (take(reader, '{')) return readObject(reader, start);
  if (take(reader, '[')) return readArray(reader, start);
  const scalar = /"(?:[^"\\\n]|\\.)*"|-?\d[\d.eE+-]*|true|false|null/uy;
  scalar.lastIndex = start;
  const found = scalar.exec(reader.text)?.[0];
  if (found === undefined) throw unexpected(reader, 'a JSON value');
  try {
    const value: unknown = JSON.parse(found);
    reader.at = start + found.length;
    return { type: 'scalar', value, start, end: reader.at };
  } catch {
    throw unexpected(reader, 'a JSON value');
  }
}

function readObject(reader: Reader, start: number): JsonNode {
  const members: JsonMember[] = [];
  while (!take(reader, '}')) {
    if (members.length > 0 && !take(reader, ',')) throw unexpected(reader, '"," or "}"');
    if (members.length > 0 && take(reader, '}')) break;
    skip(reader);
    const at = reader.at;
    const key = reader.text[at] === '"' ? readValue(reader) : null;
    if (key?.type !== 'scalar' || typeof key.value !== 'string') throw unexpected(reader, 'a key in double quotes');
    if (!take(reader, ':')) throw unexpected(reader, '":"');
    members.push({ key: key.value, start: at, node: readValue(reader) });
  }
  return { type: 'object', members, start, end: reader.at };
}

function readArray(reader: Reader, start: number): JsonNode {
  const items: JsonNode[] = [];
  while (!take(reader, ']')) {
    if (items.length > 0 && !take(reader, ',')) throw unexpected(reader, '"," or "]"');
    if (items.length > 0 && take(reader, ']')) break;
    items.push(readValue(reader));
  }
  return { type: 'array', items, start, end: reader.at };
}
