import { Failure } from '../../contract/failure.ts';
import type { Finding } from '../engine/finding.ts';
import { recordFolder } from '../../ledger/sources/select-files.ts';

/** Where the known findings of an old repository stand. */
export const baselinePath = `${recordFolder}/docket-baseline.json`;

/** One known finding: its fingerprint counts, the rest is for people. */
export interface KnownFinding {
  fingerprint: string;
  rule: string;
  path: string | null;
  entry: string | null;
  found: string;
}

/** Reads a baseline. Throws a `Failure` of kind config for a file that is none. */
export function readBaseline(text: string): KnownFinding[] {
  const refuse = (why: string): Failure => new Failure('config', `${baselinePath}: ${why}`, { place: { path: baselinePath, line: 1 }, next: 'docket check --write-baseline' });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw refuse(`Unexpected content (${error instanceof Error ? error.message : String(error)}), expected JSON.`);
  }
  if (!isRecord(value) || value['schemaVersion'] !== 1 || !Array.isArray(value['known'])) throw refuse('Unexpected content, expected {"schemaVersion": 1, "known": […]}.');
  return value['known'].map((each: unknown, index) => {
    if (!isRecord(each) || typeof each['fingerprint'] !== 'string') throw refuse(`Unexpected entry ${index + 1} of "known", expected one with a fingerprint.`);
    return { fingerprint: each['fingerprint'], rule: textOf(each['rule']) ?? '', path: textOf(each['path']), entry: textOf(each['entry']), found: textOf(each['found']) ?? '' };
  });
}

/** The baseline of some findings, as it is written: one finding a line, in a stable order, so that what goes shows as a line that went. */
export function printBaseline(known: readonly KnownFinding[]): string {
  const lines = known.toSorted((a, b) => compare(a.path ?? '', b.path ?? '') || compare(a.rule, b.rule) || compare(a.fingerprint, b.fingerprint)).map((each) => `    ${JSON.stringify(each)}`);
  return `{\n  "schemaVersion": 1,\n  "known": [${lines.length === 0 ? '' : `\n${lines.join(',\n')}\n  `}]\n}\n`;
}

export function toKnown({ fingerprint, rule, place, entry, found }: Finding): KnownFinding {
  return { fingerprint, rule, path: place?.path ?? null, entry, found };
}

/** Fingerprints that a baseline has and the one before it had not: it may only shrink. The first one may hold anything. */
export function grownBy(before: readonly KnownFinding[] | null, after: readonly KnownFinding[]): KnownFinding[] {
  if (before === null) return [];
  const known = new Set(before.map(({ fingerprint }) => fingerprint));
  return after.filter(({ fingerprint }) => !known.has(fingerprint));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
