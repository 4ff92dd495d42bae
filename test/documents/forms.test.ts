import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Expectation, Miss } from '../cases/expectation.ts';
import { readCase } from '../cases/read-case.ts';
import { missesOf, scoreForms, tellMiss } from '../cases/score.ts';
import { makeRepository } from '../support/make-repository.ts';
import type { Repository } from '../support/make-repository.ts';
import { getStatus, openDocket } from '../../src/index.ts';
import type { CommitFact, GateStatus } from '../../src/index.ts';
import formsExpectation from '../cases/forms/forms.expected.json' with { type: 'json' };

const forms = formsExpectation as unknown as Expectation;

describe('the forms that are described with a sample', () => {
  let misses: Miss[] = [];
  beforeAll(async () => {
    const { expectation, picture } = await readCase('forms', 'forms.expected.json');
    misses = missesOf(expectation, picture);
  });

  it.each(Object.keys(forms.files))('%s reads as expected', (file) => {
    expect(misses.filter((miss) => miss.file === file).map(tellMiss)).toEqual([]);
  });
});

describe('the forms that were written blind', () => {
  const folders = ['orchard', 'harbour', 'loom'];
  const expectations: Expectation[] = [];
  const misses: Miss[] = [];
  beforeAll(async () => {
    for (const folder of folders) {
      const { expectation, picture } = await readCase(`blind/${folder}`);
      expectations.push(expectation);
      for (const miss of missesOf(expectation, picture)) misses.push({ ...miss, file: `${folder}/${miss.file}` });
    }
  });

  it('are all read', () => {
    const score = scoreForms(expectations, misses);
    console.log(`blind forms read: ${score.read} of ${score.of}`);
    expect(misses.map(tellMiss)).toEqual([]);
    expect(score).toEqual({ read: 60, of: 60, missed: [] });
  });
});

describe('what the subject of a commit says', () => {
  const subjects = forms.commitSubjects ?? [];
  const facts = new Map<string, CommitFact>();
  let repository: Repository;
  let gates: Map<string, GateStatus[]>;
  beforeAll(async () => {
    repository = makeRepository();
    for (const phase of new Set(subjects.flatMap((one) => one.scope.phase ?? []))) repository.write(`machine-docs/STATUS-${phase}.md`, `# STATUS ${phase}\n`);
    repository.commit('chore: open the phases', '2026-03-01T08:00:00Z');
    for (const [index, one] of subjects.entries()) repository.commit(one.subject, `2026-03-01T09:0${index}:00Z`);
    const { ledger } = await openDocket(repository.dir);
    for (const fact of ledger.commits) facts.set(fact.subject, fact);
    gates = new Map(getStatus(ledger).phases.map((phase) => [phase.id, phase.gates]));
  });
  afterAll(() => repository.remove());

  it.each(subjects)('$subject', ({ subject, scope, claims, verdicts }) => {
    const fact = facts.get(subject);
    expect(fact?.scope).toMatchObject(scope);
    expect(fact?.claims).toEqual(claims);
    expect(fact?.verdicts).toMatchObject(verdicts);
    expect(fact?.verdicts).toHaveLength(verdicts.length);
  });

  it.each(subjects.filter((one) => one.scope.phase !== null))('$subject counts for the gates of its phase', ({ subject, scope, claims, verdicts }) => {
    const sha = facts.get(subject)?.commit;
    const mine = gates.get(scope.phase ?? '') ?? [];
    expect(mine.filter((gate) => gate.claim?.commit === sha).map((gate) => gate.id)).toEqual(claims);
    expect(mine.filter((gate) => gate.verdict?.commit === sha).map((gate) => ({ gate: gate.id, result: gate.verdict?.result }))).toEqual(
      verdicts.map(({ gate, result }) => ({ gate, result })),
    );
  });
});
