import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EvidenceLint } from '../../src/queries/lint-evidence.ts';
import { buildExample, type Example } from '../example/build-example.ts';
import { makeRepository, type Repository } from '../support/make-repository.ts';
import { askDocket, runDocket } from '../support/run-docket.ts';

let example: Example;
let repository: Repository;
beforeAll(() => {
  example = buildExample();
  repository = makeRepository();
});
afterAll(() => {
  example.remove();
  repository.remove();
});

const rulesOf = (findings: EvidenceLint['findings']): string[] => findings.map(({ rule, place }) => `${rule}:${place?.line}`);

describe('the journal that this began with', () => {
  test('has two loose reproductions, only claimed, and these findings', async () => {
    const { ok, data } = await askDocket(['repro', 'lint', 'JOURNAL-pxgate.md'], example.dir);
    const { reproductions, findings } = data as unknown as EvidenceLint;
    expect(ok).toBe(true);
    expect(reproductions.map(({ id, notation, level, steps }) => [id, notation, level, steps.length])).toEqual([
      ['reproduction:pxgate/2026-06-13-controlled-reproduction-2026-06-13', 'loose', 'claimed', 6],
      ['reproduction:pxgate/2026-06-13-alert-clearance', 'loose', 'claimed', 1],
    ]);
    expect(rulesOf(findings)).toEqual([
      'no-commit:30', 'missing-neg:30', 'unsafe-replay:31', 'no-exit-status:34', 'paraphrased-output:35', 'no-exit-status:38', 'paraphrased-output:39', 'orphan-observation:42',
      'unsafe-replay:45', 'unsafe-replay:46', 'unsafe-replay:47', 'no-commit:56', 'unsafe-replay:60', 'reasoned-evidence:69',
    ]);
  });

  test('at a revision and in words', async () => {
    const { exit, stdout } = await runDocket(['repro', 'lint', '--at', 'at-claim'], example.dir);
    expect(exit).toBe(0);
    expect(stdout).toContain('6 steps (setup? red? green? green? teardown? teardown?), 6 commands, 5 observations');
    expect(stdout).toContain('2 reproductions, 14 findings');
  });
});

describe('a journal in the exact notation', () => {
  const journal = (body: string, info = 'id=kite-m3 claim=M3'): string => `# JOURNAL\n\n## 2026-03-02 — kite\n\nWords.\n\n\`\`\`console repro ${info}\n${body}\n\`\`\`\n`;

  test('is read with its roles, its gate and what is no notation', async () => {
    repository.write('machine-docs/JOURNAL-kite.md', journal('# red @1a2b3c4: old\n$ ./fly\n→? 1\n\n# green\n$ ./fly\nup\n→? 0'));
    const { data } = await askDocket(['repro', 'lint'], repository.dir);
    const { reproductions } = data as unknown as EvidenceLint;
    expect(reproductions[0]).toMatchObject({ id: 'reproduction:kite/kite-m3', notation: 'strict', level: 'claimed', verdict: 'unrecorded', steps: [{ role: 'red', at: '1a2b3c4' }, { role: 'green' }] });
    expect(rulesOf(reproductions[0]?.findings ?? [])).toEqual(['no-commit:8', 'repro-notation:14']);
    const shown = await askDocket(['list', 'reproduction', '--gate', 'kite/M3'], repository.dir);
    expect(shown.data.entries).toMatchObject([{ id: 'reproduction:kite/kite-m3', gate: 'M3' }]);
    expect((await askDocket(['list', 'gate'], repository.dir)).data.entries).toMatchObject([{ id: 'gate:kite/M3', state: 'none' }]);
  });

  test('is refused with a receipt that cannot be read', async () => {
    repository.write('machine-docs/JOURNAL-kite.md', `${journal('# green\n$ ./fly\n→? 0')}\n<!-- docket-receipt v1 {"id": -->\n`);
    const { ok, data } = await askDocket(['repro', 'lint'], repository.dir);
    expect(ok).toBe(false);
    expect((data as unknown as EvidenceLint).findings).toMatchObject([{ rule: 'receipt-unreadable', level: 'error', next: 'docket record kite-m3 --claim kite/M3' }]);
  });

  test('two of one name are both refused', async () => {
    repository.write('machine-docs/JOURNAL-kite.md', journal('# green\n$ ./fly\n→? 0').repeat(2));
    const { data } = await askDocket(['repro', 'lint'], repository.dir);
    expect((data as unknown as EvidenceLint).findings.map(({ rule }) => rule).filter((rule) => rule === 'duplicate-reproduction')).toHaveLength(2);
  });

  test('an unknown path names the nearest', async () => {
    const { exit, stderr } = await runDocket(['repro', 'lint', 'machine-docs/JOURNAL-kit.md'], repository.dir);
    expect(exit).toBe(2);
    expect(stderr).toContain('machine-docs/JOURNAL-kite.md');
  });
});
