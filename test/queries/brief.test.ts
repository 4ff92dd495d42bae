import { array, assert, constant, constantFrom, integer, property, record, string } from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BriefAnswer } from '../../src/index.ts';
import { countTokens, fitBudget } from '../../src/queries/brief/fit-budget.ts';
import { renderBrief } from '../../src/reports/brief-text.ts';
import { plainView } from '../../src/reports/view.ts';
import { buildExample, type Example } from '../example/build-example.ts';
import { askDocket, runDocket } from '../support/run-docket.ts';

let example: Example;
beforeAll(() => {
  example = buildExample();
});
afterAll(() => example.remove());

async function brief(...args: string[]): Promise<BriefAnswer> {
  return (await askDocket(['brief', ...args], example.dir)).data as unknown as BriefAnswer;
}

const titles = ({ sections }: BriefAnswer): string[] => sections.map(({ title }) => title);
const items = (answer: BriefAnswer, title: string): string => answer.sections.find((section) => section.title === title)?.items.join('\n') ?? '';

describe('docket brief', () => {
  test('tells a Builder where the phase stands, what the journal ends with, and what gate still misses', async () => {
    const answer = await brief('--role', 'builder');
    expect(answer).toMatchObject({ role: 'builder', phase: 'pxgate', budget: 2000, dropped: [], whole: null });
    expect(titles(answer)).toEqual(['Phase', 'Gates', 'Next, as the journal ends', 'What gate still misses', 'Deferred, and due', 'Alerts', 'Decisions in force']);
    expect(items(answer, 'Next, as the journal ends')).toBe('commit + claim M1. (journal:pxgate/2026-06-13-phase-start)');
    expect(items(answer, 'What gate still misses')).toMatch(/^pxgate\/M2: .*\ndocket record pxgate-m2 --claim pxgate\/M2/u);
  });

  test('tells an Adversary what is claimed, on which commits and evidence, and no word of the journal', async () => {
    const answer = await brief('--role', 'adversary', '--at', 'at-claim', '--budget', '9000');
    expect(titles(answer)).toEqual(['Claimed, and not judged', 'Evidence', 'What gate misses', 'Open findings', 'Commits', 'Gates']);
    expect(answer.sections[0]?.items.map((item) => item.split(':')[0])).toEqual(['pxgate/M1', 'WHAT', 'HOW', 'EXPECTED', 'WHERE']);
    expect(items(answer, 'Commits')).toMatch(/^pxgate\/M1 changes \d+ files, \+\d+ -\d+\nrunner\/warm_reconcile\.py \+7 -7\n/u);
    expect(JSON.stringify(answer)).not.toContain('by construction');
    expect(JSON.stringify(answer)).not.toContain('phase-start');
  });

  test('keeps its budget, says what it cut, and names the command that shows it', async () => {
    for (const budget of [40, 80, 200, 700]) {
      const { exit, stdout } = await runDocket(['brief', '--role', 'adversary', '--at', 'at-claim', '--budget', String(budget), '--quiet'], example.dir);
      expect(exit).toBe(0);
      expect(Buffer.byteLength(stdout) / 4).toBeLessThanOrEqual(budget);
      expect(stdout).toMatch(/cut: docket /u);
    }
    const cut = await brief('--role', 'builder', '--budget', '120');
    expect(cut.tokens).toBeLessThanOrEqual(120);
    expect(cut.dropped.length + cut.sections.filter((section) => section.cut > 0).length).toBeGreaterThan(0);
    const whole = cut.whole ?? cut.sections.find((section) => section.cut > 0)?.command ?? '';
    expect((await runDocket(whole.split(' ').slice(1), example.dir)).exit).toBe(0);
  });

  test('refuses a phase that there is not, and a budget that is none', async () => {
    for (const args of [['--phase', 'pxgat'], ['--budget', 'much'], ['--budget', '3']]) {
      const { exit, stderr } = await runDocket(['brief', '--role', 'builder', ...args], example.dir);
      expect(exit).toBe(2);
      expect(stderr).toContain(args[0] === '--phase' ? 'pxgate' : 'from 40');
    }
  });
});

test('whatever is in it, the text of a brief is what was counted, and never more than the budget', () => {
  const text = string({ unit: constantFrom('a', 'é', '漢', '😀', ' ', '\n', '-'), maxLength: 400 });
  const section = record({ title: string({ unit: constantFrom('a', 'é', ' '), minLength: 1, maxLength: 20 }), items: array(text, { maxLength: 6 }), command: constant('docket list finding') });
  assert(property(array(section, { maxLength: 7 }), integer({ min: 40, max: 900 }), (sections, budget) => {
    const made = fitBudget(sections, budget, (tokens) => `docket brief --role builder --budget ${tokens}`);
    const shown = renderBrief(made, plainView);
    expect(made.tokens).toBeLessThanOrEqual(budget);
    expect(shown === '' ? 0 : countTokens(shown.trimEnd())).toBeLessThanOrEqual(made.tokens);
    const lost = sections.reduce((sum, { items: all }) => sum + all.length, 0) - made.sections.reduce((sum, { items: kept }) => sum + kept.length, 0);
    expect(lost === 0 || made.whole !== null || made.sections.some(({ cut }) => cut > 0)).toBe(true);
  }));
});
