import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Description } from '../../src/cli/describe-commands.ts';
import { openDocket } from '../../src/index.ts';
import { askDocket, type Answer } from '../support/run-docket.ts';
import { canary, makeCanaryStage, type CanaryStage } from './canary-stage.ts';

let stage: CanaryStage;
beforeAll(async () => {
  stage = await makeCanaryStage();
});
afterAll(() => stage.remove());

/** What an answer says of the word; empty where it says nothing. */
function leaksOf({ stdout, stderr }: Pick<Answer, 'stdout' | 'stderr'>): string[] {
  return [...`${stdout}\n${stderr}`.matchAll(new RegExp(`.{0,60}${canary}.{0,60}`, 'giu'))].map(([text]) => text);
}

/** A command line as a shell reads it; only quotes are used in examples. */
function wordsOf(example: string): string[] {
  return [...example.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/gu)].map(([, single, double, plain]) => single ?? double ?? plain ?? '');
}

const endless = (example: string): boolean => /^docket (?:watch|mcp)/u.test(example) && !example.includes('--once');
const adversary = ['--role', 'adversary'];
const isLong = process.env['DOCKET_LONG'] === '1';

describe('a word that stands only where the Adversary must not look', () => {
  test('appears in no answer of any command that there is, as it stands in its examples', { timeout: 300_000 }, async () => {
    const { data } = await askDocket(['describe'], stage.dir);
    const { commands } = data as unknown as Description;
    expect(commands.length).toBeGreaterThan(50);
    const leaks: Record<string, string[]> = {};
    for (const { examples } of commands) {
      for (const example of examples.filter((each) => each.startsWith('docket ') && !endless(each)).slice(0, isLong ? 9 : 1)) {
        const answer = await stage.run(...wordsOf(example).slice(1), ...adversary);
        if (leaksOf(answer).length > 0) leaks[example] = leaksOf(answer);
        stage.restore();
      }
    }
    expect(leaks).toEqual({});
  });

  const asked = [
    ['list', '--limit', '500'], ['list', 'journal'], ['list', 'reproduction'], ['list', 'gate'], ['list', '--history', 'only'], ['list', 'documents'],
    ['show', 'journal:pxgate/2026-03-02#1'], ['show', 'pxgate/gauge'], ['show', 'claim:pxgate/M1#1'], ['show', 'gate:pxgate/M1'], ['show', 'journal:pxgate/2026-03-02T1000'], ['show', 'nothing-of-the-kind'],
    ['trace', 'pxgate/M1', '--depth', '9'], ['trace', 'pxgate', '--depth', '9', '--format', 'dot'], ['trace', 'HEAD~1', '--depth', '5'],
    ['why', 'machine-docs/JOURNAL-pxgate.md'], ['why', 'machine-docs/JOURNAL-pxgate.md:12'], ['why', 'level'],
    ['search', 'words', 'by', 'construction', 'level', 'start'], ['status'], ['check'], ['check', '--all'], ['check', '--range', 'HEAD~3..HEAD'], ['check', '--format', 'markdown'],
    ['gate', 'pxgate/M1'], ['gate', 'pxgate', '--for', 'done'], ['repro', 'lint'], ['inbox', 'list'], ['sync', '--dry-run'], ['watch', '--once'],
    ['replay', 'gauge', '--plan'], ['replay', 'nothing', '--plan'], ['replay', 'pxgate/M1', '--plan'], ['record', 'nothing'], ['record', 'x', '--import', 'y'],
    ['journal', 'add', '--phase', 'pxgate', '--title', 'by the other side', '--body', 'Words.', '--dry-run'],
  ];
  test.each(asked.map((args) => [args.join(' '), args] as const))('%s, in JSON', async (_, args) => {
    const forms = [...(isLong || args.includes('--format') ? [[]] : []), ...(args.includes('--format') ? [] : [['--json']])];
    for (const answer of await Promise.all(forms.map((form) => stage.run(...args, ...adversary, ...form)))) {
      expect(leaksOf(answer)).toEqual([]);
      expect(answer.exit).not.toBe(70);
    }
  });

  test('is hidden as well in revisions from before the claim, and in what is staged or edited', async () => {
    for (const args of [['list', '--at', stage.unclaimed], ['search', 'words', '--at', stage.unclaimed], ['status', '--at', stage.unclaimed], ['check', '--at', stage.unclaimed], ['repro', 'lint', '--at', stage.unclaimed]]) {
      expect(leaksOf(await stage.run(...args, '--json', ...adversary)), args.join(' ')).toEqual([]);
    }
    const before = stage.git('show', 'HEAD:machine-docs/JOURNAL-pxgate.md');
    stage.write('machine-docs/JOURNAL-pxgate.md', `${before.replace('Words before', `<<<<<<< ours\n${canary}40\n=======\n${canary}41\n>>>>>>> theirs\nWords after`)}\n`);
    stage.git('add', '-A');
    for (const args of [['check', '--staged'], ['check'], ['hook', 'pre-commit', '--quiet'], ['list', 'documents'], ['merge-file', 'machine-docs/JOURNAL-pxgate.md', 'machine-docs/JOURNAL-pxgate.md', 'notes.md', '--dry-run']]) {
      expect(leaksOf(await stage.run(...args, ...adversary)), args.join(' ')).toEqual([]);
    }
    stage.restore();
  });
});

describe('what the Adversary is handed', () => {
  test('hidden entries stand at their place under an id that says nothing; the cited reproduction is whole but for its words', async () => {
    const { data, diagnostics } = await askDocket(['list', 'journal', 'reproduction', '--limit', '100', ...adversary], stage.dir);
    const entries = data['entries'] as { id: string; title: string; hidden?: boolean; place: { line: number } }[];
    expect(entries.filter(({ id }) => id.startsWith('journal:')).map(({ id, title, hidden }) => [id, title, hidden])).toEqual(expect.arrayContaining([
      ['journal:pxgate/2026-03-02#1', '', true], ['journal:pxgate/2026-03-02#2', '', true], ['journal:pxgate/2026-03-03#1', '', true],
    ]));
    expect(entries.filter(({ hidden }) => hidden === undefined).map(({ id }) => id)).toEqual(['reproduction:pxgate/gauge']);
    expect(diagnostics.filter(({ rule }) => rule === 'isolation').map(({ level }) => level)).toEqual(['info']);
    const shown = (await askDocket(['show', 'gauge', ...adversary], stage.dir)).data['entry'] as { body: string; steps: { role: string; commands: { text: string }[] }[]; recording: { verdict: string; receipt: string } };
    expect(shown.steps.map(({ role }) => role)).toEqual(['red', 'green', 'neg']);
    expect(shown.body).toMatch(/^```console repro id=gauge claim=M1\n# red @\w{7,40}\n\n\$ bash gauge\.sh\n→ level low\n→2 too low: low\n→\? 7 ← FAILS\n/u);
    expect(shown.recording).toMatchObject({ verdict: 'proven', receipt: expect.stringMatching(/^[0-9a-f]{64}$/u) });
  });

  test('what is judged comes out as it does for the Builder', async () => {
    const [mine, theirs] = await Promise.all([stage.run('check', '--json', '--role', 'builder'), stage.run('check', '--json', ...adversary)]);
    const read = ({ stdout }: Answer): { rule: string; level: string; place: unknown; fingerprint: string }[] => JSON.parse(stdout).data.findings;
    expect(theirs.exit).toBe(mine.exit);
    expect(read(mine).length).toBeGreaterThan(3);
    expect(read(theirs).map(({ rule, level, place, fingerprint }) => ({ rule, level, place, fingerprint }))).toEqual(read(mine).map(({ rule, level, place, fingerprint }) => ({ rule, level, place, fingerprint })));
    const gates = await Promise.all([['--role', 'builder'], adversary].map((role) => askDocket(['gate', 'pxgate/M1', ...role], stage.dir)));
    expect(gates[1]?.data['allowed']).toBe(gates[0]?.data['allowed']);
    expect(gates[1]?.data['evidence']).toEqual(gates[0]?.data['evidence']);
    const states = await Promise.all([['--role', 'builder'], adversary].map((role) => askDocket(['status', 'pxgate', ...role], stage.dir)));
    const [first, second] = states.map(({ data }) => (data['phases'] as { gates: { id: string; evidence: unknown }[] }[]).flatMap(({ gates: all }) => all.filter(({ id }) => id === 'M1').map(({ evidence }) => evidence)));
    expect(first).toHaveLength(1);
    expect(second).toEqual(first);
  });

  test('the Builder, the operator and nobody see all; DOCKET_ROLE and the configuration tell the Adversary as well', async () => {
    for (const role of [[], ['--role', 'builder'], ['--role', 'operator']]) expect(leaksOf(await stage.run('list', '--json', ...role)).length).toBeGreaterThan(0);
    expect((await askDocket(['list', 'journal'], stage.dir, { DOCKET_ROLE: 'adversary' })).data['entries']).toMatchObject([1, 2, 3, 4].map(() => ({ title: '' })));
    stage.write('machine-docs/docket.yaml', 'phases: [pvfix, pxgate]\nroles: {adversary: [Eve]}\n');
    expect((await askDocket(['list', 'journal'], stage.dir, { GIT_AUTHOR_NAME: 'Eve', GIT_AUTHOR_EMAIL: 'eve@example.org' })).data['entries']).toMatchObject([1, 2, 3, 4].map(() => ({ title: '' })));
    stage.restore();
    const { ledger, bodies } = await openDocket(stage.dir, { role: 'adversary' });
    expect(JSON.stringify(ledger)).not.toMatch(new RegExp(canary, 'iu'));
    expect([...(await bodies(ledger.entries)).values()].join('\n')).not.toMatch(new RegExp(canary, 'iu'));
  });

  test('--after-verdict lifts it and says so; a verdict lifts it; a later claim hides it again', async () => {
    const lifted = await askDocket(['list', 'journal', '--after-verdict', ...adversary], stage.dir);
    expect(JSON.stringify(lifted.data)).toContain(canary);
    expect(lifted.diagnostics.filter(({ rule }) => rule === 'isolation').map(({ level, message }) => [level, message.includes('pxgate/M1')])).toEqual([['warning', true]]);
    stage.write('machine-docs/REVIEW-pxgate.md', '# REVIEW\n\n## M1 — PASS @2026-03-02T12:00Z\n\nReplayed.\n');
    stage.commit('review(pxgate-M1): PASS', '2026-03-02T12:00:00Z');
    expect(leaksOf(await stage.run('list', '--json', ...adversary)).length).toBeGreaterThan(0);
    stage.write('machine-docs/STATUS-pxgate.md', '# STATUS\n\n## Gate: M1 — RE-CLAIMED, awaiting Adversary\n\nWHAT: more, see gauge.\n');
    stage.commit('claim(pxgate-M1): again', '2026-03-02T13:00:00Z');
    expect(leaksOf(await stage.run('list', '--json', ...adversary))).toEqual([]);
    stage.restore();
  });
});
