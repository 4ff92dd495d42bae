import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { commandTable } from '../../src/cli/table/command-table.ts';
import { runDocket } from '../support/run-docket.ts';
import { journalPath, makeStage, proof, type Stage } from './stage.ts';

let stage: Stage;
let traps: string;
let canary: string;
let environment: NodeJS.ProcessEnv;

const hooks = ['pre-commit', 'post-checkout', 'post-index-change', 'reference-transaction', 'post-merge', 'pre-auto-gc', 'post-rewrite', 'fsmonitor-watchman', 'proc-receive', 'update', 'post-commit', 'commit-msg'];
/** Programs that something might start by their names; git and node are the real ones. */
const programs = ['ssh-keygen', 'ssh', 'gpg', 'gpg2', 'gpgsm', 'less', 'more', 'pager', 'vi', 'editor', 'bash', 'sh', 'git-lfs', 'diff', 'patch', 'curl', 'docker', 'systemctl', 'xdg-open', 'unshare', 'nsenter'];

beforeAll(async () => {
  stage = makeStage({ '.gitattributes': '* filter=evil diff=evil merge=evil\n*.md diff=evil\n', 'infra.txt': 'x\n' });
  traps = mkdtempSync(join(tmpdir(), 'docket-traps-'));
  canary = join(traps, 'sang');
  const trap = join(traps, 'trap');
  writeFileSync(trap, `#!/bin/sh\necho "$0 $*" >>${canary}\ncat 2>/dev/null\n`, { mode: 0o755 });
  mkdirSync(join(traps, 'bin'));
  for (const name of programs) writeFileSync(join(traps, 'bin', name), `#!/bin/sh\necho "${name} $*" >>${canary}\n`, { mode: 0o755 });
  environment = {
    XDG_STATE_HOME: stage.state, PATH: `${join(traps, 'bin')}:${process.env['PATH'] ?? ''}`, PAGER: trap, GIT_PAGER: trap, EDITOR: trap, GIT_EDITOR: trap, GIT_EXTERNAL_DIFF: trap, GIT_SSH_COMMAND: trap, GIT_ASKPASS: trap, SSH_ASKPASS: trap,
    BASH_ENV: trap, ENV: trap, GIT_CONFIG_GLOBAL: join(traps, 'global'), BROWSER: trap,
  };
  await stage.ask('record', 'gauge', ...proof(stage), '--runs', '1', '--seal', makeKey());
  stage.write(journalPath, `${stage.journal()}\n\`\`\`console repro id=canary\n# green\n$ echo block >>"$TMPDIR/../../../${canary.slice(tmpdir().length + 1)}"\n→? 0\n\`\`\`\n`);
  stage.write('machine-docs/DEFERRED.md', '# DEFERRED\n\n## Open deferrals\n\n### 2026-03-02 — port it\n- [ ] **What:** Port `gauge.sh`.\n');
  stage.write('machine-docs/infra.yaml', `version: 1\napps:\n  a:\n    driver: {kind: exec, current: [${trap}], deploy: [${trap}]}\n    wanted: "1"\n    serves: [http://localhost/]\n    gate:\n      - {name: up, command: [${trap}], expect: {exit: 0}}\n`);
  stage.commit('journal(kite): gauge recorded', '2026-03-02T12:00:00Z');
  stage.git('worktree', 'add', '-q', '--detach', join(traps, 'tree'));
  const settings = [
    ['filter.evil.clean', trap], ['filter.evil.smudge', trap], ['filter.evil.process', trap], ['filter.evil.required', 'true'], ['diff.evil.textconv', trap], ['diff.evil.command', trap], ['diff.external', trap], ['merge.evil.driver', trap], ['core.fsmonitor', trap], ['core.pager', trap], ['core.editor', trap], ['core.sshCommand', trap],
    ['core.askPass', trap], ['credential.helper', `!${trap}`], ['gpg.program', trap], ['gpg.ssh.program', trap], ['gpg.ssh.defaultKeyCommand', trap], ['sequence.editor', trap], ['uploadpack.packObjectsHook', trap], ['interactive.diffFilter', trap], ['core.alternateRefsCommand', trap], ['log.showSignature', 'true'],
    ...['status', 'log', 'show', 'diff', 'rev-parse', 'cat-file', 'ls-files', 'for-each-ref', 'rev-list'].map((word) => [`alias.${word}`, `!${trap}`]), ['pager.log', trap], ['pager.show', trap], ['remote.origin.url', `ext::${trap}`], ['remote.origin.promisor', 'true'], ['remote.origin.uploadpack', trap], ['extensions.partialClone', 'origin'], ['protocol.ext.allow', 'always'],
  ];
  const text = settings.map(([key = '', value = '']) => ({ section: key.slice(0, key.lastIndexOf('.')), name: key.slice(key.lastIndexOf('.') + 1), value })).map(({ section, name, value }) => `[${section.includes('.') ? section.replace(/\.(.*)/, ' "$1"') : section}]\n\t${name} = ${value}\n`).join('');
  writeFileSync(join(traps, 'included'), text);
  writeFileSync(join(traps, 'global'), `${text}[safe]\n\tdirectory = *\n`);
  // By a condition, by an include, and plainly: whichever way git is led to it.
  stage.write('.git/config', `${stage.read('.git/config')}[includeIf "gitdir:**"]\n\tpath = ${join(traps, 'included')}\n[include]\n\tpath = ${join(traps, 'included')}\n${text}`);
  for (const name of hooks) {
    stage.write(`.git/hooks/${name}`, `#!/bin/sh\necho "hook ${name}" >>${canary}\n`);
    chmodSync(join(stage.dir, '.git/hooks', name), 0o755);
  }
});
afterAll(() => {
  stage.remove();
  rmSync(traps, { recursive: true, force: true });
});
beforeEach(() => {
  // The index is out of date and a file is changed: now git would ask filters and monitors.
  stage.write('level', 'touched\n');
  stage.write('untracked', 'x');
  rmSync(canary, { force: true });
});

/** A key without a passphrase, made before the trap for its maker stands in the way. */
function makeKey(): string {
  const key = join(traps, 'key');
  stage.git('-c', `alias.makekey=!ssh-keygen -q -t ed25519 -N '' -f '${key}'`, 'makekey');
  return key;
}

/** What each reading command is asked; those that are not named here get no words. */
const words: Record<string, string[]> = {
  show: ['gauge'], trace: ['gauge'], why: ['gauge.sh:1'], search: ['gauge'], explain: ['secret'], gate: ['kite/M3'], brief: ['--role', 'builder'], watch: ['--once'], 'infra order': [], check: ['--all'],
};

const reading = commandTable.filter(({ access }) => access === 'read').map(({ name }) => name);

describe('read-only commands execute nothing', () => {
  test.each([
    ...reading.map((name) => name.split(' ').concat(words[name] ?? [])), ['check', '--staged'], ['check', '--range', 'HEAD~1..HEAD'], ['gate', 'kite', '--for', 'done'], ['list', 'documents'], ['status', '--at', 'HEAD~1'], ['show', 'canary', '--json'], ['repro', 'lint', journalPath], ['replay', 'gauge', '--plan'], ['replay', 'canary', '--plan'],
    ['record', 'canary', '--plan'], ['replay', 'canary'], ['replay', 'canary', '--cold'], ['replay', 'canary', '--bisect'], ['record', 'canary'], ['consent', 'list'], ['sync', '--dry-run'], ['describe'], ['completion', 'bash'],
  ].map((args) => [args.join(' '), args] as const))('%s', async (_, args) => {
    const answer = await runDocket(['-C', stage.dir, ...args], undefined, environment);
    expect([answer.exit < 70 || answer.exit === 255, existsSync(canary) ? readFileSync(canary, 'utf8') : '']).toEqual([true, '']);
  });

  test('in a working tree whose .git is a file that leads to all that', async () => {
    const own = join(traps, 'tree');
    writeFileSync(join(own, 'level'), 'touched\n');
    for (const args of [['status'], ['check', '--all'], ['gate', 'kite/M3'], ['replay', 'gauge', '--plan']]) await runDocket(['-C', own, ...args], undefined, environment);
    expect(existsSync(canary)).toBe(false);
  });

  test('the canary sings where something is executed: by git itself, and by docket with consent', async () => {
    spawnSync('git', ['-C', stage.dir, 'status'], { env: { ...process.env, ...environment } });
    expect(existsSync(canary)).toBe(true);
    rmSync(canary);
    const { data } = await stage.ask('replay', 'canary', '--plan');
    await runDocket(['-C', stage.dir, 'replay', 'canary', '--consent', data.plan.digest], undefined, { XDG_STATE_HOME: stage.state });
    expect(existsSync(canary)).toBe(true);
  });
});
