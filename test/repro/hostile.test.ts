import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeReproduction } from '../../src/repro/judge/judge-reproduction.ts';
import { findReasoning } from '../../src/repro/lint/find-reasoning.ts';
import { lintReproduction } from '../../src/repro/lint/lint-reproduction.ts';
import { normaliseOutput } from '../../src/repro/match/normalise-output.ts';
import { printFence } from '../../src/repro/notation/print-reproduction.ts';
import { readExpectedComments } from '../../src/repro/read-inline-observations.ts';
import { readReproduction } from '../../src/repro/read-reproduction.ts';
import { readReceipt } from '../../src/repro/receipts/read-receipt.ts';
import { classifyCommand } from '../../src/repro/safety/classify-command.ts';
import type { Fence } from '../../src/repro/types.ts';
import { fenceOf } from './fence-of.ts';

const infos = ['', 'bash', 'console repro id=x', 'repro'];

/** Everything that may be done with the text of a fence. */
function readAll(fence: Fence): void {
  readExpectedComments(fence);
  const reproduction = readReproduction(fence);
  if (reproduction === null) return;
  const last = fence.line + fence.body.split('\n').length - 1;
  for (const step of reproduction.steps) {
    for (const part of [step, ...step.commands]) {
      expect(part.line).toBeGreaterThanOrEqual(fence.line);
      expect(part.endLine).toBeGreaterThanOrEqual(part.line);
      expect(part.endLine).toBeLessThanOrEqual(last);
    }
  }
  lintReproduction(reproduction, { recorded: false, redactions: {}, known: new Map() });
  judgeReproduction(reproduction.steps, [], {});
  printFence(reproduction);
}

test('any text is read, linted and printed, never thrown at', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 8 }), fc.string({ unit: 'binary', maxLength: 4 }),
    fc.constantFrom('$ ls -l', './x', 'curl a.example', '→ ', '-> ', '→2~ ', '→? ', '→/ ', '→= ', ' ← FAILS', '# red @a +b: c', '#', '> ', "'", '"', '`', '$(', '${', ')', '\\', '|', '&&', '<<E', 'E', 'for x in', 'do', 'done', '[TIME]', '[..]', '…', '\r', '\t', '\u2028', ''),
  );
  const lines = fc.array(fc.array(piece, { maxLength: 4 }).map((parts) => parts.join('')), { maxLength: 12 }).map((all) => all.join('\n'));
  fc.assert(fc.property(lines, fc.constantFrom(...infos), fc.nat(9), (body, info, line) => {
    readAll({ ...fenceOf(body, info), line: line + 1 });
    classifyCommand(body);
  }), { numRuns: 1500 });
});

/** Texts on which a reader that goes back and forth would take for ever; the test's time limit is the judge. */
const size = process.env['DOCKET_LONG'] === undefined ? 40_000 : 1_000_000;
const shapes = [
  '→ ', '→ x\n', '← ', '← FAILS ', '✓ ', 'ls -l "\n→ x\n', "ls -l '\n", `ls -l "'\n`, 'cat <<E\n', 'cat <<E <<F\n→ x\n', 'for x in y; do -x\n', 'ls -l \\\n', 'ls -l |\n', 'ls $(\n', '$(', '${', '`', '`a` ', '${a:-$(b)} ', '$((', '(', ')', '# x\n', '#', ' ', 'x ', '$ ls\n',
  '> x\n', 'A=b ', '# red @a +b: x\n', '@a ', 'a@b:', '-', '"$(', '[[ ', 'case a in ', 'find -exec ', "bash -c '", 'env ', '\\', '../', '“', 'not ', 'by construction ', 'x-neg ', 'would fail ', '[..]', '[N]', 'a<<E\n', 'curl a@', '\u001b[', '\r\n',
];

describe('long texts end', () => {
  test.each(shapes)('%j', (shape) => {
    const text = shape.repeat(Math.ceil(size / shape.length));
    for (const info of infos) {
      readAll(fenceOf(`ls -l\n→ x\n${text}`, info));
      readAll(fenceOf(`${text}\n→ x`, info));
      readAll(fenceOf(`# green\n$ ls -l\n→~ ${text}`, info));
    }
    classifyCommand(text);
    findReasoning([{ text, line: 1 }], false);
    readReceipt(`<!-- docket-receipt v1 ${text}-->`);
    normaliseOutput(text, { root: '/srv', tmp: shape, home: null });
  });
});
