import { isMap, isScalar, isSeq, parseDocument, type Pair, type YAMLSeq } from 'yaml';
import { Failure } from '../../contract/failure.ts';
import type { Config } from '../../ledger/config/config.ts';
import { configPath } from '../../ledger/config/config.ts';
import { readConfig } from '../../ledger/config/read-config.ts';

/**
 * The text of a configuration with a phase at the end of `phases`; every other byte as it was. Those of `known` (the phases
 * in the order that they have) that the list lacks come before it, so that none changes its place. The same text where the phase stands there. Throws a `Failure` of kind config
 * for a configuration that cannot be read, and where the list is written in a way that cannot be added to.
 */
export function addPhaseToConfig(text: string, phase: string, known: readonly string[]): string {
  const before = readConfig(text, configPath);
  if (before.phases.includes(phase)) return text;
  const added = [...known.filter((id) => id !== '-' && id !== phase && !before.phases.includes(id)), phase];
  const wanted = [...before.phases, ...added];
  const after = splice(text, added);
  if (after === null || !isSameBut(before, readConfig(after, configPath), wanted)) {
    throw new Failure('config', `${configPath} lists its phases in a way that docket cannot add to; nothing was written`, { place: { path: configPath, line: 1 }, next: `Write phases: [${wanted.join(', ')}] in ${configPath} by hand.` });
  }
  return after;
}

function isSameBut(before: Config, after: Config, phases: readonly string[]): boolean {
  return JSON.stringify({ ...before, phases }) === JSON.stringify(after);
}

function splice(text: string, added: readonly string[]): string | null {
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const { contents } = parseDocument(text, { schema: 'failsafe', keepSourceTokens: true });
  const pair = isMap(contents) ? contents.items.find(({ key }) => isScalar(key) && String(key.value) === 'phases') : undefined;
  if (!pair) return contents === null || (isMap(contents) && !contents.flow) ? insertKey(text, `phases: [${added.join(', ')}]`, lineEnd) : null;
  if (!isSeq(pair.value) || pair.value.items.length === 0) return fillKey(text, pair, added);
  return pair.value.flow ? extendFlow(text, pair.value, added) : extendBlock(text, pair.value, added, lineEnd);
}

/** Behind the commented sample of the template, else at the end. */
function insertKey(text: string, line: string, lineEnd: string): string {
  const sample = /^#[ \t]*phases:[^\r\n]*(\r\n|\n|$)/mu.exec(text);
  const at = sample ? sample.index + sample[0].length : text.length;
  const before = text.slice(0, at);
  return `${before}${before === '' || before.endsWith('\n') ? '' : lineEnd}${line}${lineEnd}${text.slice(at)}`;
}

/** `phases:` and `phases: []` hold nothing yet. */
function fillKey(text: string, { key, value }: Pair, added: readonly string[]): string | null {
  const list = `[${added.join(', ')}]`;
  if (isSeq(value) && value.flow && value.range) return text.slice(0, value.range[0]) + list + text.slice(value.range[1]);
  if (!isScalar(key) || !key.range || (isScalar(value) && value.source !== '' && value.source !== undefined)) return null;
  const colon = text.indexOf(':', key.range[1]);
  return colon < 0 ? null : `${text.slice(0, colon + 1)} ${list}${text.slice(colon + 1)}`;
}

function extendFlow(text: string, list: YAMLSeq, added: readonly string[]): string | null {
  const end = endOfLast(list);
  if (end === null || !list.range) return null;
  // What stands between the last item and the bracket: perhaps a comma, perhaps a comment.
  const comma = /^\s*,/u.exec(text.slice(end, list.range[1]))?.[0].length ?? 0;
  const items = added.join(', ');
  return comma > 0 ? `${text.slice(0, end + comma)} ${items}${text.slice(end + comma)}` : `${text.slice(0, end)}, ${items}${text.slice(end)}`;
}

function extendBlock(text: string, list: YAMLSeq, added: readonly string[], lineEnd: string): string | null {
  const end = endOfLast(list);
  if (end === null) return null;
  const next = text.indexOf('\n', end);
  const at = next < 0 ? text.length : next + 1;
  const start = text.lastIndexOf('\n', end - 1) + 1;
  const indent = /^[ \t]*(?=- )/u.exec(text.slice(start))?.[0];
  if (indent === undefined) return null;
  const items = added.map((phase) => `${indent}- ${phase}`).join(lineEnd);
  return `${text.slice(0, at)}${next < 0 ? lineEnd : ''}${items}${next < 0 ? '' : lineEnd}${text.slice(at)}`;
}

function endOfLast(list: YAMLSeq): number | null {
  const last: unknown = list.items.at(-1);
  return isScalar(last) && last.range ? last.range[1] : null;
}
