import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { askDocket, binary, runDocket } from '../support/run-docket.ts';
import { journalPath, makeStage, type Stage } from '../runner/stage.ts';
import { makeGateStage, type GateStage } from './gate-stage.ts';

describe('the record is disturbed, and the gate still passes', () => {
  let stage: GateStage;
  beforeAll(async () => {
    stage = await makeGateStage();
  });
  afterAll(() => stage.remove());
  beforeEach(() => stage.restore());

  test.each<[string, () => void]>([
    ['words are added to the journal', () => stage.edit((journal) => `${journal}\n## 2026-03-03 — later\n\nMore words about M3.\n`)],
    ['words are added above the block', () => stage.edit((journal) => journal.replace('Words.', 'Words.\n\nMany more of them.'))],
    ['the journal gets other line ends', () => stage.edit((journal) => journal.replaceAll('\n', '\r\n'))],
    ['the commit is amended', () => stage.git('commit', '-q', '--no-verify', '--amend', '-m', 'journal(kite): recorded, told better')],
    ['the fix is squashed with its journal', () => {
      stage.git('reset', '-q', '--soft', stage.base);
      stage.git('commit', '-q', '--no-verify', '-m', 'fix(kite): all in one');
    }],
    ['everything is rebased onto other work', () => {
      stage.git('checkout', '-q', '-b', 'upstream', stage.base);
      stage.write('machine-docs/STATUS-owl.md', '# STATUS\n');
      stage.commit('status(owl): open', '2026-03-02T10:30:00Z');
      stage.git('rebase', '-q', 'upstream', 'main');
    }],
    ['the fix is picked onto another branch', () => {
      stage.git('checkout', '-q', '-b', 'release', stage.base);
      stage.git('cherry-pick', stage.fix, 'main');
    }],
    ['it is merged', () => {
      stage.git('checkout', '-q', '-b', 'side', stage.base);
      stage.write('machine-docs/STATUS-owl.md', '# STATUS\n');
      stage.commit('status(owl): open', '2026-03-02T10:30:00Z');
      stage.git('merge', '-q', '--no-ff', '--no-edit', 'main');
    }],
    ['a recording is quoted further down', () => stage.edit((journal) => `${journal}\n## 2026-03-03 — what was shown of M3\n\n${journal.slice(journal.indexOf('```console')).trimEnd().replace(/^/gmu, '> ')}\n`)],
    ['another phase has a gate of the same name', () => {
      stage.write('machine-docs/STATUS-owl.md', '# STATUS\n\n## Gate: M3 — CLAIMED, awaiting Adversary\n');
      stage.commit('claim(owl-M3): another', '2026-03-02T13:00:00Z');
    }],
    ['it was recorded again after a failed attempt', () => undefined],
  ])('%s', async (_, disturb) => {
    disturb();
    expect(await stage.gate()).toMatchObject({ exit: 0, rules: [], states: expect.arrayContaining([expect.stringMatching(/^recorded proven fresh/)]) });
  });

  test('in another clone, in a worktree, in another time zone and language', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'docket-elsewhere-'));
    execFileSync('git', ['clone', '-q', `file://${stage.dir}`, join(folder, 'clone')], { stdio: 'ignore' });
    stage.git('worktree', 'add', '-q', '--detach', join(folder, 'tree'), 'main');
    for (const [dir, environment] of [['clone', {}], ['tree', {}], ['clone', { TZ: 'Pacific/Auckland', LANG: 'de_DE.UTF-8', LC_ALL: 'tr_TR.UTF-8' }]] as const) {
      const { exit, stdout } = await runDocket(['-C', join(folder, dir), 'gate', 'kite/M3', '--json'], undefined, environment);
      expect([dir, exit, JSON.parse(stdout).data.evidence[0].freshness]).toEqual([dir, 0, 'fresh']);
    }
    stage.git('worktree', 'remove', '--force', join(folder, 'tree'));
    rmSync(folder, { recursive: true, force: true });
  });

  test('two clones record at the same time, and their journals are merged', async () => {
    const other = mkdtempSync(join(tmpdir(), 'docket-other-'));
    execFileSync('git', ['clone', '-q', `file://${stage.dir}`, other], { stdio: 'ignore' });
    const git = (...args: string[]): string => execFileSync('git', ['-C', other, '-c', 'user.name=x', '-c', 'user.email=x@example.org', ...args], { encoding: 'utf8' });
    const { data } = await askDocket(['record', 'second', '--claim', 'kite/M3', '--runs', '1', '--red', stage.base, 'bash gauge.sh', '--green', 'bash gauge.sh', '--neg', 'revert'], other);
    expect(data['verdict']).toBe('proven');
    git('commit', '-q', '-a', '-m', 'journal(kite): second');
    await stage.ask('record', 'third', '--claim', 'kite/M3', '--runs', '1', '--red', stage.base, 'bash gauge.sh', '--green', 'bash gauge.sh', '--neg', 'revert');
    stage.commit('journal(kite): third', '2026-03-02T13:00:00Z');
    stage.git('config', 'merge.docket.driver', `'${process.execPath}' '${binary}' merge-file %O %A %B`);
    stage.write('.git/info/attributes', `${journalPath} merge=docket\n`);
    stage.git('fetch', '-q', other, 'HEAD');
    stage.git('merge', '-q', '--no-edit', 'FETCH_HEAD');
    stage.write('.git/info/attributes', '');
    const { exit, rules, states } = await stage.gate();
    rmSync(other, { recursive: true, force: true });
    expect([exit, rules, states]).toEqual([0, [], ['recorded proven fresh', 'recorded proven fresh', 'recorded proven fresh']]);
  });
});

describe('tools whose output is another each time are recorded, pass, and replay cold', () => {
  /** Prints a line of a restless tool, then what it found. */
  const tools: Record<string, string> = {
    times: 'date -u +%Y-%m-%dT%H:%M:%SZ; echo "took $((RANDOM % 900 + 10))ms"',
    places: 'echo "in $PWD, tmp $(mktemp)"',
    pids: 'echo "pid $$ listens on port $((RANDOM % 20000 + 30000))"',
    ids: 'echo "run $(cat /proc/sys/kernel/random/uuid)"',
    progress: String.raw`printf '10%%\r50%%\r100%%\n'; printf '\033[32mok\033[0m\n'`,
    language: 'locale | grep LC_ALL; ls -1 | sort; date +%Z',
  };
  let stage: Stage;
  beforeAll(() => {
    stage = makeStage(Object.fromEntries(Object.entries(tools).map(([name, line]) => [`${name}.sh`, `${line}\nbash gauge.sh\n`])));
  });
  afterAll(() => stage.remove());

  test.each(Object.keys(tools))('%s', async (name) => {
    const { data } = await stage.ask('record', name, '--claim', `kite/${name.toUpperCase()}1`, '--red', stage.base, `bash ${name}.sh`, '--green', `bash ${name}.sh`, '--neg', 'revert');
    expect([data.verdict, data.why]).toEqual(['proven', []]);
    stage.commit(`journal(kite): ${name}`, '2026-03-02T12:00:00Z');
    const { exit } = await stage.run('gate', `kite/${name.toUpperCase()}1`);
    expect(exit).toBe(0);
    await stage.consentTo(name);
    expect((await stage.ask('replay', name, '--cold')).data.verdict).toBe('proven');
  });
});
