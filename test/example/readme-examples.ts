import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { binary } from '../support/run-docket.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
/** The sessions below this heading are one story in a repository of its own; all others are asked of the example. */
const storyHeading = '## Your first claim';

/** A command that the README shows, and what it says that it answers. */
export interface Shown {
  command: string;
  /** What stands below it; a line `…` stands for any lines. */
  answer: string[];
}

interface Fence {
  language: string;
  body: string;
  section: string;
}

function* fences(): Generator<Fence> {
  let section = '';
  for (const [, heading, language = '', body = ''] of readme.matchAll(/^(## .*)$|^```(\w+)\n([\s\S]*?)^```$/gm)) {
    if (heading !== undefined) section = heading;
    else yield { language, body, section };
  }
}

function readSession(body: string): Shown[] {
  const shown: Shown[] = [];
  for (const line of body.trimEnd().split('\n')) {
    if (line.startsWith('$ ')) shown.push({ command: line.slice(2), answer: [] });
    else shown.at(-1)?.answer.push(line);
  }
  return shown;
}

const sessions = [...fences()].filter(({ language }) => language === 'console');

/** Asked of the example, one independent of the other. */
export const asked: readonly Shown[] = sessions.filter(({ section }) => section !== storyHeading).flatMap(({ body }) => readSession(body));
/** One after the other, in a folder that is empty at first. */
export const story: readonly Shown[] = sessions.filter(({ section }) => section === storyHeading).flatMap(({ body }) => readSession(body));
/** The examples of the library. */
export const scripts: readonly string[] = [...fences()].filter(({ language }) => language === 'js').map(({ body }) => body);

/** Where an answer stops being as the README shows it; null when it is so to its end. */
export function firstDifference(said: string, { answer }: Shown): string | null {
  const actual = said.trimEnd().split('\n');
  let at = 0;
  let free = false;
  for (const line of answer) {
    if (line === '…') {
      free = true;
      continue;
    }
    const found = free ? actual.indexOf(line, at) : at;
    if (found < 0 || actual[found] !== line) return `expected ${JSON.stringify(line)}, found ${JSON.stringify(actual[at] ?? null)}`;
    at = found + 1;
    free = false;
  }
  const rest = actual.slice(at).filter((line, index) => index > 0 || line !== '');
  return free || rest.length === 0 ? null : `nothing more was expected, found ${JSON.stringify(actual[at])}`;
}

/** A folder for the runs, in which `docket` is a command. */
export interface ReaderDesk {
  folder: string;
  /** What a command answers to the example in `dir`. */
  ask(command: string, dir: string): string;
  /** What the commands of the story print, one after the other in one shell. `DIGEST` is the one that was printed last. */
  tell(): string[];
  remove(): void;
}

export function openDesk(): ReaderDesk {
  const folder = mkdtempSync(join(tmpdir(), 'docket-readme-'));
  const [bin, outputs, home] = ['bin', 'outputs', 'home'].map((name) => join(folder, name)) as [string, string, string];
  for (const each of [bin, outputs, home]) mkdirSync(each);
  writeFileSync(join(bin, 'docket'), `#!/bin/sh\nexec '${process.execPath}' '${binary}' "$@"\n`, { mode: 0o755 });
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}`, GIT_CONFIG_GLOBAL: '/dev/null', GIT_AUTHOR_NAME: 'Ada', GIT_AUTHOR_EMAIL: 'ada@example.org', GIT_COMMITTER_NAME: 'Ada', GIT_COMMITTER_EMAIL: 'ada@example.org' };
  delete (env as NodeJS.ProcessEnv)['DOCKET_ROLE'];
  const shell = (script: string, cwd: string): string => execFileSync('bash', ['-c', script], { cwd, encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'ignore'] });
  return {
    folder,
    ask: shell,
    tell() {
      const digest = `$(grep -oh 'digest [0-9a-f]*' '${outputs}'/* | tail -n 1 | cut -d ' ' -f 2)`;
      shell(story.map(({ command }, index) => `{ ${command.replaceAll('DIGEST', digest)}\n} >'${join(outputs, String(100 + index))}'\n`).join(''), home);
      return story.map((_, index) => join(outputs, String(100 + index))).map((file) => (existsSync(file) ? readFileSync(file, 'utf8') : ''));
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
