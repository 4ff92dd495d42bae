import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildExample, type Example } from './build-example.ts';
import { asked, firstDifference, openDesk, scripts, story, type ReaderDesk } from './readme-examples.ts';

let desk: ReaderDesk;
let example: Example;
beforeAll(() => {
  desk = openDesk();
  example = buildExample();
});
afterAll(() => {
  example.remove();
  desk.remove();
});

describe('what the README shows', () => {
  it('is more than words', () => expect([asked.length > 3, story.length > 9, scripts.length]).toEqual([true, true, 1]));

  it.each(asked)('$ $command', (shown) => {
    const said = desk.ask(shown.command, example.dir);
    expect(firstDifference(said, shown), said).toBeNull();
  });

  it('leads from an empty folder to a claim that is refused, one that stands, and DONE', () => {
    const said = desk.tell();
    expect(story.flatMap((shown, index) => [firstDifference(said[index] ?? '', shown)].filter((each) => each !== null).map((each) => `${shown.command}: ${each}`)), said.join('\n')).toEqual([]);
  });

  it.each(scripts)('as a library: %s', (body) => {
    const script = join(desk.folder, 'example.mjs');
    writeFileSync(script, body.replace("'docket'", JSON.stringify(fileURLToPath(new URL('../../dist/index.js', import.meta.url)))));
    expect(execFileSync(process.execPath, [script], { cwd: example.dir, encoding: 'utf8' })).toMatch(/^pvfix .*verified.*\npxgate .*M2 none/);
  });
});
