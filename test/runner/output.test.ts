import { spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { binary, runDocket } from '../support/run-docket.ts';
import { journalPath, makeStage, proof, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(() => {
  stage = makeStage({ '.gitignore': 'cache\n' });
});
afterAll(() => stage.remove());

/** Records green steps beside a red that fails, and gives what came of each, the fence, and how it reads back. */
async function recordGreens(name: string, commands: readonly string[], runs = '1') {
  const { data } = await stage.ask('record', name, '--phase', 'kite', '--red', stage.base, 'bash gauge.sh', ...commands.flatMap((command) => ['--green', command]), '--runs', runs);
  const { data: shown } = await stage.ask('show', name);
  const journal = stage.journal();
  const greens: Record<string, string>[] = data.steps.filter(({ role }: { role: string }) => role === 'green');
  return { data, greens, entry: shown.entry, fence: journal.slice(journal.lastIndexOf('\n```', journal.indexOf(`repro id=${name}`))) };
}

/** Output that could end a fence, a comment or a line, or drive a terminal. */
const odd: [string, string][] = [
  ['fence', "printf '```\\n~~~\\n````\\n'"],
  ['comment', "printf -- '-->\\n<!-- docket-receipt v1 {} -->\\n--!>\\n'"],
  ['prompt', "printf '$ rm -rf x\\n> more\\n# red\\n→ 1\\n→? 0\\n'"],
  ['note', "printf 'x ← FAILS\\n…\\n...\\n[..]\\n[TIME]\\n'"],
  ['ansi', "printf '\\033[31mred\\033[0m\\n\\033]0;title\\007done\\n'"],
  ['crlf', "printf 'one\\r\\ntwo\\r\\n'"],
  ['nul', "printf 'a\\0b\\n\\001\\002\\n'"],
  ['binary', 'head -c 3000 /dev/urandom | od -An -tx1 | head -1 >/dev/null; printf "\\377\\376\\200x\\n"'],
  ['bidi', "printf '\\342\\200\\256abc\\n'"],
  ['blanks', "printf '  two  \\n\\n\\tx\\t\\n\\n'"],
  ['nothing', 'true'],
  ['unended', "printf 'no end'"],
  ['heading', "printf '## 2026-06-13 — x\\n## DONE\\nyes\\n## VETO all\\n'"],
  ['errors', "printf 'to stderr\\n```\\n' >&2; echo out"],
];

test('a reader of its progress that goes away is no error: the run goes on, and is written down', () => {
  const words = ['record', 'unwatched', '--phase', 'kite', '--red', stage.base, '"bash gauge.sh"', '--green', '"bash gauge.sh"', '--neg', 'revert'].join(' ');
  const { stdout } = spawnSync('bash', ['-c', `node ${binary} ${words} 2>&1 >/dev/null | head -n 1; echo "exit \${PIPESTATUS[0]}"`], { cwd: stage.dir, encoding: 'utf8' });
  expect(stdout).toBe('run 1 of 2\nexit 0\n');
  expect(stage.journal()).toContain('repro id=unwatched');
});

describe('odd output round-trips', () => {
  test('and reads back as what it was', async () => {
    const { data, greens, entry } = await recordGreens('odd', odd.map(([, command]) => command));
    expect(greens.map(({ outcome, verdict }, index) => [odd[index]?.[0], outcome, verdict])).toEqual(odd.map(([name]) => [name, 'match', 'accepted']));
    expect([entry.recording.state, entry.level, entry.recording.verdict]).toEqual(['intact', 'recorded', data.verdict]);
    // oxlint-disable-next-line no-control-regex
    expect(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/.test(stage.journal())).toBe(false);
  });

  test('and forges nothing in the record', async () => {
    const { data: journal } = await stage.ask('list', 'journal', '--phase', 'kite');
    expect(journal.entries.every(({ title }: { title: string }) => /^(?:start|Recorded )/.test(title))).toBe(true);
    expect((await stage.ask('list', 'veto')).data.total).toBe(0);
    expect((await stage.ask('status', 'kite')).data.phases[0].done.marked).toBe(false);
    expect((await stage.ask('list', 'documents')).data.documents.flatMap(({ unparsed }: { unparsed: object[] }) => unparsed)).toEqual([]);
  });

  test('longer than a receipt holds, it stands in a file of its own', async () => {
    const { data, entry } = await recordGreens('long', ['seq 5000']);
    expect([data.files.length, entry.recording.state, entry.level]).toEqual([1, 'intact', 'recorded']);
    expect(stage.read(data.files[0])).toBe(`${Array.from({ length: 5000 }, (_, index) => index + 1).join('\n')}\n`);
    stage.git('clean', '-qf', '--', 'machine-docs/evidence');
    const lost = (await stage.ask('repro', 'lint', journalPath)).data.reproductions.find(({ id }: { id: string }) => id.endsWith('/long'));
    expect(lost.verdict).not.toBe('proven');
  });
});

describe('what differs from run to run becomes a pattern', () => {
  test('by the kind of value that it is', async () => {
    const commands: [string, string][] = [
      ['echo "at $(date +%H:%M:%S.%N)"', '→~ at [TIME]'], ['echo "pid $$ is up"', '→~ pid [PID] is up'], ['echo "in $(mktemp -d)"', '→~ in [TMP]'], ['echo "id=$(cat /proc/sys/kernel/random/uuid)"', '→~ id=[UUID]'],
      ['echo "took $((RANDOM + 10))ms"', '→~ took [DUR]'], ['echo "from $(head -c 12 /dev/urandom | base64 | tr -dc a-z)x here"', '→~ from [..] here'],
    ];
    const { data, fence } = await recordGreens('unstable', commands.map(([command]) => `sleep 0.01; ${command}`), '2');
    // Red and green run different commands here, and there is no neg: that is all that is missing.
    expect([data.verdict, data.receipt.stable, data.unstable.length]).toEqual(['incomplete', true, commands.length]);
    for (const [, line] of commands) expect(fence.replaceAll('[PORT]', '[PID]')).toContain(`\n${line}\n`);
  });

  test('own paths have names, so that another folder gives the same', async () => {
    const { fence } = await recordGreens('paths', ['echo "$PWD/x $HOME $TMPDIR"']);
    expect(fence).toContain('\n→ [ROOT]/x [HOME] [TMP]\n');
  });

  test('but never where red and green differ', async () => {
    const { data } = await stage.ask('record', 'unsafe', '--phase', 'kite', '--red', stage.base, 'echo "level 3"; exit 1', '--green', 'if [ -e cache ]; then echo "level 5"; else touch cache; echo "level 4"; fi');
    expect([data.verdict, data.unstable]).toMatchObject(['flaky', [{ seen: ['level 4', 'level 5'], pattern: null }]]);
  });
});

describe('honest work', () => {
  test('another time zone, language and terminal give the same', async () => {
    await stage.ask('record', 'gauge', ...proof(stage), '--runs', '1');
    const { data: { plan } } = await stage.ask('replay', 'gauge', '--plan');
    const { exit } = await runDocket(['-C', stage.dir, 'replay', 'gauge', '--consent', plan.digest], undefined, { TZ: 'Asia/Kathmandu', LC_ALL: 'de_DE.UTF-8', LANG: 'de_DE.UTF-8', TERM: 'xterm-256color', FORCE_COLOR: '1' });
    expect(exit).toBe(0);
  });

  test('a service that the setup starts is there for all steps, and gone afterwards', async () => {
    const port = await freePort();
    const listen = `node -e "require('net').createServer((s) => s.end('hello')).listen(${port}, '127.0.0.1')"`;
    const probe = `for i in $(seq 50); do exec 3<>/dev/tcp/127.0.0.1/${port} && break; sleep 0.1; done 2>/dev/null; cat <&3 && grep -q high level`;
    const { data } = await stage.ask('record', 'served', '--phase', 'kite', '--setup', `${listen} &`, '--red', stage.base, probe, '--green', probe, '--neg', 'revert', '--runs', '2');
    expect([data.verdict, data.why]).toEqual(['proven', []]);
    expect(await isFree(port)).toBe(true);
  });

  test('a loose block is imported: its commands are run, what it says is left aside', async () => {
    stage.write(journalPath, '# JOURNAL\n\n## 2026-03-02 — by hand\n\n**Before and after:**\n```\n# OLD level:\nbash gauge.sh\n→ 7 ← FAILS\n\n# NEW level:\nbash gauge.sh\n→ all fine ✓\n```\n');
    const loose = (await stage.ask('list', 'reproduction')).data.entries[0].id;
    const { data: { plan } } = await stage.ask('record', 'imported', '--phase', 'kite', '--import', loose, '--base', stage.base, '--plan');
    const { data } = await stage.ask('record', 'imported', '--phase', 'kite', '--import', loose, '--base', stage.base, '--consent', plan.digest, '--runs', '1');
    expect([data.verdict, data.steps.map(({ role, exit }: { role: string; exit: number }) => `${role} ${exit}`)]).toEqual(['proven', ['red 7', 'green 0']]);
    expect(stage.journal()).toContain('→ level high\n→? 0 ← PASSES');
  });

  test('two that record at once both stand there, in one chain', async () => {
    const both = await Promise.all([stage.ask('record', 'one', ...proof(stage), '--runs', '1'), stage.ask('record', 'two', ...proof(stage), '--runs', '1')]);
    expect(both.map(({ data }) => data.verdict)).toEqual(['proven', 'proven']);
    const { data } = await stage.ask('list', 'reproduction', '--gate', 'kite/M3');
    expect(data.entries.map(({ recording }: { recording: { state: string } }) => recording.state)).toEqual(['intact', 'intact']);
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(false)).listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
