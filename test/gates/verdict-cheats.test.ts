import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { journalPath } from '../runner/stage.ts';
import { makeGateStage, type GateStage } from './gate-stage.ts';

const file = (name: string): string => `machine-docs/${name}-kite.md`;
const [claimPath, reviewPath, backlogPath] = [file('STATUS'), file('REVIEW'), file('BACKLOG')];

/** Minutes before now, as git takes it: DONE asks the clock. */
const ago = (minutes: number): string => `${new Date(Date.now() - minutes * 60_000).toISOString().slice(0, 19)}Z`;

const claim = '# STATUS\n\n## Gate: M3 — CLAIMED, awaiting Adversary\n\n### WHAT\nIt is high.\n\n### HOW\n`bash gauge.sh`\n\n### EXPECTED\n`bash gauge.sh` exits 0\n\n### WHERE\n`level`\n';
const verdict = '## M3 — PASS\n\nCold-verified.\n';
const finding = (mark: string): string => `# BACKLOG\n\n## Adversary findings\n\n- [${mark}] **A1 [adversary]** it sticks\n`;

let stage: GateStage;
let claimed: string;
beforeAll(async () => {
  stage = await makeGateStage();
  stage.write('machine-docs/docket.yaml', 'evidence: {done: recorded}\n');
  stage.write(claimPath, claim);
  claimed = stage.commit('claim(kite-M3): it is high', ago(60));
});
afterAll(() => stage.remove());
beforeEach(() => {
  stage.git('checkout', '-q', '-f', 'main');
  stage.git('reset', '-q', '--hard', claimed);
  stage.git('clean', '-qfd');
});

function pass(text = verdict, subject = 'review(kite-M3): M3 PASS', minutes = 30): string {
  stage.write(reviewPath, `# REVIEW — phase kite\n\n${text}`);
  return stage.commit(subject, ago(minutes));
}

async function done(): Promise<{ exit: number; rules: string[]; missing: string; next: string[] }> {
  const { exit, stdout } = await stage.run('gate', 'kite', '--for', 'done', '--json');
  const { data, diagnostics, next } = JSON.parse(stdout);
  expect(data.allowed).toBe(exit === 0);
  return { exit, rules: diagnostics.filter(({ level }: { level: string }) => level === 'error').map(({ rule }: { rule: string }) => rule), missing: data.missing.join('; '), next };
}

/** The claim as it would be had it been made three days ago. */
function claimedLongAgo(): void {
  stage.git('reset', '-q', '--soft', `${claimed}^`);
  stage.commit('claim(kite-M3): it is high', ago(72 * 60));
}

test('a PASS as it should be carries DONE', async () => {
  pass();
  expect(await done()).toMatchObject({ exit: 0, next: ['docket done kite'] });
});

describe('a PASS that is none', () => {
  test.each<[string, string]>([
    ['in a fence', `\`\`\`\n${verdict}\`\`\`\n`], ['in a comment', `<!--\n${verdict}-->\n`], ['in a quotation', verdict.replace(/^/gmu, '> ')], ['in back-ticks', '## Notes\n\n`M3 — PASS`\n'],
    ['of another gate', verdict.replace('M3', 'M30')], ['of a gate that only looks like it', verdict.replace('M3', '\u041C3')], ['that is denied', '## M3 — not a PASS yet\n'], ['that would be', '## M3 — would PASS if it held\n'],
  ])('%s', async (_, text) => {
    pass(text, 'review(kite): notes');
    expect(await done()).toMatchObject({ exit: 1, rules: expect.arrayContaining(['done-not-allowed']), missing: expect.stringContaining('gate M3 has no PASS') });
  });

  test.each<[string, string, string]>([
    ['in the status of the Builder', claimPath, `${claim}\n## Verdicts\n\n**M3 PASS** @ 17:40Z\n`], ['in the journal of the Builder', journalPath, '# JOURNAL\n\n## 2026-03-03 — M3: PASS\n\n### M3 — PASS\n'],
  ])('%s', async (_, path, text) => {
    stage.write(path, text);
    stage.commit('status(kite): M3 PASS', ago(30));
    expect((await done()).missing).toContain('gate M3 has no PASS');
  });
});

describe('a PASS that is not the Adversary\'s, or not of this claim', () => {
  test.each([['by its prefix', 'feat(kite): more'], ['by its trailer', 'review(kite-M3): M3 PASS\n\nRole: builder']])('committed by the Builder, %s', async (_, subject) => {
    const commit = pass(verdict, subject);
    expect(await done()).toMatchObject({ exit: 1, rules: expect.arrayContaining(['not-owner']), missing: expect.stringContaining(`committed by the Builder (${commit.slice(0, 12)})`), next: expect.arrayContaining(['docket verdict kite/M3 pass']) });
  });

  test('a commit that was squashed from those of both sides has the words of both', async () => {
    const commit = pass();
    stage.git('reset', '-q', '--soft', stage.fix);
    stage.git('commit', '-q', '--no-verify', '-m', `feat(kite): all of it\n\nSquashed commit of the following:\n\ncommit ${commit}\nAuthor: x\n\n    review(kite-M3): M3 PASS\n`);
    expect((await done()).rules).toEqual([]);
  });

  test('not committed', async () => {
    stage.write(reviewPath, `# REVIEW\n\n${verdict}`);
    expect(await done()).toMatchObject({ exit: 1, rules: ['verdict-stale'], missing: expect.stringContaining('is not committed') });
  });

  test('older than the limit', async () => {
    claimedLongAgo();
    pass(verdict, 'review(kite-M3): M3 PASS', 48 * 60);
    expect(await done()).toMatchObject({ exit: 1, missing: 'the PASS of gate M3 is too old' });
  });

  test('older than the limit, when DONE was written by hand', async () => {
    claimedLongAgo();
    pass(verdict, 'review(kite-M3): M3 PASS', 48 * 60);
    stage.write(claimPath, `${claim}\n## DONE\n\nAll of it.\n`);
    expect((await done()).missing).toContain('was too old when the phase was marked as done');
    stage.commit('status(kite): DONE', ago(5));
    expect((await done()).missing).toContain('was too old when the phase was marked as done');
  });

  test('from a time that has not come', async () => {
    pass(verdict, 'review(kite-M3): M3 PASS', -60 * 24 * 400);
    expect(await done()).toMatchObject({ exit: 1, rules: ['future-time'], missing: expect.stringContaining('which has not come yet') });
  });

  test.each([['dated before the PASS', 55], ['dated after it', 10]])('and claimed again since, %s', async (_, minutes) => {
    pass();
    stage.write(claimPath, claim.replace('It is high.', 'It is very high.'));
    stage.commit('claim(kite-M3): again', ago(minutes));
    expect((await done()).exit).toBe(1);
  });

  test('and the claim was rewritten since, by whatever commit', async () => {
    pass();
    stage.write(claimPath, claim.replace('It is high.', 'It flies to the moon.'));
    stage.commit('status(kite): words', ago(10));
    expect(await done()).toMatchObject({ exit: 1, rules: ['verdict-stale'], missing: expect.stringContaining('the WHAT of gate M3 was rewritten after its PASS') });
  });

  test('but words about it may come', async () => {
    pass();
    stage.write(claimPath, `${claim}\n## Notes\n\n**M3 PASS** logged by the Adversary.\n`);
    stage.commit('status(kite): noted', ago(10));
    expect((await done()).exit).toBe(0);
  });
});

describe('words of the Adversary that the Builder changed', () => {
  test('a FAIL made a PASS', async () => {
    pass(verdict.replace('PASS', 'FAIL'), 'review(kite-M3): M3 FAIL');
    stage.write(reviewPath, `# REVIEW — phase kite\n\n${verdict}`);
    stage.commit('status(kite): tidy', ago(10));
    expect((await done()).rules).toEqual(expect.arrayContaining(['not-owner', 'verdict-rewritten']));
  });

  test('a veto lifted', async () => {
    pass(`${verdict}\n## VETO the gauge lies\n\nIt does.\n`);
    expect((await done()).missing).toContain('the gauge lies');
    stage.write(reviewPath, `# REVIEW — phase kite\n\n${verdict}\n## VETO the gauge lies\n\nIt does.\n\n## VETO lifted\n`);
    const commit = stage.commit('status(kite): veto lifted', ago(10));
    expect(await done()).toMatchObject({ exit: 1, rules: ['not-owner'], next: [`git show ${commit.slice(0, 12)}`] });
  });

  test.each([['ticked', finding('x'), 'other-side-ticked'], ['taken out', finding('x').slice(0, 35), 'not-owner'], ['put into a comment', finding(' ').replace(/(- .*)/u, '<!--\n$1\n-->'), 'not-owner']])('a finding %s', async (_, text, rule) => {
    stage.write(backlogPath, finding(' '));
    stage.commit('review(kite): A1', ago(40));
    pass();
    expect((await done()).missing).toContain('finding A1 is open');
    stage.write(backlogPath, text);
    stage.commit('status(kite): tidy', ago(20));
    expect((await done()).rules).toEqual([rule]);
  });

  test('a gate taken out of the status is a gate all the same', async () => {
    stage.write(claimPath, `${claim}\n## Gate: M4 — CLAIMED, awaiting Adversary\n`);
    stage.commit('claim(kite-M4): and this', ago(50));
    pass();
    stage.write(claimPath, claim);
    stage.commit('status(kite): tidy', ago(10));
    expect((await done()).missing).toContain('gate M4 has no PASS');
  });
});

test('the command that marks DONE refuses what the gate refuses', async () => {
  pass(verdict, 'feat(kite): more');
  expect((await stage.run('done', 'kite')).exit).toBe(1);
  expect(stage.read(claimPath)).toBe(claim);
});
