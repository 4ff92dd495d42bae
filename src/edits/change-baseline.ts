import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { baselinePath, printBaseline, readBaseline, toKnown } from '../rules/accept/baseline.ts';
import type { Finding } from '../rules/engine/finding.ts';
import { replaceDocument } from './replace-document.ts';
import { diffOfFile } from './unified-diff.ts';

export interface BaselineChange {
  path: string;
  /** How many findings it holds now, and how many it held that are no more. */
  known: number;
  gone: number;
  written: boolean;
  diff: string;
}

/**
 * Writes the baseline: the first one from all findings that are no mere remarks; a later one only loses what is no longer found. To be called under the lock.
 * Throws a `Failure` of kind config for a baseline that cannot be read, and as `replaceDocument` does.
 */
export function changeBaseline(root: string, findings: readonly Finding[], dryRun: boolean): BaselineChange {
  const file = join(root, baselinePath);
  const before = existsSync(file) ? readFileSync(file) : null;
  const old = before === null ? null : readBaseline(before.toString('utf8'));
  const present = new Set(findings.map(({ fingerprint }) => fingerprint));
  const known = old === null ? findings.filter(({ level }) => level !== 'info').map(toKnown) : old.filter(({ fingerprint }) => present.has(fingerprint));
  const after = Buffer.from(printBaseline(known));
  const written = before === null || !before.equals(after);
  if (written && !dryRun) replaceDocument(root, baselinePath, after);
  return { path: baselinePath, known: known.length, gone: (old?.length ?? known.length) - known.length, written, diff: diffOfFile(baselinePath, before, after) };
}
