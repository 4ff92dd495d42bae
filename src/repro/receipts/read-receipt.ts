import { roles } from '../types.ts';
import { boolean, count, DecodeError, list, matching, nullable, object, oneOf, optional, string } from './decode.ts';
import type { Decoder } from './decode.ts';
import { receiptSum } from './digests.ts';
import type { Receipt, RecordedControl, RecordedOutput, RecordedRun, RecordedStep, RecordReceipt, ReplayReceipt } from './types.ts';

/** A receipt and whether its sum is that of what stands in it. */
export type ReadReceipt =
  | { readonly ok: true; readonly receipt: Receipt; readonly sumHolds: boolean }
  | { readonly ok: false; readonly message: string };

const opening = /^\s*<!--\s*docket-receipt\s+v(\d+)\s/;
const longest = 8_000_000;

const digest = matching(/^[0-9a-f]{64}$/, 'a SHA-256 in hex');
const objectName = matching(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/, 'a full object name');
const time = matching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?Z$/, 'a time in UTC');
const outcome = oneOf(['match', 'mismatch', 'exit-mismatch', 'timeout', 'killed', 'not-run', 'infra', 'truncated', 'skipped', 'refused']);
const verdict = oneOf(['proven', 'incomplete', 'reasoned', 'inconclusive', 'not-green', 'vacuous', 'vacuous-red', 'wrong-red', 'toothless', 'noop', 'void', 'pre-red', 'flaky']);

const output: Decoder<RecordedOutput> = object({ sha256: digest, bytes: count, text: nullable(string) });
const run: Decoder<RecordedRun> = object({ exit: nullable(count), signal: nullable(string), timedOut: boolean, truncated: boolean, stdout: output, stderr: output });
const control: Decoder<RecordedControl> = object({
  mutation: oneOf(['patch', 'revert', 'input', 'environment']), changed: nullable(boolean), broken: nullable(string), before: nullable(run), after: nullable(run),
});
const step: Decoder<RecordedStep> = object({
  role: oneOf(roles), at: nullable(objectName), patch: nullable(string), command: digest, outcome, ms: count, run: nullable(run), control: nullable(control),
});

const version: Decoder<1> = (value, path) => {
  if (value === 1) return 1;
  throw new DecodeError(`Unexpected ${path}, expected 1`);
};

const head = {
  v: version, id: string, tool: object({ name: string, version: string }), time, commit: nullable(objectName), tree: objectName,
  env: object({ os: string, node: string, bash: string, passed: list(string) }), isolated: optional(boolean), verdict, prev: nullable(digest), sum: digest, seal: nullable(string),
};

/** Older receipts do not have it. */
const phase: Decoder<string | null | undefined> = (value, path) => (value === undefined ? undefined : nullable(string)(value, path));

const record: Decoder<RecordReceipt> = object<RecordReceipt>({
  ...head, kind: oneOf(['record']), claim: nullable(string), phase, contract: digest, scope: list(string), dirty: list(string),
  base: nullable(object({ commit: objectName, tree: objectName })), steps: list(step), runs: count, stable: boolean, attempts: count,
});

const replay: Decoder<ReplayReceipt> = object<Required<ReplayReceipt>>({
  ...head, kind: oneOf(['replay']), of: digest, by: oneOf(['builder', 'adversary', 'operator', 'ci']), cold: boolean, ci: optional(object({ system: string, run: nullable(string), repository: nullable(string) })) as Decoder<Required<ReplayReceipt>['ci']>, steps: list(object({ role: oneOf(roles), outcome })),
});

/** Whether an HTML node of a document is meant to be a receipt. */
export function isReceiptComment(html: string): boolean {
  return /^\s*<!--\s*docket-receipt\b/.test(html);
}

/**
 * Reads `<!-- docket-receipt v1 {…} -->`. Null when the comment is something else; `ok: false` when it is a receipt that
 * cannot be read. Never throws.
 */
export function readReceipt(html: string): ReadReceipt | null {
  if (!isReceiptComment(html)) return null;
  const text = html.trim();
  const found = text.length > longest || !text.endsWith('-->') ? null : opening.exec(text);
  if (found === null) return unreadable('Unexpected text, expected `<!-- docket-receipt v1 {…} -->`');
  if (found[1] !== '1') return unreadable(`Unexpected version ${found[1] ?? ''}, expected 1`);
  return parseReceipt(text.slice(found[0].length, -'-->'.length));
}

/** Reads the JSON of a receipt alone, as it stands in a file. */
export function parseReceipt(text: string): ReadReceipt {
  try {
    const value: unknown = JSON.parse(text);
    if (countKeys(value) !== countWrittenKeys(text)) return unreadable('Unexpected member that stands twice, expected each once');
    const kind = object({ kind: oneOf(['record', 'replay']) })(value, '').kind;
    const receipt = kind === 'record' ? record(value, '') : replay(value, '');
    return { ok: true, receipt, sumHolds: receiptSum(Object(value) as object) === receipt.sum };
  } catch (error) {
    if (error instanceof DecodeError || error instanceof SyntaxError || error instanceof TypeError || error instanceof RangeError) return unreadable(error.message);
    throw error;
  }
}

/** Of two members of one name readers take the one or the other: what a receipt says is said once. */
function countWrittenKeys(text: string): number {
  return [...text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/gsu)].filter(([, colon]) => colon !== undefined).length;
}

function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inner = Object.values(value).reduce((sum: number, each: unknown) => sum + countKeys(each), 0);
  return inner + (Array.isArray(value) ? 0 : Object.keys(value).length);
}

function unreadable(message: string): ReadReceipt {
  return { ok: false, message };
}
