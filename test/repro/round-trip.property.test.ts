import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { findEvidence } from '../../src/documents/evidence/find-evidence.ts';
import { readOutline } from '../../src/documents/outline/read-outline.ts';
import { readSource } from '../../src/documents/outline/source.ts';
import { outcomeOf, type StepRun } from '../../src/repro/judge/step-outcome.ts';
import { normaliseOutput } from '../../src/repro/match/normalise-output.ts';
import { printFence } from '../../src/repro/notation/print-reproduction.ts';
import { emptyMeta } from '../../src/repro/notation/read-info.ts';
import { proposeContract } from '../../src/repro/propose/propose-contract.ts';
import type { Role, Step } from '../../src/repro/types.ts';

/** What a program may print that looks like the notation, like markdown, or drives a terminal. */
const piece = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }), fc.string({ unit: 'binary', maxLength: 6 }),
  fc.constantFrom('```', '````', '~~~', '-->', '<!-- docket-receipt v1 {} -->', '<!--', '$ ls', '> more', '# green', '# neg +x: y', '→ x', '→? 0', '← FAILS', '…', '...', '[..]', '[TIME]', '\\x1b', '\u001b[31mred\u001b[0m', '\r', '\r\n', '\0', '\t', '\uD800', '\u2028', '\u202E', '    indented', '- list', '| a | b |', '==='),
);
const output = fc.array(fc.array(piece, { maxLength: 3 }).map((parts) => parts.join('')), { maxLength: 6 }).map((lines) => lines.join('\n'));

function ran(out: string, err: string, code: number): StepRun {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  return { stdout: normaliseOutput(bytes(out)), stderr: normaliseOutput(bytes(err)), code, signal: null, timedOut: false, truncated: false, unusable: null };
}

function step(role: Role, command: string): Step {
  return { role, guessed: false, heading: null, at: role === 'red' ? 'abc1234' : null, patch: role === 'neg' ? 'revert' : null, line: 0, endLine: 0, comments: [], commands: [{ text: command, line: 0, endLine: 0 }], observations: [] };
}

test('whatever a program prints, the block that is written for it reads back from its document and accepts just that', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(output, output, fc.nat(3)), { minLength: 1, maxLength: 3 }), async (outputs) => {
      const runs = outputs.map(([out, err, code]) => ran(out, err, code));
      const steps = (['red', 'green', 'neg'] as const).slice(0, runs.length).map((role) => step(role, './probe.sh'));
      const written = proposeContract(steps, [runs, runs], {});
      const page = `# JOURNAL\n\n## 2026-03-02 — shown\n\n${printFence({ lang: 'console', meta: { ...emptyMeta, id: 'x' }, steps: written.steps })}\nWords.\n`;
      const { reproductions } = findEvidence((await readOutline(readSource(Buffer.from(page)))).blocks);
      expect(reproductions).toHaveLength(1);
      const read = reproductions[0]?.reproduction;
      expect(read?.problems).toEqual([]);
      expect(read?.steps.map(({ role, commands }) => [role, commands.length])).toEqual(steps.map(({ role }) => [role, 1]));
      for (const [index, run] of runs.entries()) {
        const contract = read?.steps[index];
        // A success is not taken down as a failure, nor a failure as a success: then the contract asks for what did not come.
        if (contract === undefined || (contract.role === 'green') !== (run.code === 0)) continue;
        expect(outcomeOf(contract, run, {})).toMatchObject({ outcome: 'match' });
      }
    }),
    { numRuns: process.env['DOCKET_LONG'] === undefined ? 300 : 20_000 },
  );
});
