import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { bashCompletion } from '../../src/cli/completion/bash.ts';
import { completionModel } from '../../src/cli/completion/completion-model.ts';
import { commandTable } from '../../src/cli/table/command-table.ts';
import { runDocket } from '../support/run-docket.ts';

const script = bashCompletion(completionModel());

/** What bash offers for the last of these words. */
function complete(...words: string[]): string[] {
  const set = `COMP_WORDS=(${['docket', ...words].map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}; _docket; printf '%s\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', `${script}\n${set}`], { encoding: 'utf8', cwd: tmpdir() }).split('\n').filter((word) => word !== '');
}

describe('bash completes', () => {
  test.each<[string[], string[]]>([
    [['st'], ['status']],
    [['list', 'jo'], ['journal']],
    [['list', '--ph'], ['--phase']],
    [['list', '--author', ''], ['builder', 'adversary', 'operator']],
    [['--role', 'a'], ['adversary']],
    [['-C', '/tmp', '--at', 'list', 'show', '--js'], ['--json']],
    [['search', 'status', '--ki'], ['--kind']],
    [['completion', ''], ['bash', 'zsh', 'fish']],
    [['explain', 'deferred-wr'], ['deferred-wrong-section']],
    [['help', 'li'], ['list']],
    [['infra', 'ord'], ['order']],
    [['infra', 'alerts', 'cl'], ['close']],
    [['infra', 'alerts', 'close', '--rea'], ['--reason']],
    [['infra', 'order', '--format', ''], ['text', 'mermaid', 'dot']],
  ])('%j to %j', (words, offered) => expect(complete(...words).filter((word) => words.at(-1) !== '' || !word.startsWith('-'))).toEqual(offered));

  test('every command', () => expect(complete('')).toEqual(expect.arrayContaining(commandTable.map(({ name }) => name.split(' ')[0]))));
});

describe.each(['bash', 'zsh', 'fish'])('the script for %s', (shell) => {
  test('names every command and option, and is no envelope even with --json', async () => {
    const { exit, stdout } = await runDocket(['completion', shell, '--json'], tmpdir());
    expect(exit).toBe(0);
    expect(() => JSON.parse(stdout)).toThrow();
    for (const { name, options } of commandTable) {
      expect(stdout).toContain(name.split(' ').at(-1));
      for (const option of options) expect(stdout).toContain(option.name.replace(/^--/, ''));
    }
  });
  test('is accepted by its shell', async (context) => {
    const { stdout } = await runDocket(['completion', shell], tmpdir());
    const folder = mkdtempSync(join(tmpdir(), 'docket-completion-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'script'), stdout);
    try {
      execFileSync(shell, ['-n', join(folder, 'script')], { stdio: ['ignore', 'ignore', 'inherit'] });
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') context.skip(`${shell} is not installed here`);
      throw error;
    }
  });
});
