import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commandTable } from '../../../src/cli/table/command-table.ts';
import type { Answer } from '../../support/run-docket.ts';
import type { Repository } from '../../support/make-repository.ts';
import { askHere } from './ask-here.ts';
import { brokenGit, makeRecord, oddFiles, oddTexts, type Hostile } from './repositories.ts';

/** What each reading command is asked. */
const words: Record<string, string[]> = {
  show: ['kiln'], trace: ['kiln'], why: ['machine-docs/JOURNAL-k1.md:3'], search: ['kiln'], explain: ['secret'], gate: ['k1/K1'], brief: ['--role', 'builder'], watch: ['--once'], check: ['--all'], report: ['--out', 'report.html', '--force'],
};
const notHere = new Set(['mcp', 'hook', 'ci status', 'help', 'infra check', 'infra controls']);
const reading = commandTable.filter(({ name, access }) => access === 'read' && !notHere.has(name)).map(({ name }) => name.split(' ').concat(words[name] ?? []));
const always = [['status'], ['check', '--all']];
const others = [...reading, ['check', '--staged'], ['list', 'documents'], ['status', '--at', 'HEAD'], ['sync', '--dry-run'], ['describe']].filter((each) => !always.some((one) => one.join(' ') === each.join(' ')));
const long = process.env['DOCKET_LONG'] !== undefined;

/** All commands in the long run; else the two that read most, and three more which differ from repository to repository. */
function commandsFor(index: number): string[][] {
  return long ? [...always, ...others] : [...always, ...[0, 1, 2].map((nth) => others[(index * 3 + nth) % others.length] ?? [])];
}

// oxlint-disable-next-line no-control-regex
const drivesTerminal = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u;

/** An answer by the contract: a code of its own, one envelope, a sentence with what to do where it refuses, nothing that drives a terminal. */
function judge(args: readonly string[], { exit, stdout, stderr }: Answer): void {
  const command = args.join(' ');
  expect([0, 1, 2, 3, 4, 5], `${command} exited ${exit}: ${stderr.slice(0, 500)}${stdout.slice(0, 500)}`).toContain(exit);
  expect(`${stdout}${stderr}`, command).not.toMatch(/\n {4}at /);
  expect(drivesTerminal.exec(`${stdout}${stderr}`)?.index ?? null, command).toBeNull();
  expect(stderr.length, command).toBeLessThan(20_000);
  if (!args.includes('--json')) return;
  const envelope = JSON.parse(stdout.split('\n')[0] ?? '') as { ok?: boolean; diagnostics?: { message: string; next: string | null; place: unknown }[] };
  if (envelope.ok === undefined) return;
  expect(envelope.ok, command).toBe(exit === 0);
  if (exit !== 2) return;
  const [first] = envelope.diagnostics ?? [];
  expect(first?.message, command).toMatch(/\w/);
  expect(first?.next ?? first?.place ?? null, `${command}: ${first?.message}`).not.toBeNull();
}

async function judgeAll(repository: Repository, index: number, environment: NodeJS.ProcessEnv = {}): Promise<void> {
  for (const command of commandsFor(index)) {
    const args = ['-C', repository.dir, ...command.map((word) => (word === 'report.html' ? join(repository.dir, word) : word))];
    const isHostForm = command[0] === 'watch' || command[0] === 'completion';
    judge([...args, ...(isHostForm ? [] : ['--json'])], await askHere([...args, ...(isHostForm ? [] : ['--json'])], environment));
  }
  // As people see it.
  judge(['status'], await askHere(['-C', repository.dir, 'status'], environment));
  judge(['check'], await askHere(['-C', repository.dir, 'check', '--all'], environment));
}

const groups: [string, Hostile[]][] = [['what git holds', brokenGit], ['what stands in place of documents', oddFiles], ['what stands in them', oddTexts]];

describe.each(groups)('%s', (_, all) => {
  test.each(all.map((each, index) => [each.name, each, index] as const))('%s', async (__, { spoil }, index) => {
    const repository = makeRecord();
    try {
      const environment = spoil(repository) ?? {};
      await judgeAll(repository, index, environment);
      // What can be committed is judged so as well: from the index, from history.
      expect(existsSync(join(repository.dir, 'canary'))).toBe(false);
    } finally {
      repository.remove();
    }
  });
});

describe('a cache that cannot be believed', () => {
  const kept = (dir: string): string[] => readdirSync(join(dir, '.git/docket'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).sort();
  const damages: [string, (files: string[], dir: string) => void][] = [
    ['empty', (files) => files.forEach((file) => writeFileSync(file, ''))],
    ['cut in the middle', (files) => files.forEach((file) => truncateSync(file, Math.floor(readFileSync(file).length / 2)))],
    ['rubbish', (files) => files.forEach((file) => writeFileSync(file, Buffer.alloc(500, 0xff)))],
    ['one byte changed', (files) => files.forEach((file) => {
      const bytes = readFileSync(file);
      if (bytes.length > 0) bytes[Math.floor(bytes.length * 0.6)]! ^= 0x55;
      writeFileSync(file, bytes);
    })],
    ['each in the place of the next', (files) => {
      const contents = files.map((file) => readFileSync(file));
      files.forEach((file, index) => writeFileSync(file, contents[(index + 1) % contents.length] ?? ''));
    }],
    ['folders in place of files', (files) => files.forEach((file) => { rmSync(file); mkdirSync(file); })],
    ['a file in place of the folder', (_, dir) => { rmSync(join(dir, '.git/docket'), { recursive: true }); writeFileSync(join(dir, '.git/docket'), 'x'); }],
  ];
  test.each(damages)('%s: the answer is that without one', async (_, damage) => {
    const repository = makeRecord();
    try {
      const commands = [['status'], ['list'], ['check', '--all'], ['search', 'kiln']].map((command) => ['-C', repository.dir].concat(command, '--json'));
      for (const command of commands) await askHere(command);
      damage(kept(repository.dir), repository.dir);
      for (const command of commands) {
        const answer = await askHere(command);
        judge(command, answer);
        expect(JSON.parse(answer.stdout)).toEqual(JSON.parse((await askHere([...command, '--no-cache'])).stdout));
      }
    } finally {
      repository.remove();
    }
  });
});
