import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { journalPath } from '../runner/stage.ts';
import { makeGateStage, type GateStage } from './gate-stage.ts';

let stage: GateStage;
beforeAll(async () => {
  stage = await makeGateStage();
});
afterAll(() => stage.remove());
beforeEach(() => stage.restore());

function waive(target: string, rule: string, by = 'operator'): void {
  stage.write('machine-docs/DECISIONS.md', `# DECISIONS\n\n## 2026-03-02 — kite: exception\n\n**Waiver:** ${target} ${rule} until 2999-01-01 by ${by} because it is known\n`);
}

/** Whether `check` and `gate` still count a finding of a rule. */
async function counts(rule: string): Promise<{ check: boolean; gate: boolean }> {
  const checked = (await stage.ask('check')).data.findings.some((finding: { rule: string }) => finding.rule === rule);
  return { check: checked, gate: (await stage.gate()).rules.includes(rule) };
}

describe('check and gate take a waiver for the same findings: TARGET is an entry, a path or a gate', () => {
  const tampered = (): void => stage.write(journalPath, stage.journal().replace('→ level high', '→ level very high'));

  test.each(['reproduction:kite/gauge', 'kite/gauge', journalPath, 'machine-docs/', 'gate:kite/M3', 'kite/M3'])('%s', async (target) => {
    tampered();
    waive(target, 'tampered');
    expect(await counts('tampered')).toEqual({ check: false, gate: false });
  });

  test.each(['owl/M3', 'M3', 'reproduction:kite/gaug', 'machine-docs/JOURNAL'])('%s is something else', async (target) => {
    tampered();
    waive(target, 'tampered');
    expect(await counts('tampered')).toEqual({ check: true, gate: true });
  });

  test('of the text of a claim, too', async () => {
    stage.write('machine-docs/STATUS-kite.md', '# STATUS\n\n## Gate: M3 — CLAIMED, awaiting Adversary\n\nIt is high.\n');
    expect(await counts('claim-incomplete')).toEqual({ check: true, gate: true });
    for (const target of ['kite/M3', 'claim:kite/M3#1', 'machine-docs/STATUS-kite.md']) {
      waive(target, 'claim-incomplete');
      expect([target, await counts('claim-incomplete')]).toEqual([target, { check: false, gate: false }]);
    }
  });

  test('what a gate accepts it says aloud, and the Builder does not excuse his own claim', async () => {
    tampered();
    waive('kite/M3', 'tampered');
    const { diagnostics } = await stage.ask('gate', 'kite/M3');
    expect(diagnostics).toContainEqual(expect.objectContaining({ rule: 'tampered', level: 'info', message: expect.stringContaining('accepted by operator until 2999-01-01: it is known'), next: expect.stringMatching(/^docket show decision:/) }));
    waive('kite/M3', 'tampered', 'the Builder');
    expect((await counts('tampered')).gate).toBe(true);
  });
});

test('a waiver for what DONE lacks of a gate is not one for a veto or a finding that speaks of the gate', async () => {
  waive('kite/M3', 'done-not-allowed');
  const missing = async (): Promise<string[]> => (await stage.ask('gate', 'kite', '--for', 'done')).data.missing;
  expect(await missing()).not.toContainEqual(expect.stringMatching(/^gate M3 has no PASS/));
  await stage.ask('veto', 'kite', '--reason', 'gate M3 has no PASS worth the name', '--role', 'adversary');
  expect(await missing()).toContainEqual(expect.stringMatching(/^veto \S+ stands: .*gate M3 has no PASS worth the name/));
});

describe('findings of past commits name their entry, so that a waiver can', () => {
  const range = async (): Promise<{ rule: string; entry: string | null }[]> => (await stage.ask('check', '--range', `${stage.fix}..HEAD`)).data.findings;

  test.each<[string, () => void, string, string]>([
    ['an old entry that was edited', () => {
      stage.write(journalPath, stage.journal().replace('Words.', 'Other words.'));
      stage.commit('journal(kite): tidy', '2026-03-02T13:00:00Z');
    }, 'append-only', 'journal:kite/2026-03-02-start'],
    ['a verdict that was rewritten', () => {
      stage.write('machine-docs/REVIEW-kite.md', '# REVIEW\n\n## M3 — FAIL @2026-03-02\n\nNo.\n');
      stage.commit('review(kite-M3): M3 FAIL', '2026-03-02T13:00:00Z');
      stage.write('machine-docs/REVIEW-kite.md', '# REVIEW\n\n## M3 — PASS @2026-03-02\n\nNo.\n');
      stage.commit('review(kite-M3): M3 PASS', '2026-03-02T13:10:00Z');
    }, 'verdict-rewritten', 'verdict:kite/M3#1'],
    ['a finding of the other side', () => {
      stage.write('machine-docs/BACKLOG-kite.md', '# BACKLOG\n\n## Adversary findings\n\n- [ ] **A1 [adversary]** it sticks\n');
      stage.commit('review(kite): A1', '2026-03-02T13:00:00Z');
      stage.write('machine-docs/BACKLOG-kite.md', '# BACKLOG\n\n## Adversary findings\n\n- [x] **A1 [adversary]** it sticks\n');
      stage.commit('fix(kite): done', '2026-03-02T13:10:00Z');
    }, 'other-side-ticked', 'finding:kite/A1'],
  ])('%s', async (_, commit, rule, entry) => {
    commit();
    expect((await range()).filter((finding) => finding.rule === rule)).toMatchObject([{ entry }]);
    waive(entry, rule);
    stage.commit('decisions(kite): accepted', '2026-03-02T14:00:00Z');
    expect((await range()).filter((finding) => finding.rule === rule)).toEqual([]);
  });
});
