import { isAlias, isMap, isScalar, isSeq, type Document, type LineCounter, type Node, type Scalar } from 'yaml';
import { findNearest } from './nearest.ts';
import type { Place, SpecError } from './types.ts';

/** A file that is being read, with everything found wrong so far: reading goes on after an error, so that one run of the
 *  command names them all. */
export interface Sheet {
  path: string;
  document: Document;
  lines: LineCounter;
  errors: SpecError[];
}

/** A value and where it stands; `owner` says whose it is in the words of an error ("driver of app traefik"). */
export interface Value {
  node: Node | null;
  owner: string;
  place: Place;
}

/** The keys of one map. */
export interface Fields {
  owner: string;
  place: Place;
  get(key: string): Value | null;
}

/** Notes an error at a place; returns null, so that a reader can end with it. */
export function reject(sheet: Sheet, place: Place, message: string, next: string): null {
  sheet.errors.push({ message, line: place.line, column: place.column, next });
  return null;
}

export function placeOf(sheet: Sheet, node: Node | null, otherwise: Place): Place {
  if (!node?.range) return otherwise;
  const { line, col } = sheet.lines.linePos(node.range[0]);
  return { path: sheet.path, line, column: col };
}

/** A map whose keys are all known; an unknown or repeated key is an error of its own and the rest is read all the same.
 *  Null: not a map. */
export function readFields(sheet: Sheet, value: Value, known: readonly string[]): Fields | null {
  const entries = readEntries(sheet, value);
  if (!entries) return null;
  const fields = new Map<string, Value>();
  for (const [key, field, keyPlace] of entries) {
    if (known.includes(key)) {
      fields.set(key, field);
      continue;
    }
    const nearest = findNearest(key, known);
    reject(sheet, keyPlace, `Unexpected key "${key}" in ${value.owner}, expected one of: ${known.join(', ')}`,
      nearest ? `Write "${nearest}" instead of "${key}".` : `Remove "${key}".`);
  }
  return { owner: value.owner, place: value.place, get: (key) => fields.get(key) ?? null };
}

/** The pairs of a map in file order with the place of each key; keys that stand twice are reported and read once. */
export function readEntries(sheet: Sheet, value: Value): [key: string, value: Value, keyPlace: Place][] | null {
  const { node, owner, place } = value;
  if (!isMap(node)) return reject(sheet, place, `Unexpected ${describeNode(node)} for ${owner}, expected a map`, `Write ${owner} as "key: value" lines or {key: value}.`);
  const seen = new Map<string, Place>();
  const entries: [string, Value, Place][] = [];
  for (const pair of node.items) {
    const keyNode = pair.key as Node | null;
    const keyPlace = placeOf(sheet, keyNode, place);
    if (!isScalar(keyNode) || keyNode.value === null) {
      reject(sheet, keyPlace, `Unexpected ${describeNode(keyNode)} as a key in ${owner}, expected a name`, 'Write a plain name before the colon.');
      continue;
    }
    const key = textOf(keyNode);
    const first = seen.get(key);
    if (first) {
      reject(sheet, keyPlace, `Unexpected second "${key}" in ${owner}, the first stands in line ${first.line}`, `Give one of the two another name, or merge them.`);
      continue;
    }
    seen.set(key, keyPlace);
    entries.push([key, valueOf(sheet, pair.value as Node | null, `${key} of ${owner}`, keyPlace), keyPlace]);
  }
  return entries;
}

/** The items of a list. Null: not a list. */
export function readItems(sheet: Sheet, value: Value, example: string): Value[] | null {
  const { node, owner, place } = value;
  if (!isSeq(node)) return reject(sheet, place, `Unexpected ${describeNode(node)} for ${owner}, expected a list`, `Write it as a list: ${isScalar(node) && typeof node.value === 'string' ? `[${JSON.stringify(node.value)}]` : example}`);
  return node.items.map((item, index) => valueOf(sheet, item as Node | null, `item ${index + 1} of ${owner}`, place));
}

/** Follows an alias (`*name`) to what it stands for; errors point at where the alias was used. */
export function valueOf(sheet: Sheet, node: Node | null, owner: string, otherwise: Place): Value {
  const place = placeOf(sheet, node, otherwise);
  return { node: isAlias(node) ? node.resolve(sheet.document) ?? null : node, owner, place };
}

/** What a scalar says, letter by letter as in the file: `1.10` stays `1.10` though YAML reads a number. */
export function textOf(scalar: Scalar): string {
  return typeof scalar.value === 'string' ? scalar.value : scalar.source ?? String(scalar.value);
}

/** What stands there, in words for an error. */
export function describeNode(node: Node | null): string {
  if (isMap(node)) return 'map';
  if (isSeq(node)) return 'list';
  if (!isScalar(node) || node.value === null) return 'empty value';
  const text = JSON.stringify(textOf(node));
  return typeof node.value === 'string' ? `text ${text}` : `${typeof node.value} ${text.slice(1, -1)}`;
}
