import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { binary } from '../support/run-docket.ts';
import { journalPath, makeStage, proof, type Stage } from './stage.ts';

let stage: Stage;
/** The commit that holds the recording, ten changes on. */
let newest: string;
/** What broke the gauge, among commits at which it cannot even be tried. */
let culprit: string;
let good: string;

beforeAll(async () => {
  stage = makeStage();
  const say = (level: string, message: string, hour: number): string => {
    stage.write('level', level);
    return stage.commit(message, `2026-03-03T${String(hour).padStart(2, '0')}:00:00Z`);
  };
  good = say('high\n', 'step 1', 1);
  stage.git('mv', 'gauge.sh', 'gauge.txt');
  say('high\n', 'the gauge is gone', 2);
  stage.git('mv', 'gauge.txt', 'gauge.sh');
  say('high\n', 'the gauge is back', 3);
  stage.write('machine-docs/docket.yaml', 'nonsense: [\n');
  say('high\n', 'a configuration that cannot be read', 4);
  stage.write('machine-docs/docket.yaml', 'landing: main\n');
  say('high\n', 'one that can', 5);
  culprit = say('low\n', 'it breaks here', 6);
  stage.git('rm', '-q', '--cached', 'level');
  say('low\n', 'still broken', 7);
  stage.write('machine-docs/docket.yaml', 'unknown: key\n');
  say('low\nx', 'broken twice', 8);
  stage.git('rm', '-q', 'machine-docs/docket.yaml');
  stage.write('level', 'high\n');
  stage.commit('mended for the recording', '2026-03-03T09:00:00Z');
  await stage.ask('record', 'gauge', ...proof(stage), '--runs', '1');
  stage.write('level', 'low\n');
  newest = stage.commit('journal(kite): gauge recorded, and broken again', '2026-03-03T10:00:00Z');
});
afterAll(() => stage.remove());
beforeEach(async () => {
  stage.git('bisect', 'reset');
  stage.git('checkout', '-q', '-f', 'main');
  stage.git('reset', '-q', '--hard', newest);
  stage.git('clean', '-qfd');
  await stage.ask('consent', 'revoke', 'all');
});

interface Search {
  exit: number | null;
  out: string;
}

/** A search of git's own between two commits. */
function search(bad: string, from: string, ...args: string[]): Search {
  stage.git('bisect', 'start', bad, from);
  const { status, stdout, stderr } = spawnSync('git', ['-C', stage.dir, 'bisect', 'run', process.execPath, binary, 'replay', 'gauge', '--bisect', ...args], { encoding: 'utf8', env: { ...process.env, XDG_STATE_HOME: stage.state } });
  return { exit: status, out: stdout + stderr };
}

async function consent(): Promise<void> {
  const { data } = await stage.ask('replay', 'gauge', '--bisect', '--plan');
  await stage.ask('consent', 'add', data.plan.digest);
}

test('the culprit is found over commits that cannot be tested, older than the recording, without another word', async () => {
  await consent();
  const { exit, out } = search(`${culprit}~0`, good);
  expect(out).toContain(`${culprit} is the first bad commit`);
  expect(exit).toBe(0);
});

test.each([['--from', 'main'], ['--cold', '--from', 'main'], ['--json'], ['--quiet']])('with %s %s too', async (...args) => {
  await consent();
  expect(search('main~2', good, ...args).out).toContain(`${culprit} is the first bad commit`);
});

test('where it is hidden among commits that cannot be tested, git names them all', async () => {
  await consent();
  const broken = stage.git('rev-parse', `${culprit}~4`);
  stage.git('checkout', '-q', '--detach', broken);
  stage.write('level', 'low\n');
  const hidden = stage.commit('broken while the gauge is gone', '2026-03-03T02:30:00Z');
  stage.git('mv', 'gauge.txt', 'gauge.sh');
  const shown = stage.commit('the gauge is back, and red', '2026-03-03T02:40:00Z');
  stage.git('checkout', '-q', 'main');
  const { out } = search(shown, good);
  expect(out).toMatch(/first bad commit could be any of:/);
  for (const commit of [broken, hidden, shown]) expect(out).toContain(commit);
  expect(out).not.toContain('bisect run failed');
});

test.each<[string, string[]]>([['no such reproduction', ['replay', 'nothing', '--bisect']], ['no consent', ['replay', 'gauge', '--bisect']], ['a mistyped option', ['replay', 'gauge', '--bisect', '--codl']], ['no such revision', ['replay', 'gauge', '--bisect', '--from', 'nowhere']], ['an argument too many', ['replay', 'gauge', 'other', '--bisect']]])('%s stops it, and is no verdict', async (_, args) => {
  expect((await stage.run(...args)).exit).toBe(255);
});

test('nothing but git bisect gets such a code', async () => {
  expect((await stage.run('replay', 'nothing')).exit).toBe(2);
  expect((await stage.run('replay', 'gauge', '--bisect', '--plan')).exit).toBe(0);
});

test('a block without a green step says nothing, least of all good', async () => {
  stage.write(journalPath, `# JOURNAL\n\n## 2026-03-02 — x\n\n\`\`\`console repro id=bare\n# setup\n$ true\n→? 0\n\n# red @${stage.base}\n$ bash gauge.sh\n→? 7\n\`\`\`\n`);
  const { exit, stderr } = await stage.run('replay', 'bare', '--bisect');
  expect([exit, stderr]).toEqual([255, expect.stringContaining('has no green step')]);
});

test.each([['./not-here', 125], ['bash gauge.sh; exit 127', 125], ['kill -9 $$', 125], ['exit 1', 1], ['exit 125', 1], ['true', 0]])('%s gives %i', async (command, exit) => {
  stage.write(journalPath, `# JOURNAL\n\n## 2026-03-02 — x\n\n\`\`\`console repro id=one\n# green\n$ ${command}\n→…\n→? 0\n\`\`\`\n`.replace('→…', '→ …'));
  const { data } = await stage.ask('replay', 'one', '--bisect', '--plan');
  expect((await stage.run('replay', 'one', '--bisect', '--consent', data.plan.digest)).exit).toBe(exit);
});

test('a setup that fails makes the commit one that cannot be tested', async () => {
  stage.write(journalPath, '# JOURNAL\n\n## 2026-03-02 — x\n\n```console repro id=built\n# setup\n$ false\n→? 0\n\n# green\n$ true\n→? 0\n```\n');
  const { data } = await stage.ask('replay', 'built', '--bisect', '--plan');
  expect((await stage.run('replay', 'built', '--bisect', '--consent', data.plan.digest)).exit).toBe(125);
});
