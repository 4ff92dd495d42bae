import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askDocket, binary, runDocket } from '../support/run-docket.ts';
import { journalPath, makeStage, proof, surroundings, type Stage } from './stage.ts';

let stage: Stage;
let around: string;
beforeAll(() => {
  stage = makeStage();
  around = mkdtempSync(join(tmpdir(), 'docket-around-'));
});
afterAll(() => {
  stage.remove();
  rmSync(around, { recursive: true, force: true });
});

const git = (dir: string, ...args: string[]): string => execFileSync('git', ['-C', dir, '-c', 'protocol.file.allow=always', '-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { encoding: 'utf8' }).trim();

/** A copy of the stage under another name, and what was done to it. */
function copied(name: string): string {
  const dir = join(around, name);
  cpSync(stage.dir, dir, { recursive: true });
  return dir;
}

/** Records there and replays it cold; the verdicts of both. */
async function prove(dir: string, environment: NodeJS.ProcessEnv = {}): Promise<string[]> {
  const env = { XDG_STATE_HOME: stage.state, ...environment };
  const recorded = await runDocket(['record', 'gauge', ...proof(stage), '--runs', '1', '--json'], dir, env);
  const { data: { plan } } = JSON.parse((await runDocket(['replay', 'gauge', '--plan', '--json'], dir, env)).stdout);
  const replayed = await runDocket(['replay', 'gauge', '--cold', '--consent', plan.digest, '--dry-run', '--json'], dir, env);
  return [JSON.parse(recorded.stdout).data.verdict, JSON.parse(replayed.stdout).data.verdict];
}

describe('a reproduction runs', () => {
  test.each<[string, (dir: string) => string]>([
    ['with a "quoted" $name & blanks', (dir) => dir],
    ['in two\nlines', (dir) => dir],
    ['detached', (dir) => (git(dir, 'checkout', '-q', '--detach'), dir)],
    ['worktree', (dir) => (git(dir, 'worktree', 'add', '-q', `${dir}-2`), `${dir}-2`)],
    ['sparse', (dir) => (git(dir, 'sparse-checkout', 'set', 'machine-docs'), dir)],
    ['shallow', (dir) => (execFileSync('git', ['clone', '-q', '--depth', '2', `file://${dir}`, `${dir}-2`]), `${dir}-2`)],
    ['filtered', (dir) => (git(dir, 'config', 'filter.lfs.smudge', 'sed s/^/smudged/'), git(dir, 'config', 'filter.lfs.required', 'true'), writeFileSync(join(dir, '.git/info/attributes'), 'level filter=lfs\n'), dir)],
    ['submodule', (dir) => {
      git(around, 'init', '-q', 'super');
      git(join(around, 'super'), 'submodule', 'add', '-q', dir, 'sub');
      return join(around, 'super', 'sub');
    }],
  ])('in a checkout that is %j', async (name, change) => {
    expect(await prove(change(copied(name)))).toEqual(['proven', 'proven']);
  });

  test('with GIT_DIR and GIT_INDEX_FILE of a hook, and the umask of somebody careful', async () => {
    const dir = copied('hooked');
    expect(await prove(dir, { GIT_DIR: join(dir, '.git'), GIT_INDEX_FILE: join(dir, '.git/index') })).toEqual(['proven', 'proven']);
    const said = spawnSync('bash', ['-c', `umask 077; exec "${process.execPath}" "${binary}" -C "${dir}" record modes --phase kite --green 'umask; stat -c %a level' --runs 1 --dry-run`], { encoding: 'utf8', env: { ...process.env, XDG_STATE_HOME: stage.state } });
    expect(said.stdout).toContain('+→ 0022\n+→ 644\n');
  });

  test('not where there is no commit, and says so', async () => {
    git(around, 'init', '-q', 'unborn');
    const { exit, stderr } = await runDocket(['-C', join(around, 'unborn'), 'record', 'gauge', '--phase', 'kite', '--green', 'true']);
    expect([exit, stderr]).toEqual([2, expect.stringContaining('has no commit yet')]);
  });

  test('and says so where a step takes its folder away, or asks a terminal', async () => {
    const dir = copied('moved');
    writeFileSync(join(dir, 'move.sh'), 'mv "$PWD" "$PWD.gone"\n');
    git(dir, 'add', '-A');
    git(dir, 'commit', '-qm', 'move');
    const { data } = await askDocket(['record', 'moved', '--phase', 'kite', '--green', 'bash move.sh', '--green', 'cat level', '--runs', '1', '--dry-run'], dir);
    const steps = data['steps'] as { outcome: string; why: string }[];
    expect(steps.map(({ outcome, why }) => [outcome, why])).toMatchObject([['match', expect.anything()], ['infra', expect.stringMatching(/is gone|changed what is tested/)]]);
    const asked = await askDocket(['record', 'asks', '--phase', 'kite', '--green', 'read -r x </dev/tty', '--runs', '1', '--dry-run'], dir);
    expect((asked.data['steps'] as { outcome: string }[])[0]?.outcome).toBe('exit-mismatch');
  });
});

describe('what cannot be written', () => {
  const small = (): string => join(around, 'small');
  const mounted = spawnSync('bash', ['-c', 'd=$(mktemp -d) && mount -t tmpfs -o size=1m tmpfs "$d" && umount "$d" && rmdir "$d"']).status === 0;

  test.skipIf(!mounted)('leaves the journal as it was, on a full disk and on one that is read-only', async () => {
    mkdirSync(small());
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', small()]);
    try {
      const dir = join(small(), 'r');
      cpSync(stage.dir, dir, { recursive: true });
      writeFileSync(join(dir, '.git/info/exclude'), 'filler\n');
      await runDocket(['-C', dir, 'status']);
      const before = readFileSync(join(dir, journalPath));
      spawnSync('bash', ['-c', `head -c 3000000 /dev/zero >'${dir}/filler'`]);
      for (const room of [0, 8192, 16384]) {
        truncateSync(join(dir, 'filler'), Math.max(0, statSync(join(dir, 'filler')).size - room));
        const { exit, stderr } = await runDocket(['-C', dir, 'record', 'full', '--claim', 'kite/M3', '--red', stage.base, 'seq 9000; bash gauge.sh', '--green', 'bash gauge.sh; seq 9000', '--runs', '1'], undefined, { XDG_STATE_HOME: stage.state });
        expect([room, exit, stderr, readFileSync(join(dir, journalPath)).equals(before)]).toEqual([room, 2, expect.stringContaining('ENOSPC'), true]);
      }
      rmSync(join(dir, 'filler'));
      execFileSync('mount', ['-o', 'remount,ro', small()]);
      const { exit, stderr } = await runDocket(['-C', dir, 'record', 'full', '--claim', 'kite/M3', '--red', stage.base, 'bash gauge.sh', '--green', 'bash gauge.sh', '--runs', '1'], undefined, { XDG_STATE_HOME: stage.state });
      expect([exit, stderr, readFileSync(join(dir, journalPath)).equals(before)]).toEqual([2, expect.stringContaining('EROFS'), true]);
    } finally {
      execFileSync('umount', [small()]);
    }
  });
});

describe('killed at any moment', () => {
  const moments = process.env['DOCKET_LONG'] ? 60 : 3;

  /** Processes of any run that is still there. */
  const running = (): string[] => readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`).includes(`KILLED_AT_ANY_MOMENT=${stage.dir}`) && Number(pid) !== process.pid;
    } catch {
      return false;
    }
  });

  test.each(['record', 'replay'])('%s leaves nothing behind but what the next run clears away', async (command) => {
    await stage.ask('record', 'gauge', ...proof(stage), '--runs', '1');
    stage.commit('journal(kite): gauge recorded', '2026-03-02T12:00:00Z');
    await stage.consentTo('gauge');
    const [before, journal] = [surroundings(stage), stage.journal()];
    const args = command === 'record' ? ['record', 'again', ...proof(stage), '--env', 'KILLED_AT_ANY_MOMENT'] : ['replay', 'gauge', '--cold', '--dry-run'];
    const environment = { ...process.env, XDG_STATE_HOME: stage.state, KILLED_AT_ANY_MOMENT: stage.dir };
    for (let moment = 0; moment < moments; moment += 1) {
      // By what it has printed, not by the clock: the moments are those between two lines and after them.
      const child = spawn(process.execPath, [binary, '-C', stage.dir, ...args], { env: environment, stdio: ['ignore', 'ignore', 'pipe'] });
      let lines = 0;
      child.stderr.on('data', (text: Buffer) => {
        lines += text.toString().split('\n').length - 1;
        if (lines >= moment % 6) child.kill('SIGKILL');
      });
      if (moment % 6 === 0) child.kill('SIGKILL');
      await new Promise((resolve) => child.once('close', resolve));
      expect(surroundings(stage)).toEqual(before);
      expect(stage.journal().startsWith(journal)).toBe(true);
      stage.write(journalPath, journal);
    }
    expect((await stage.run('replay', 'gauge')).exit).toBe(0);
    const left = readdirSync(tmpdir()).filter((name) => name.startsWith('docket-session-')).filter((name) => !isOwned(join(tmpdir(), name)));
    expect([left, running()]).toEqual([[], []]);
  });

  /** A session of a docket that lives: of another test. */
  function isOwned(folder: string): boolean {
    try {
      const { pid } = JSON.parse(readFileSync(join(folder, 'owner.json'), 'utf8'));
      return existsSync(`/proc/${pid}`);
    } catch {
      return !existsSync(folder);
    }
  }
});
