import type { JudgedStep } from '../judge/types.ts';
import type { Role } from '../types.ts';
import type { RecordReceipt } from './types.ts';

const summary = /^\*Recorded \d{4}-\d{2}-\d{2}T\d{2}:\d{2}Z · .* · receipt [0-9a-f]{6,64}…?\*\s*$/;

/**
 * The line for people between fence and receipt:
 * `*Recorded 2026-11-23T20:35Z · 9f8e7d6 clean · red ✗✓ green ✓ neg ✗✓ · 4.1 s · 2 runs, stable · receipt 9b1c7e…*`.
 * For red and neg the first mark says what the command did and the second whether that is what it had to do.
 */
export function printSummary(receipt: RecordReceipt, steps: readonly JudgedStep[]): string {
  const seconds = receipt.steps.reduce((sum, step) => sum + step.ms, 0) / 1000;
  const parts = [
    `Recorded ${receipt.time.slice(0, 16)}Z`,
    `${receipt.commit?.slice(0, 7) ?? 'no commit'} ${receipt.dirty.length === 0 ? 'clean' : 'dirty'}`,
    (['red', 'green', 'neg'] as const).flatMap((role) => markRole(role, steps)).join(' '),
    `${seconds.toFixed(1)} s`,
    `${String(receipt.runs)} ${receipt.runs === 1 ? 'run' : 'runs'}, ${receipt.stable ? 'stable' : 'flaky'}`,
    ...(receipt.verdict === 'proven' ? [] : [receipt.verdict]),
    `receipt ${receipt.sum.slice(0, 6)}…`,
  ];
  return `*${parts.filter((part) => part !== '').join(' · ')}*`;
}

/** Whether a line is such a summary. */
export function isSummary(line: string): boolean {
  return summary.test(line);
}

function markRole(role: Extract<Role, 'red' | 'green' | 'neg'>, steps: readonly JudgedStep[]): string[] {
  const own = steps.filter((step) => step.role === role && step.outcome !== 'skipped');
  if (own.length === 0) return [];
  const accepted = own.every((step) => step.verdict === 'accepted');
  if (role === 'green') return [`green ${accepted ? '✓' : '✗'}`];
  const passed = own.some((step) => step.verdict === 'vacuous-red' || step.verdict === 'toothless');
  return [`${role} ${passed ? '✓' : '✗'}${accepted ? '✓' : '✗'}`];
}
