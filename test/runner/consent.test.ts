import { spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { runDocket } from '../support/run-docket.ts';
import { journalPath, makeStage, proof, type Stage } from './stage.ts';

let stage: Stage;
let recorded: string;
beforeAll(async () => {
  stage = makeStage();
  await stage.ask('record', 'gauge', ...proof(stage), '--runs', '1');
  recorded = stage.commit('journal(kite): gauge recorded', '2026-03-02T12:00:00Z');
});
afterAll(() => stage.remove());
beforeEach(async () => {
  stage.git('reset', '-q', '--hard', recorded);
  stage.git('clean', '-qfd');
  await stage.ask('consent', 'revoke', 'all');
});

const canaryName = `docket-canary-${process.pid}`;
const canary = join(tmpdir(), canaryName);
beforeEach(() => rmSync(canary, { force: true }));

/** The journal with a command that leaves a trace where it is executed: three folders above that of a step. */
function plantCanary(): void {
  stage.write(journalPath, stage.journal().replaceAll('$ bash gauge.sh', `$ touch "$TMPDIR/../../../${canaryName}"; bash gauge.sh`));
}

describe('consent', () => {
  test('without it, and without a terminal, nothing is executed: exit 4, naming the digest', async () => {
    plantCanary();
    const { data } = await stage.ask('replay', 'gauge', '--plan');
    const { exit, stderr } = await stage.run('replay', 'gauge');
    expect([exit, stderr.includes(data.plan.digest), existsSync(canary)]).toEqual([4, true, false]);
  });

  test('of another digest, or of another repository, is none', async () => {
    expect((await stage.run('replay', 'gauge', '--consent', 'ab'.repeat(32))).exit).toBe(4);
    const other = makeStage();
    const digest = await stage.consentTo('gauge');
    other.write(journalPath, stage.journal());
    expect((await other.run('replay', 'gauge')).exit).toBe(4);
    expect((await stage.run('replay', 'gauge')).exit).toBe(0);
    await stage.ask('consent', 'revoke', digest.slice(0, 12));
    expect((await stage.run('replay', 'gauge')).exit).toBe(4);
    other.remove();
  });

  test('is to the exact bytes: one more blank, another revision, another variable is another digest', async () => {
    const digestOf = async (change: (journal: string) => string): Promise<string> => {
      const before = stage.journal();
      stage.write(journalPath, change(before));
      const { data } = await stage.ask('replay', 'gauge', '--plan');
      stage.write(journalPath, before);
      return data.plan.digest;
    };
    const edits: ((journal: string) => string)[] = [
      (journal) => journal, (journal) => journal.replace('$ bash gauge.sh', '$ bash  gauge.sh'), (journal) => journal.replace('+revert', '+other.diff'), (journal) => journal.replace('id=gauge', 'id=gauge env=HOST'),
      (journal) => journal.replace(/# red @\w+/, '# red @HEAD'),
    ];
    const digests: string[] = [];
    for (const edit of edits) digests.push(await digestOf(edit));
    expect(new Set(digests).size).toBe(digests.length);
    expect(await digestOf((journal) => journal.replace('→ level high', '→ level low'))).toBe(digests[0]);
  });

  test('no file of the repository can give it', async () => {
    const { data } = await stage.ask('replay', 'gauge', '--plan');
    stage.write('.local/state/docket/consents.json', JSON.stringify({ version: 1, consents: [{ digest: data.plan.digest, repository: join(stage.dir, '.git'), at: '2026-01-01T00:00:00Z', what: 'x' }] }));
    const { exit, stderr } = await runDocket(['-C', stage.dir, 'replay', 'gauge'], undefined, { XDG_STATE_HOME: join(stage.dir, '.local/state') });
    expect([exit, stderr]).toEqual([2, expect.stringContaining('would lie in the repository')]);
    stage.write('machine-docs/docket.yaml', 'consent: [all]\n');
    expect((await stage.run('replay', 'gauge')).exit).toBe(2);
  });

  test('is spared where every command only looks', async () => {
    stage.write(journalPath, '# JOURNAL\n\n## 2026-03-02 — x\n\n```console repro id=look\n# green\n$ cat level\n→ high\n→? 0\n```\n');
    const { data } = await stage.ask('replay', 'look');
    expect(data.steps).toMatchObject([{ role: 'green', outcome: 'match' }]);
  });

  test.each(['ssh host true', 'docker ps', 'rm -r level', 'echo x > /etc/docket'])('does not help %s', async (command) => {
    stage.write(journalPath, `# JOURNAL\n\n## 2026-03-02 — x\n\n\`\`\`console repro id=unsafe\n# green\n$ ${command}\n→? 0\n\`\`\`\n`);
    await stage.consentTo('unsafe');
    const { exit, stderr } = await stage.run('replay', 'unsafe');
    expect([exit, stderr]).toEqual([3, expect.stringContaining('is not started')]);
  });

  test('nor a block that says replay=never', async () => {
    stage.write(journalPath, '# JOURNAL\n\n## 2026-03-02 — x\n\n```console repro id=shy replay=never\n# green\n$ bash gauge.sh\n→? 0\n```\n');
    await stage.consentTo('shy');
    expect((await stage.run('replay', 'shy')).exit).toBe(3);
  });
});

describe.skipIf(!existsSync('/usr/bin/script'))('on a terminal', () => {
  const binary = fileURLToPath(new URL('../../dist/bin/docket.js', import.meta.url));

  /** Types an answer once the question stands there. */
  function answerOn(typed: string): Promise<{ exit: number | null; shown: string }> {
    return new Promise((resolve) => {
      const command = `${process.execPath} ${binary} -C ${stage.dir} replay gauge --quiet`;
      const child = spawn('script', ['-qec', command, '/dev/null'], { env: { ...process.env, XDG_STATE_HOME: stage.state, NO_COLOR: '1' }, stdio: ['pipe', 'pipe', 'inherit'] });
      let shown = '';
      let asked = false;
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        shown += text;
        if (!asked && shown.includes('[N]o')) child.stdin.write(typed);
        asked ||= shown.includes('[N]o');
      });
      child.once('close', (exit) => resolve({ exit, shown }));
    });
  }

  test('the commands are shown, without what could drive it, and the answer counts', async () => {
    stage.write(journalPath, stage.journal().replace('$ bash gauge.sh', '$ bash gauge.sh \u202e\u001b[2J'));
    const refused = await answerOn('n\n');
    expect([refused.exit, refused.shown.includes('\\u202e\\x1b[2J'), refused.shown.includes('\u202e')]).toEqual([4, true, false]);
    expect((await answerOn('\u0004')).exit).toBe(4);
    stage.git('checkout', '-q', '--', '.');
    expect((await answerOn('y\n')).exit).toBe(0);
    expect((await stage.run('replay', 'gauge')).exit).toBe(4);
    expect((await answerOn('always\n')).exit).toBe(0);
    expect((await stage.run('replay', 'gauge')).exit).toBe(0);
  });
});
