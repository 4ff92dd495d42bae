import { tmpdir } from 'node:os';
import { describe, expect, test } from 'vitest';
import type { Envelope } from '../../src/contract/schema/envelope.ts';
import { commandTable } from '../../src/cli/table/command-table.ts';
import { runDocket } from '../support/run-docket.ts';
import { runShell } from './run-shell.ts';

const here = tmpdir();
const envelope = (text: string): Envelope => JSON.parse(text);

describe('help', () => {
  test('docket alone is help on stdout, exit 0', async () => {
    const { exit, stdout, stderr } = await runDocket([], here);
    expect([exit, stderr]).toEqual([0, '']);
    for (const { name } of commandTable) expect(stdout).toContain(name.split(' ')[0]);
  });

  test.each([[['--help']], [['-h']], [['help']], ...commandTable.map(({ name }) => [[...name.split(' '), '--help']])])('%j ends with examples', async (args) => {
    const { exit, stdout } = await runDocket(args, here);
    expect(exit).toBe(0);
    expect(stdout).toMatch(/\nExamples:\n( {2}\$ .*\n)+$/);
  });

  test('help of a command, asked for in three ways, is the same; and wins over missing arguments', async () => {
    const answers = await Promise.all([['help', 'show'], ['show', '--help'], ['--quiet', 'show', '-h']].map((args) => runDocket(args, here)));
    expect(new Set(answers.map(({ stdout }) => stdout)).size).toBe(1);
    expect(answers[0]?.stdout).toContain('Global Options:');
  });

  test('of a group of commands, alone or asked for, names them all', async () => {
    for (const args of [['infra'], ['infra', '--help'], ['help', 'infra'], ['infra', '--quiet']]) {
      const { exit, stdout } = await runDocket(args, here);
      expect([exit, stdout.includes('order [options] [UNIT]'), stdout.includes('$ docket infra state resume traefik')]).toEqual([0, true, true]);
    }
    const { data } = envelope((await runDocket(['infra', '--json'], here)).stdout) as unknown as { data: { commands: { name: string }[] } };
    expect(data.commands.map(({ name }) => name)).toEqual(commandTable.map(({ name }) => name).filter((name) => name.startsWith('infra ')));
  });

  test('with --json it is data', async () => {
    const { stdout, exit } = await runDocket(['list', '--help', '--json'], here);
    expect(exit).toBe(0);
    expect(envelope(stdout)).toMatchObject({ command: 'list', ok: true, data: { commands: [{ name: 'list' }] } });
  });

  test('help for what there is not names the nearest', async () => {
    for (const args of [['help', 'lst'], ['lst', '--help']]) {
      const { exit, stderr, stdout } = await runDocket(args, here);
      expect([exit, stdout]).toEqual([2, '']);
      expect(stderr).toContain('Did you mean list?');
    }
  });
});

describe('the version', () => {
  test.each([[['--version']], [['-V']], [['list', '--version']]])('%j prints it alone', async (args) => expect(await runDocket(args, here)).toEqual({ exit: 0, stdout: '0.1.0\n', stderr: '' }));
  test('as JSON', async () => expect(envelope((await runDocket(['--version', '--json'], here)).stdout)).toMatchObject({ ok: true, data: { version: '0.1.0' } }));
});

describe('a command line that cannot be understood is exit 2, nothing on stdout, and says what to do', () => {
  test.each<[string[], RegExp]>([
    [['lst'], /Unknown command "lst"\. Did you mean list\?\n.*→ docket list\n/],
    [['lst', 'findings'], /→ docket list findings/],
    [['frobnicate'], /Unknown command "frobnicate"\. Did you mean \w+\?\n.*→ docket --help/],
    [['list', '--phse', 'x'], /Unknown option --phse for docket list\. Did you mean --phase\?\n.*→ docket list --phase x/],
    [['list', '--phse=x'], /→ docket list --phase=x/],
    [['list', '--phase'], /'--phase <P>' argument missing/],
    [['show'], /missing required argument 'ID'/i],
    [['show', 'a', 'b'], /too many arguments/i],
    [['--role', 'bulder', 'describe'], /Unexpected value "bulder" for --role, expected builder, adversary, operator\. Did you mean builder\?/],
    [['completion', 'basch'], /Unexpected value "basch" for SHELL.*Did you mean bash\?/],
    [['list', 'findngs'], /Unknown kind "findngs".*Did you mean findings/],
    [['list', '--fields', 'id,titel'], /Unknown field "titel".*Did you mean title/],
    [['list', 'documents', '--fields', 'titel'], /Unknown field "titel", expected some of path, kind/],
    [['list', '--state', 'opn'], /Unknown state "opn".*Did you mean open/],
    [['list', '--limit', '0'], /Unexpected limit "0", expected a whole number from 1/],
    [['list', '--since', 'yesterday'], /Unexpected date "yesterday" for --since/],
    [['list', 'documents', 'journal'], /listed apart/],
    [['list', 'documents', '--state', 'open'], /--state filters entries/],
    [['explain', 'apend-only'], /Unknown rule "apend-only"\. Did you mean append-only\?/],
    [['init', '--at', 'HEAD'], /takes no --at/],
    [['init', '--phase', 'a/b'], /Unexpected phase "a\/b"/],
    [['infra', 'ordr'], /Unknown command "infra ordr"\. Did you mean infra order\?\n.*→ docket infra order\n/],
    [['infr', 'order', 'x'], /Unknown command "infr"\. Did you mean infra\?\n.*→ docket infra order x\n/],
    [['order', 'x'], /Unknown command "order"\. Did you mean infra order\?\n.*→ docket infra order x\n/],
    [['infra', '--spec', 'x', 'order'], /docket infra is no command by itself, expected infra check, .* with options after it/],
    [['infra', 'alerts', '--spec', 'x', 'close', 'y'], /The words of docket infra alerts close stand apart/],
    [['infra', 'alerts', 'close', 'y', '--closed'], /Unknown option --closed for docket infra alerts close/],
    [['infra', 'alerts', 'close'], /missing required argument 'ID'/i],
    [['infra', 'check', '--at', 'HEAD'], /docket infra check does not answer for a revision/],
    [['infra', 'alerts', 'close', 'y'], /--reason is missing/],
    [['--json=1'], /./],
    [['-C', '.'], /No command/],
  ])('%j', async (args, message) => {
    const { exit, stdout, stderr } = await runDocket(args, here);
    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test.each([[['--json', 'lst'], 'lst'], [['list', '--phse', '--json'], 'list'], [['show', '--json'], 'show'], [['--bad', '--json'], 'docket'], [['list', '--phase', '--json'], 'list']])('%j is an envelope with one diagnostic', async (args, command) => {
    const { exit, stdout, stderr } = await runDocket(args, here);
    expect([exit, stderr]).toEqual([2, '']);
    expect(envelope(stdout)).toMatchObject({ schemaVersion: 1, command, ok: false, data: {}, diagnostics: [{ rule: 'usage', level: 'error' }] });
    expect(stdout.endsWith('}\n')).toBe(true);
  });

  test('after -- a word is no option', async () => {
    const { exit, stdout } = await runDocket(['help', '--', '--json'], here);
    expect([exit, stdout]).toEqual([2, '']);
  });

  test('DOCKET_ROLE is checked as well', async () => {
    const { exit, stderr } = await runShell('docket describe', here, { DOCKET_ROLE: 'advesary' });
    expect(exit).toBe(2);
    expect(stderr).toMatch(/for DOCKET_ROLE.*Did you mean adversary/);
  });
});

describe('global options stand before and after the command', () => {
  test.each([[['--json', 'explain', 'noop']], [['explain', '--json', 'noop']], [['explain', 'noop', '--json']]])('%j', async (args) => {
    const { exit, stdout } = await runDocket(args, here);
    expect(exit).toBe(0);
    expect(envelope(stdout)).toMatchObject({ command: 'explain', ok: true, data: { rules: [{ id: 'noop', level: 'error' }] } });
  });
});

describe('streams', () => {
  test('a reader that goes away is not an error', async () => {
    const { stdout, stderr } = await runShell('docket explain --json | head -c 5; echo " ${PIPESTATUS[0]}"', here);
    expect(stdout).toBe('{"sch 0\n');
    expect(stderr).toBe('');
  });
  test('nor one that was never there, on either stream', async () => {
    const { stdout } = await runShell('docket explain >&-; echo $?; docket lst 2>&-; echo $?', here);
    expect(stdout).toBe('0\n2\n');
  });
  test('a full disk is an error that says so', async () => {
    const { exit, stderr } = await runShell('docket explain > /dev/full', here);
    expect(exit).toBe(2);
    expect(stderr).toMatch(/could not be written: .*ENOSPC/);
  });
  test('hints go to stderr, and not at all with --quiet', async () => {
    const loud = await runDocket(['describe'], here);
    expect(loud.stdout).not.toContain('next:');
    expect(loud.stderr).toBe('next: docket help\n');
    expect((await runDocket(['describe', '--quiet'], here)).stderr).toBe('');
  });
});

describe('colour', () => {
  const coloured = (text: string): boolean => text.includes('\u001b[');
  test.each<[string, string, Record<string, string | null>, boolean]>([
    ['not through a pipe', 'docket explain noop', { NO_COLOR: null, FORCE_COLOR: null }, false],
    ['through a pipe when forced', 'docket explain noop', { NO_COLOR: null, FORCE_COLOR: '1' }, true],
    ['FORCE_COLOR=0 is no', 'docket explain noop', { NO_COLOR: null, FORCE_COLOR: '0' }, false],
    ['on a terminal', 'script -qec "$NODE $DOCKET_BIN explain noop" /dev/null', { NO_COLOR: null, FORCE_COLOR: null, TERM: 'xterm' }, true],
    ['on a terminal, but NO_COLOR', 'script -qec "$NODE $DOCKET_BIN explain noop" /dev/null', { NO_COLOR: '1', FORCE_COLOR: null, TERM: 'xterm' }, false],
    ['on a terminal, but a dumb one', 'script -qec "$NODE $DOCKET_BIN explain noop" /dev/null', { NO_COLOR: null, FORCE_COLOR: null, TERM: 'dumb' }, false],
  ])('%s', async (_, line, variables, expected) => {
    const { exit, stdout } = await runShell(line, here, variables);
    expect(exit).toBe(0);
    expect(stdout).toContain('noop');
    expect(coloured(stdout)).toBe(expected);
  });
});

describe('a bug in docket is exit 70, never the 1 that means no', () => {
  const broken = (code: string) => ({ NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(code)}` });
  const message = "throw new TypeError('broken on purpose')";
  test.each<[string, string]>([
    ['in a command', `const { entries } = Object; Object.entries = (value) => { if (value.safety) ${message}; return entries(value); };`],
    ['while loading', `Object.values = () => { ${message}; };`],
    ['in a callback', `const wait = () => { if (process.listenerCount('uncaughtException') === 0) setImmediate(wait); else ${message}; }; wait();`],
  ])('%s', async (_, code) => {
    const text = await runShell('docket explain', here, broken(code));
    expect(text.exit).toBe(70);
    expect(text.stderr).toMatch(/TypeError: broken on purpose\n\s+at /);
    expect(text.stderr).toMatch(/npm bugs docket/);
    const json = await runShell('docket explain --json', here, broken(code));
    expect(json.exit).toBe(70);
    expect(envelope(json.stdout.split('\n').at(-2) ?? '')).toMatchObject({ ok: false, diagnostics: [{ rule: 'internal', message: 'broken on purpose' }] });
    expect(json.stderr).toMatch(/\n\s+at /);
  });
});
