import { describe, expect, test } from 'vitest';
import type { Entry, Step } from '../../../src/contract/schema/entry.ts';
import { judgeClaimText, proposeClaim, type TextFault } from '../../../src/gates/judge-claim-text.ts';
import { reproduction, step } from './evidence-fixture.ts';

const gate = 'barge/H4';
const whole = { WHAT: 'the scale', HOW: '`./weigh.sh`', EXPECTED: '`./weigh.sh` exits 0', WHERE: 'dock' };
const exits = (status: string): Partial<Step> => ({ observations: [{ line: 14, text: 'ten', stream: 'stdout', mode: 'literal', verdict: null }, { line: 15, text: status, stream: 'stdout', mode: 'status', verdict: null }] });

function judge(fields: Record<string, string>, evidence: Entry[] = []): TextFault[] {
  return judgeClaimText({ gate, fields, evidence });
}

const said = (faults: TextFault[]): string[] => faults.map(({ level, rule, message }) => `${level} ${rule}: ${message}`);

describe('the parts of a claim', () => {
  test('with all of them nothing is wrong', () => {
    expect(judge(whole)).toEqual([]);
    expect(judge(whole, [reproduction()])).toEqual([]);
  });

  test.each(['WHAT', 'HOW', 'EXPECTED', 'WHERE'])('%s is asked for, and may not be blank', (part) => {
    const lack = { rule: 'claim-incomplete', level: 'error', message: `the claim of ${gate} lacks ${part}`, next: `Say it with --${part.toLowerCase()}, or below a heading ${part} of the file.` };
    expect(judge({ ...whole, [part]: ' \n' })).toEqual([lack]);
    expect(judge(Object.fromEntries(Object.entries(whole).filter(([name]) => name !== part)))).toEqual([lack]);
  });

  test('nothing at all lacks all four, in their order', () => {
    expect(judge({}).map(({ message }) => message.slice(-8).trim())).toEqual(['cks WHAT', 'acks HOW', 'EXPECTED', 'ks WHERE']);
  });
});

describe('what is expected belongs to a command', () => {
  const bare = (text: string): string => `error expected-without-command: "${text}" is expected of ${gate}, but of no command`;

  test.each([
    ['`./x`'], ['```\nx\n```'], ['~~~\nx\n~~~'], ['  ```sh\nx'], ['\t$ x'], ['$ x'], ['so:\n./probe.sh'], ['../probe.sh'], ['/usr/bin/true'], ['  npm test'], [' ../lib/run.c'], ['./run.c'], ['/opt/run.c'], ['see\n  curl -sf localhost'],
  ])('which HOW names: %j', (HOW) => {
    expect(judge({ ...whole, HOW, EXPECTED: 'all is well' })).toEqual([]);
  });

  test.each([['look at it'], ['`'], ['``'], ['`a\nb`'], ['costs 5$ x'], ['$x'], ['a ./b'], ['. /x'], ['x ```'], ['~ x'], ['~~ x'], ['.../run.c'], ['/ run.c'], ['in lib/run.c'], ['\\']])('which %j does not', (HOW) => {
    expect(said(judge({ ...whole, HOW, EXPECTED: 'all is well' }))).toEqual([bare('all is well')]);
  });

  test('beside it is as good; each line of a list for itself', () => {
    expect(judge({ ...whole, HOW: 'by eye', EXPECTED: 'it prints ten: `./x`' })).toEqual([]);
    expect(judge({ ...whole, HOW: 'by eye', EXPECTED: '- `./x` says ten\n- `./y` says one' })).toEqual([]);
    for (const mark of ['-', '*', '+', '2.', '3)', '12.', '\t -']) expect(said(judge({ ...whole, HOW: 'by eye', EXPECTED: `first \`./x\`\n${mark} no crash\nof any kind` }))).toEqual([bare(`${mark.trim()} no crash`)]);
    expect(said(judge({ ...whole, HOW: 'by eye', EXPECTED: '`./x`\n \t\nno crash' }))).toEqual([bare('no crash')]);
    expect(judge({ ...whole, HOW: 'by eye', EXPECTED: '`./x`\nno crash' })).toEqual([]);
    expect(judge({ ...whole, HOW: 'by eye', EXPECTED: '`./x`\n\n' })).toEqual([]);
    expect(judge({ ...whole, HOW: 'by eye', EXPECTED: '`./x`\n-no list\n12 boats' })).toEqual([]);
  });

  test('a long one is shown by its first line and no more than sixty signs of it', () => {
    expect(said(judge({ ...whole, HOW: 'by eye', EXPECTED: `  ${'x'.repeat(70)}` }))).toEqual([bare('x'.repeat(60))]);
    expect(said(judge({ ...whole, HOW: 'by eye', EXPECTED: '\nno crash\nat all' }))).toEqual([bare('no crash')]);
  });

  test('the error stands behind what else is missing, with the command that mends it', () => {
    const faults = judge({ ...whole, WHAT: '', HOW: 'by eye', EXPECTED: 'well' }, [reproduction()]);
    expect(said(faults)).toEqual([`error claim-incomplete: the claim of ${gate} lacks WHAT`, bare('well')]);
    expect(faults[1]?.next).toBe("docket claim barge/H4 --what TEXT --how '`./weigh.sh`' --expected '`./weigh.sh` exits 0' --where dock");
  });

  test('what a reproduction runs is a command however it is written, unless it is hardly a word', () => {
    const evidence = [reproduction('weigh', { steps: [step('green', ' hoist all '), step('neg', 'run')] })];
    expect(judge({ ...whole, HOW: 'one should hoist all.', EXPECTED: 'well' }, evidence)).toEqual([]);
    expect(said(judge({ ...whole, HOW: 'one should run', EXPECTED: 'well' }, evidence))).toEqual([bare('well')]);
    const { steps: _, ...stepless } = reproduction();
    expect(said(judge({ ...whole, HOW: 'hoist all', EXPECTED: 'well' }, [stepless]))).toEqual([bare('well')]);
  });
});

describe('a claim of another command than its reproductions run', () => {
  const other = { ...whole, HOW: '`./other.sh`', EXPECTED: '`./other.sh` exits 0' };
  const warning = `warning expected-without-command: no command that the claim of ${gate} names was run by a reproduction of it`;

  test('is told, with the command that says it better', () => {
    const faults = judge(other, [reproduction()]);
    expect(said(faults)).toEqual([warning]);
    expect(faults[0]?.next).toBe("docket claim barge/H4 --what 'the scale' --how '`./weigh.sh`' --expected '`./weigh.sh` exits 0' --where dock");
  });

  test('not where something else is missing, nor where no command is known', () => {
    expect(said(judge({ ...other, WHERE: '' }, [reproduction()]))).toEqual([`error claim-incomplete: the claim of ${gate} lacks WHERE`]);
    expect(judge(other, [reproduction('weigh', { steps: [] })])).toEqual([]);
  });

  test.each([
    ['HOW', '`docket replay weigh`'], ['EXPECTED', '`docket gate barge/H4` says yes'], ['HOW', '`docket record x`'], ['HOW', '`x` of the reproduction weigh'], ['EXPECTED', '`x`; ./weigh.sh   --empty'], ['HOW', '`x`\n./weigh.sh\n--empty'],
  ])('%s names it: %j', (part, text) => {
    expect(judge({ ...other, [part]: text }, [reproduction('weigh~12')])).toEqual([]);
    expect(judge({ ...other, [part]: text.replace('reproduction weigh', 'reproduction tons') }, [reproduction('tons', { steps: [step('neg', './weigh.sh  --empty')] })])).toEqual([]);
  });

  test.each(['`docket status`', '`mydocket replay`', '`docket replayed`', '`./weig.sh`'])('%s does not', (HOW) => {
    expect(said(judge({ ...other, HOW }, [reproduction('tons')]))).toEqual([warning]);
    expect(said(judge({ ...other, HOW, EXPECTED: '`weigh~2`' }, [reproduction('tons~2'), reproduction('ton~2s')]))).toEqual([warning]);
  });
});

describe('the command that claims', () => {
  test('runs what green runs, with the status that it expects', () => {
    expect(proposeClaim(gate, [reproduction('weigh', { steps: [step('red', './a'), step('green', './b', exits('3'))] })])).toBe("docket claim barge/H4 --what TEXT --how '`./b`' --expected '`./b` exits 3' --where TEXT");
  });

  test.each<[string, Step[]]>([
    ['is guessed', [step('green', './b', { guessed: true })]], ['has two commands', [{ ...step('green', './b'), commands: [{ line: 1, text: './b' }, { line: 2, text: './c' }] }]], ['has none', [step('green', null)]],
    ['is long', [step('green', 'x'.repeat(121))]], ['holds a back-tick', [step('green', 'echo `x`')]], ['has two lines', [step('green', 'a\nb')]], ['is red', [step('red', './b')]],
  ])('not a green that %s', (_, steps) => {
    expect(proposeClaim(gate, [reproduction('weigh', { steps })])).toBe("docket claim barge/H4 --what TEXT --how '`docket replay barge/H4 --cold`' --expected '`docket replay barge/H4 --cold` exits 0' --where TEXT");
  });

  test('the first one that is short enough, of any reproduction', () => {
    const { steps: _, ...stepless } = reproduction();
    const command = 'x'.repeat(120);
    expect(proposeClaim(gate, [stepless, reproduction('a', { steps: [step('green', 'a\nb'), step('green', command)] }), reproduction()])).toContain(`--how '\`${command}\`'`);
  });

  test('keeps WHAT and WHERE as they were given, and not HOW and EXPECTED', () => {
    expect(proposeClaim(gate, [reproduction()], { WHAT: ' it holds ', WHERE: 'here', HOW: 'by eye', EXPECTED: 'well' })).toBe("docket claim barge/H4 --what 'it holds' --how '`./weigh.sh`' --expected '`./weigh.sh` exits 0' --where here");
    expect(proposeClaim(gate, [reproduction()], { WHAT: ' ' })).toContain('--what TEXT --how');
  });
});
