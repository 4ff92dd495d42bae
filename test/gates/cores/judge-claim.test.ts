import { describe, expect, test } from 'vitest';
import type { Entry } from '../../../src/contract/schema/entry.ts';
import type { Diagnostic } from '../../../src/contract/schema/envelope.ts';
import { judgeClaim, type ClaimContext, type ClaimJudgement } from '../../../src/gates/judge-claim.ts';
import { defaultConfig, type Config } from '../../../src/ledger/config/config.ts';
import { makeEntry, makeLedger } from '../../queries/ledger-fixture.ts';
import { factsOf, fresh, proven, reproduction, step, threeRoles } from './evidence-fixture.ts';

const id = 'reproduction:barge/weigh';
const again = 'docket record weigh --claim barge/H4';
const recordNew = "docket record barge-h4 --claim barge/H4 --red 'REV' 'COMMAND' --green 'COMMAND' --neg revert";
const place = { path: 'machine-docs/JOURNAL-barge.md', line: 10, endLine: 30, rev: null };

interface Asked {
  entries?: Entry[];
  context?: Partial<ClaimContext>;
  evidence?: Partial<Config['evidence']>;
  shallow?: boolean;
}

function ledgerOf({ entries = [reproduction()], evidence = {}, shallow = false }: Asked) {
  return makeLedger(entries, { config: { ...defaultConfig, evidence: { ...defaultConfig.evidence, ...evidence } }, revision: { source: 'worktree', commit: 'd'.repeat(40), at: '2026-04-02T00:00:00Z', shallow } });
}

function judge(asked: Asked = {}): ClaimJudgement {
  return judgeClaim(ledgerOf(asked), 'barge', 'H4', { facts: factsOf(), replayed: null, purpose: 'claim', today: '2026-04-02', ...asked.context });
}

function told({ diagnostics }: ClaimJudgement): [string, string, string, string | null][] {
  return diagnostics.map(({ level, rule, message, next }) => [level, rule, message, next]);
}

/** The only thing that is said, and that it is in the way. */
function expectRefused(judgement: ClaimJudgement, rule: string, message: string, next: string): void {
  expect(told(judgement)).toEqual([['error', rule, message, next]]);
  expect([judgement.allowed, judgement.missing]).toEqual([false, [message]]);
}

function expectWarned(judgement: ClaimJudgement, rule: string, message: string, next: string): void {
  expect(told(judgement)).toEqual([['warning', rule, message, next]]);
  expect([judgement.allowed, judgement.missing]).toEqual([true, []]);
}

const changedRecording = (change: Partial<typeof proven>, more: Partial<Entry> = {}): Asked => ({ entries: [reproduction('weigh', { recording: { ...proven, ...change }, ...more })] });

describe('a gate that is proven', () => {
  test('may be claimed, and says what it rests on', () => {
    expect(judge()).toEqual({
      allowed: true, missing: [], diagnostics: [],
      evidence: [{ reproduction: id, notation: 'strict', level: 'recorded', verdict: 'proven', freshness: 'fresh', changed: [], roles: ['red', 'green', 'neg'], replayed: null }],
    });
  });

  test('without what git says only the record is judged', () => {
    const judgement = judgeClaim(ledgerOf({}), 'barge', 'H4');
    expect(judgement).toMatchObject({ allowed: true, missing: [], diagnostics: [], evidence: [{ freshness: null, changed: [], replayed: null }] });
  });

  test('red, green and neg may stand in several reproductions; those of other phases and gates are none', () => {
    const [red, green, neg] = threeRoles.map((own) => [own]);
    const parts = [reproduction('a', { steps: red ?? [] }), reproduction('b', { steps: green ?? [] }), reproduction('c', { steps: neg ?? [] })];
    const others = [makeEntry('reproduction:tug/x', { gate: 'H4', notation: 'strict' }), reproduction('y', { gate: 'H5', recording: { ...proven, verdict: 'toothless' } })];
    const facts = factsOf({ 'reproduction:barge/a': fresh, 'reproduction:barge/b': fresh, 'reproduction:barge/c': fresh });
    const judgement = judge({ entries: [...others, ...parts], context: { facts } });
    expect(judgement).toMatchObject({ allowed: true, diagnostics: [] });
    expect(judgement.evidence.map(({ reproduction: name, roles }) => [name, roles])).toEqual([['reproduction:barge/a', ['red']], ['reproduction:barge/b', ['green']], ['reproduction:barge/c', ['neg']]]);
  });

  test('one of that name in another phase is not judged for this one', () => {
    const claim = makeEntry('claim:barge/H4#1', { gate: 'H4', refs: [{ type: 'reproduction', value: 'weigh', target: id, status: 'resolved', line: 1 }] });
    const doubled = makeEntry(id, { phase: 'tug', notation: 'strict', gate: 'H4' });
    expect(judge({ entries: [claim, doubled, reproduction()] }).evidence).toHaveLength(1);
  });
});

describe('what is missing', () => {
  test('no reproduction at all: nothing is listed role by role', () => {
    expectRefused(judge({ entries: [] }), 'claim-without-evidence', 'gate barge/H4 rests on no reproduction, expected at least one recorded with red, green and neg', recordNew);
  });

  test('the name of the one that is proposed holds no sign that a name may not have', () => {
    const { diagnostics } = judgeClaim(makeLedger([]), 'barge', 'M2(c)+x', undefined);
    expect(diagnostics.map(({ next, entry, place: at }) => [next, entry, at])).toEqual([["docket record barge-m2-c-x --claim barge/M2(c)+x --red 'REV' 'COMMAND' --green 'COMMAND' --neg revert", 'gate:barge/M2(c)+x', null]]);
    expect(judgeClaim(makeLedger([]), 'barge', 'W0.10a').diagnostics[0]?.next).toContain('docket record barge-w0.10a --claim barge/W0.10a ');
  });

  test.each([
    ['red', 'a red step: the check failing before the change'],
    ['green', 'a green step: the same check passing now'],
    ['neg', 'a neg step: a negative control that shows the check can fail'],
  ])('no %s', (role, what) => {
    const steps = threeRoles.filter((own) => own.role !== role);
    expectRefused(judge({ entries: [reproduction('weigh', { steps })] }), 'claim-without-evidence', `gate barge/H4 has no ${role} recorded, expected ${what}`, recordNew);
  });

  test.each<[string, Entry['steps']]>([
    ['is guessed', [...threeRoles.slice(0, 2), step('neg', './weigh.sh', { guessed: true })]],
    ['has no command', [...threeRoles.slice(0, 2), step('neg', null)]],
    ['has no role', [...threeRoles.slice(0, 2), step(null, './weigh.sh')]],
  ])('a step that %s shows nothing', (_, steps) => {
    const judgement = judge({ entries: [reproduction('weigh', { steps: steps ?? [] })] });
    expect([judgement.evidence[0]?.roles, judgement.missing]).toEqual([['red', 'green'], ['gate barge/H4 has no neg recorded, expected a neg step: a negative control that shows the check can fail']]);
  });

  test('one without steps has no roles', () => {
    const { steps: _, ...bare } = reproduction();
    expect(judge({ entries: [bare] })).toMatchObject({ allowed: false, evidence: [{ roles: [] }] });
  });

  test('one that is loose says so, as long as the gate is not proven without it', () => {
    const loose = reproduction('by-hand', { notation: 'loose', level: 'claimed', steps: [step('red', 'x', { guessed: true })] });
    const { notation: _, ...older } = reproduction('older', { level: 'claimed', steps: [] });
    delete loose.recording;
    delete older.recording;
    const said = (name: string): string => `reproduction:barge/${name} is loose: written by hand, never recorded (level claimed), expected a recorded reproduction`;
    const alone = judge({ entries: [loose, older] });
    expect(alone.missing.slice(0, 2)).toEqual([said('by-hand'), said('older')]);
    expect(alone.missing).toHaveLength(5);
    expect(alone.diagnostics[0]).toMatchObject({ rule: 'claim-without-evidence', entry: 'reproduction:barge/by-hand', place, next: recordNew });
    expect(alone.evidence.map(({ notation, verdict, level }) => [notation, verdict, level])).toEqual([['loose', 'unrecorded', 'claimed'], ['loose', 'unrecorded', 'claimed']]);
    expect(judge({ entries: [loose, reproduction()] })).toMatchObject({ allowed: true, diagnostics: [] });
    const partly = judge({ entries: [loose, reproduction('weigh', { steps: threeRoles.slice(0, 2) })] });
    expect(partly.missing).toEqual([said('by-hand'), expect.stringContaining('has no neg')]);
  });

  test('what a gate needs besides is told with its level', () => {
    const steps = threeRoles.slice(0, 2);
    expect(judge({ entries: [reproduction('weigh', { steps, level: 'attested' })], evidence: { claim: 'replayed' } }).missing).toEqual([expect.stringContaining('has no neg replayed, expected')]);
  });
});

describe('one reproduction that does not hold', () => {
  test('never recorded', () => {
    const bare = reproduction();
    delete bare.recording;
    expectRefused(judge({ entries: [bare] }), 'claim-without-evidence', `${id} was never recorded (level claimed), expected a receipt beside it`, again);
    expect(judge({ entries: [bare] }).evidence[0]?.verdict).toBe('unrecorded');
  });

  test.each<[string, Partial<typeof proven>, string, string, string]>([
    ['tampered with', { state: 'tampered', why: ['a digest differs'] }, 'tampered', `${id} no longer fits its receipt: a digest differs`, 'tampered'],
    ['edited', { state: 'stale-contract', why: ['a line', 'another'] }, 'stale-contract', `${id} was edited after it was recorded: a line; another`, 'stale-contract'],
    ['unreadable', { state: 'unreadable' }, 'receipt-unreadable', `${id} has a receipt that cannot be read: its receipt says so`, 'unreadable'],
    ['doubled', { state: 'doubled', why: ['twice'] }, 'duplicate-reproduction', `${id} is not the only one of its name: twice`, 'doubled'],
    ['toothless', { verdict: 'toothless', why: ['neg passes'] }, 'toothless', `${id} is toothless: neg passes`, 'toothless'],
    ['reasoned', { verdict: 'reasoned', why: ['prose'] }, 'reasoned-evidence', `${id} is reasoned: prose`, 'reasoned'],
    ['recorded on uncommitted changes', { dirty: ['hull.c'] }, 'claim-dirty-tree', `${id} was recorded on uncommitted changes: hull.c`, 'proven'],
  ])('%s: nothing else is said of it', (_, change, rule, message, verdict) => {
    const judgement = judge({ ...changedRecording({ ...change, runs: 1 }), context: { facts: factsOf({ [id]: { ...fresh, state: 'stale-code' } }) } });
    expectRefused(judgement, rule, message, again);
    expect(judgement.diagnostics[0]).toMatchObject({ entry: id, place, related: [], fixable: false });
    expect(judgement.evidence[0]?.verdict).toBe(verdict);
  });

  test('a green that names a revision', () => {
    const steps = [step('red', './weigh.sh', { at: 'HEAD~1' }), step('green', './weigh.sh', { at: 'HEAD' }), step('neg', './weigh.sh')];
    expectRefused(judge({ entries: [reproduction('weigh', { steps })] }), 'not-green', `the green of ${id} names a revision, expected it to run at what is claimed`, again);
    const red = [step('red', './weigh.sh', { at: 'HEAD~1' }), ...threeRoles.slice(1)];
    expect(judge({ entries: [reproduction('weigh', { steps: red })] }).diagnostics).toEqual([]);
  });

  test('run once', () => {
    expectWarned(judge(changedRecording({ runs: 1 })), 'flaky', `${id} was run once, so that a check that wavers would not show`, again);
    expect(judge(changedRecording({ runs: 3 })).diagnostics).toEqual([]);
  });

  test.each([
    ['git rev-parse HEAD', 'git rev-parse'], ['git   log -1', 'git   log'], ['cat .git/HEAD', '.git/HEAD'], ['test "$(git describe)" = v2', 'git describe'], ['ls x/.git/refs', '/.git/refs'], ['.git/logs', '.git/logs'],
    ['wc -l <"./.git/index"', '/.git/index'], ['grep x=.git/packed-refs', '=.git/packed-refs'],
  ])('that reads the history: %s', (command, shown) => {
    const steps = [...threeRoles.slice(0, 2), step('neg', command)];
    expectWarned(judge({ entries: [reproduction('weigh', { steps })] }), 'inputs-too-narrow', `a command of ${id} reads the history (${shown}), which is no input: look whether it tells the code apart, or the commits`, `docket show ${id}`);
  });

  test.each(['git show HEAD:x', 'git -C other log', 'legit log', 'gitlog', 'git logs', 'cat x.git/HEAD', 'cat .git/hooks', 'cat .git/info/exclude'])('that does not: %s', (command) => {
    expect(judge({ entries: [reproduction('weigh', { steps: [...threeRoles.slice(0, 2), step('neg', command)] })] }).diagnostics).toEqual([]);
  });

  test('a failed attempt that was taken out of the document', () => {
    const hidden = new Map([[id, [{ commit: '0123456789abcdef', verdict: 'not-green', time: '2026-04-01T08:00:00Z' }]]]);
    expectRefused(judge({ context: { facts: factsOf(undefined, { hidden }) } }), 'append-only', `an attempt of ${id} that was not-green (2026-04-01T08:00:00Z, in 0123456789ab) was taken out of the document`, 'git show 0123456789ab');
  });
});

describe('seals', () => {
  const key = 'SHA256:mine';
  test.each<[string, (typeof proven)['seal'], string[], string, string]>([
    ['is false', { key, valid: false }, [], `the seal of ${id} is not one of its receipt`, again],
    ['is false, though its key is named', { key, valid: false }, [key], `the seal of ${id} is not one of its receipt`, again],
    ['is missing', null, [key], `${id} is not sealed, expected the seal of ${key}`, `${again} --seal KEYFILE`],
    ['is of another key', { key: 'SHA256:other', valid: true }, [key, 'SHA256:his'], `${id} is sealed by SHA256:other, expected the seal of ${key} or SHA256:his`, `${again} --seal KEYFILE`],
  ])('one that %s', (_, seal, seals, message, next) => {
    expectRefused(judge({ ...changedRecording({ seal }), evidence: { seals } }), message.startsWith('the seal') ? 'tampered' : 'claim-without-evidence', message, next);
  });

  test.each<[string, string[]]>([['of the key that is asked for', ['SHA256:his', key]], ['where none is asked for', []]])('one %s', (_, seals) => {
    expect(judge({ ...changedRecording({ seal: { key, valid: true } }), evidence: { seals } }).diagnostics).toEqual([]);
  });
});

describe('the code of now', () => {
  const at = (state: typeof fresh.state, why: string | null = null, drift: string | null = null) => ({ facts: factsOf({ [id]: { state, changed: ['hull.c'], why, drift } }) });

  test.each(['stale-code', 'stale-base', 'unresolved-base', 'inputs-too-narrow', 'tampered', 'lost'] as const)('%s is refused', (state) => {
    const judgement = judge({ context: at(state, 'for a reason') });
    expectRefused(judgement, state, `${id} is ${state}: for a reason`, again);
    expect(judgement.evidence[0]).toMatchObject({ freshness: state, changed: ['hull.c'] });
    expect(judge({ context: at(state) }).missing).toEqual([`${id} is ${state}: `]);
  });

  test.each(['fresh', 'fresh-by-tree'] as const)('%s holds; another environment is told', (state) => {
    expect(judge({ context: at(state) }).diagnostics).toEqual([]);
    expectWarned(judge({ context: at(state, null, 'node 18') }), 'env-drift', `${id} was recorded in another environment: node 18`, `docket replay ${id} --cold`);
  });

  test('for DONE, work that came after is only told', () => {
    const done = { purpose: 'done' as const };
    const level = { level: 'replayed' };
    expectWarned(judge({ entries: [reproduction('weigh', level)], context: { ...at('stale-code', 'other work'), ...done } }), 'stale-code', `${id} was recorded before other work: other work`, again);
    expect(judge({ entries: [reproduction('weigh', level)], context: { ...at('stale-code'), ...done } }).diagnostics[0]?.message).toBe(`${id} was recorded before other work: `);
    for (const state of ['stale-base', 'tampered', 'lost'] as const) expect(judge({ entries: [reproduction('weigh', level)], context: { ...at(state), ...done } }).allowed).toBe(false);
    expect(judge({ entries: [reproduction('weigh', level)], context: { ...at('fresh'), ...done } })).toMatchObject({ allowed: true, diagnostics: [] });
  });

  test.each(['unresolved-base', 'lost'] as const)('%s in a shallow clone says how to see more', (state) => {
    expectRefused(judge({ shallow: true, context: at(state, 'not here') }), state, `${id} is ${state}: not here; this clone is shallow`, 'git fetch --unshallow');
    expect(judge({ shallow: true, context: at(state) }).missing).toEqual([`${id} is ${state}: ; this clone is shallow`]);
    expect(judge({ shallow: true, context: at('stale-code') }).diagnostics[0]?.next).toBe(again);
    expect(judge({ shallow: true, context: at('fresh') }).diagnostics).toEqual([]);
  });

  test.each<[string, Partial<ClaimContext>]>([['there is no commit', { facts: null }], ['nothing is known of it', { facts: factsOf({}) }]])('where %s it is refused', (_, context) => {
    expectRefused(judge({ context }), 'lost', `whether ${id} is about the code of now cannot be told, expected a commit to hold it against`, 'git commit');
  });
});

describe('levels', () => {
  const needs = (own: string | undefined, evidence: Partial<Config['evidence']>, more: Partial<ClaimContext> = {}): ClaimJudgement =>
    judge({ entries: [reproduction('weigh~2', own === undefined ? {} : { level: own })], evidence, context: { facts: factsOf({ 'reproduction:barge/weigh~2': fresh }), ...more } });

  test.each([['claimed', 'recorded'], ['claimed', 'replayed'], ['recorded', 'replayed'], ['unheard-of', 'recorded']] as const)('%s where %s is asked for', (own, claim) => {
    expectRefused(needs(own, { claim }), 'claim-without-evidence', `reproduction:barge/weigh~2 is of level ${own === 'unheard-of' ? 'claimed' : own}, expected ${claim}`, 'docket replay weigh --cold --role adversary');
  });

  test('attested is what a replay of now or a build gives', () => {
    expectRefused(needs('replayed', { claim: 'attested' }), 'claim-without-evidence', 'reproduction:barge/weigh~2 is of level replayed, expected attested', 'docket gate barge/H4 --replay');
  });

  test('the command that mends it names the gate that is asked about, also for a reproduction that names none', () => {
    const { gate: _, ...nameless } = reproduction();
    const claim = makeEntry('claim:barge/H4#1', { gate: 'H4', refs: [{ type: 'reproduction', value: 'weigh', target: id, status: 'resolved', line: 1 }] });
    expectRefused(judge({ entries: [claim, nameless], evidence: { claim: 'attested' } }), 'claim-without-evidence', `${id} is of level recorded, expected attested`, 'docket gate barge/H4 --replay');
  });

  test.each([['weigh~12', 'weigh'], ['weigh~2x', 'weigh~2x']])('of %s the command names %s', (name, shown) => {
    const facts = factsOf({ [`reproduction:barge/${name}`]: fresh });
    expect(judge({ entries: [reproduction(name)], evidence: { claim: 'replayed' }, context: { facts } }).diagnostics[0]?.next).toBe(`docket replay ${shown} --cold --role adversary`);
  });

  test.each([['claimed', 'claimed'], ['recorded', 'recorded'], ['replayed', 'recorded'], ['attested', 'attested'], ['attested', 'claimed']] as const)('%s where %s is asked for holds', (own, claim) => {
    expect(needs(own, { claim })).toMatchObject({ allowed: true, diagnostics: [] });
  });

  test('the gate by its full name, then by its own, then the purpose', () => {
    expect(needs('recorded', { claim: 'recorded', gates: { 'barge/H4': 'replayed', H4: 'claimed' } }).allowed).toBe(false);
    expect(needs('recorded', { claim: 'attested', gates: { 'barge/H4': 'recorded', H4: 'attested' } }).allowed).toBe(true);
    expect(needs('recorded', { claim: 'recorded', gates: { H4: 'replayed' } }).allowed).toBe(false);
    expect(needs('recorded', { claim: 'recorded', gates: { 'tug/H4': 'replayed', H5: 'replayed' } }).allowed).toBe(true);
    expect(needs('recorded', { claim: 'recorded', done: 'attested' }, { purpose: 'done' }).missing).toEqual([expect.stringContaining('expected attested')]);
    expect(needs('recorded', { claim: 'attested', done: 'recorded' }, { purpose: 'done' }).allowed).toBe(true);
    expect(judgeClaim(ledgerOf({ entries: [reproduction('weigh', { level: 'claimed' })], evidence: { claim: 'claimed', done: 'recorded' } }), 'barge', 'H4').allowed).toBe(true);
  });

  test.each([['mismatch', 'mismatch'], ['inconclusive', 'inconclusive'], ['flaky', 'flaky'], ['not-green', 'mismatch'], [undefined, 'mismatch']])('a replay of now that came out %s', (verdict, rule) => {
    const replayed = new Map(verdict === undefined ? [] : [['reproduction:barge/weigh~2', verdict]]);
    const judgement = needs('attested', { claim: 'attested' }, { replayed });
    expectRefused(judgement, rule, `a cold replay of reproduction:barge/weigh~2 just now came out ${verdict ?? 'not replayed'}, expected proven`, 'docket replay weigh --cold');
    expect(judgement.evidence[0]).toMatchObject({ level: 'attested', replayed: verdict ?? null });
  });

  test('a replay of now that is proven is attested, whatever the receipt says', () => {
    const judgement = needs('recorded', { claim: 'attested' }, { replayed: new Map([['reproduction:barge/weigh~2', 'proven']]) });
    expect(judgement).toMatchObject({ allowed: true, diagnostics: [], evidence: [{ level: 'attested', replayed: 'proven' }] });
    const { level: _, ...bare } = reproduction();
    expect(judge({ entries: [bare], context: { replayed: new Map([[id, 'flaky']]) } }).evidence[0]?.level).toBe('claimed');
  });
});

describe('the tree', () => {
  const dirty = Array.from({ length: 10 }, (_, n) => `hull-${n}.c`);
  test.each([[dirty.slice(0, 1), 'hull-0.c'], [dirty.slice(0, 8), dirty.slice(0, 8).join(', ')], [dirty, `${dirty.slice(0, 8).join(', ')} and 2 more`]])('that is not committed: %j', (paths, shown) => {
    const judgement = judge({ context: { facts: factsOf(undefined, { dirty: paths }) } });
    expectRefused(judgement, 'claim-dirty-tree', `what barge/H4 would be claimed of is not committed: ${shown}`, 'git status');
    expect(judgement.diagnostics[0]).toMatchObject({ entry: 'gate:barge/H4', place: null });
  });

  test('that nobody else has', () => {
    expectRefused(judge({ context: { facts: factsOf(undefined, { unpushed: true }) } }), 'claim-not-pushed', 'HEAD is on no remote-tracking branch, so that nobody else has what barge/H4 would be claimed of', 'git push');
  });

  test('is nothing to DONE', () => {
    expect(judge({ entries: [reproduction('weigh', { level: 'replayed' })], context: { purpose: 'done', facts: factsOf(undefined, { dirty, unpushed: true }) } }).diagnostics).toEqual([]);
  });
});

describe('what a decision accepts', () => {
  const waiver = (target: string, rule: string, until = '2026-12-31', by = 'Operator'): Entry =>
    makeEntry('decision:barge/w', { kind: 'decision', state: 'exception', fields: { Waiver: `${target} ${rule} until ${until} by ${by} because the scale is away` } });
  const stale = { facts: factsOf({ [id]: { ...fresh, state: 'stale-code' as const, why: 'hull.c' } }) };

  test.each(['barge/H4', id, 'barge/weigh', 'machine-docs/JOURNAL-barge.md', 'gate:barge/H4'])('is told as information: %s', (target) => {
    const judgement = judge({ entries: [reproduction(), waiver(target, 'stale-code')], context: stale });
    expect(judgement).toMatchObject({ allowed: true, missing: [] });
    expect(told(judgement)).toEqual([['info', 'stale-code', `${id} is stale-code: hull.c (accepted by Operator until 2026-12-31: the scale is away)`, 'docket show decision:barge/w']]);
  });

  test.each<[string, Entry]>([
    ['another rule', waiver('barge/H4', 'stale-base')], ['another gate', waiver('barge/H5', 'stale-code')], ['the day before', waiver('barge/H4', 'stale-code', '2026-04-01')], ['the Builder himself', waiver('barge/H4', 'stale-code', '2026-12-31', 'the Builder')],
  ])('does not count for %s', (_, decision) => {
    expect(judge({ entries: [reproduction(), decision], context: stale })).toMatchObject({ allowed: false, diagnostics: [{ level: 'error' }] });
  });

  test('counts on its last day, by the day of the revision where none is given', () => {
    const entries = [reproduction('weigh', { level: 'claimed' }), waiver('barge/H4', 'claim-without-evidence', '2026-04-02')];
    expect(judgeClaim(ledgerOf({ entries }), 'barge', 'H4').allowed).toBe(true);
    expect(judgeClaim({ ...ledgerOf({ entries }), revision: { source: 'worktree', commit: null, at: '2026-04-03T01:00:00Z', shallow: false } }, 'barge', 'H4').allowed).toBe(false);
    expect(judgeClaim({ ...ledgerOf({ entries }), revision: { source: 'worktree', commit: null, at: null, shallow: false } }, 'barge', 'H4').allowed).toBe(true);
  });
});

describe('what the documents say of a refused gate', () => {
  const finding = (rule: string, entry: string | null, line: number | null = 7): Diagnostic => ({ rule, level: 'warning', message: `${rule} here`, place: line === null ? null : { path: 'machine-docs/JOURNAL-barge.md', line }, related: [], entry, next: null, fixable: false });
  const refusedWith = (lint: Diagnostic[], entries = [reproduction('weigh', { steps: threeRoles.slice(0, 2) })]): ClaimJudgement => judge({ entries, context: { facts: factsOf(undefined, { lint }) } });

  test('goes with it, of its own reproductions alone', () => {
    const judgement = refusedWith([finding('orphan-observation', id), finding('orphan-observation', 'reproduction:barge/other'), finding('bad-pattern', null)]);
    expect(told(judgement).map(([level, rule]) => [level, rule])).toEqual([['error', 'claim-without-evidence'], ['warning', 'orphan-observation']]);
    expect(judgement.missing).toHaveLength(1);
  });

  test('a negative control in prose alone is one more reason, where there is none that runs', () => {
    const judgement = refusedWith([finding('reasoned-evidence', null), finding('reasoned-evidence', id, null)]);
    expect(judgement.missing).toEqual([expect.stringContaining('has no neg'), 'evidence of barge/H4 is reasoned, not run: machine-docs/JOURNAL-barge.md:7']);
    expect(judgement.diagnostics).toHaveLength(3);
    const withNeg = refusedWith([finding('reasoned-evidence', null)], [reproduction('weigh', { steps: threeRoles.slice(1) })]);
    expect(withNeg.missing).toEqual([expect.stringContaining('has no red')]);
    const oneNeg = refusedWith([finding('reasoned-evidence', null)], [reproduction('weigh', { steps: threeRoles.slice(2) }), reproduction('lift', { steps: threeRoles.slice(1, 2) })]);
    expect(oneNeg.missing.join()).not.toContain('reasoned');
  });

  test('is not told twice, and not of a gate that may be claimed', () => {
    const refused = refusedWith([finding('toothless', id), finding('toothless', 'reproduction:barge/other')], [reproduction('weigh', { recording: { ...proven, verdict: 'toothless' } })]);
    expect(refused.diagnostics).toHaveLength(1);
    expect(judge({ context: { facts: factsOf(undefined, { lint: [finding('orphan-observation', id)] }) } }).diagnostics).toEqual([]);
    expect(judge({ entries: [], context: { facts: factsOf(undefined, { lint: [finding('bad-pattern', null)] }) } }).diagnostics).toHaveLength(1);
    const withoutFacts = judge({ entries: [reproduction('weigh', { steps: [] })], context: { facts: null } });
    expect(withoutFacts.diagnostics.map(({ rule }) => rule)).toEqual(['lost', 'claim-without-evidence', 'claim-without-evidence', 'claim-without-evidence']);
  });
});
