import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { binary } from '../support/run-docket.ts';
import { buildExample, type Example } from './build-example.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

interface Shown {
  command: string;
  /** What stands below it; a line `…` stands for any lines. */
  answer: string[];
}

function fences(language: string): string[] {
  return [...readme.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].filter(([, lang]) => lang === language).map(([, , body = '']) => body);
}

function readSession(body: string): Shown[] {
  const shown: Shown[] = [];
  for (const line of body.trimEnd().split('\n')) {
    if (line.startsWith('$ ')) shown.push({ command: line.slice(2), answer: [] });
    else shown.at(-1)?.answer.push(line);
  }
  return shown;
}

/** Where the answer stops being as the README shows it; null when it is so to its end. */
function firstDifference(actual: string[], expected: string[]): string | null {
  let at = 0;
  let free = false;
  for (const line of expected) {
    if (line === '…') {
      free = true;
      continue;
    }
    const found = free ? actual.indexOf(line, at) : at;
    if (found < 0 || actual[found] !== line) return `expected ${JSON.stringify(line)}, found ${JSON.stringify(actual[at] ?? null)}`;
    at = found + 1;
    free = false;
  }
  return free || at === actual.length ? null : `nothing more was expected, found ${JSON.stringify(actual[at])}`;
}

let folder: string;
let example: Example;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'docket-readme-'));
  writeFileSync(join(folder, 'docket'), `#!/bin/sh\nexec '${process.execPath}' '${binary}' "$@"\n`, { mode: 0o755 });
  example = buildExample();
});
afterAll(() => {
  example.remove();
  rmSync(folder, { recursive: true, force: true });
});

describe('what the README shows', () => {
  const sessions = fences('console').flatMap(readSession);

  it('is more than words', () => expect(sessions.length).toBeGreaterThan(3));

  it.each(sessions)('$ $command', ({ command, answer }) => {
    const said = execFileSync('bash', ['-c', command], { cwd: example.dir, encoding: 'utf8', env: { ...process.env, PATH: `${folder}:${process.env['PATH']}` }, stdio: ['ignore', 'pipe', 'ignore'] });
    expect(firstDifference(said.trimEnd().split('\n'), answer), said).toBeNull();
  });

  it.each(fences('js'))('as a library: %s', (body) => {
    const script = join(folder, 'example.mjs');
    writeFileSync(script, body.replace("'docket'", JSON.stringify(fileURLToPath(new URL('../../dist/index.js', import.meta.url)))));
    expect(execFileSync(process.execPath, [script], { cwd: example.dir, encoding: 'utf8' })).toMatch(/^pvfix .*verified.*\npxgate .*M2 none/);
  });
});
