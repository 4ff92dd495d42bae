import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Expectation, Miss } from '../cases/expectation.ts';
import { readCase } from '../cases/read-case.ts';
import { missesOf, scoreForms, tellMiss } from '../cases/score.ts';
import { makeRepository } from '../support/make-repository.ts';
import type { Repository } from '../support/make-repository.ts';
import { pictureOf } from '../support/run-docket.ts';
import type { Picture } from '../support/run-docket.ts';
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
  const shas = new Map<string, string>();
  let repository: Repository;
  let picture: Picture;
  beforeAll(async () => {
    repository = makeRepository();
    for (const phase of new Set(subjects.flatMap((one) => one.scope.phase ?? []))) repository.write(`machine-docs/STATUS-${phase}.md`, `# STATUS ${phase}\n`);
    repository.commit('chore: open the phases', '2026-03-01T08:00:00Z');
    subjects.forEach((one, index) => shas.set(one.subject, repository.commit(one.subject, `2026-03-01T09:0${index}:00Z`)));
    picture = await pictureOf(repository.dir);
  });
  afterAll(() => repository.remove());

  const attributed = subjects.filter((one) => one.scope.phase !== null);
  it.each(attributed)('$subject', ({ subject, scope, claims, verdicts }) => {
    const sha = shas.get(subject);
    const gates = picture.status.phases.find((one) => one.id === scope.phase)?.gates ?? [];
    expect(gates.filter((gate) => gate.claim?.commit === sha).map((gate) => gate.id)).toEqual(claims);
    expect(gates.filter((gate) => gate.verdict?.commit === sha).map((gate) => ({ gate: gate.id, result: gate.verdict?.result }))).toEqual(
      verdicts.map(({ gate, result }) => ({ gate, result })),
    );
  });

  it('a subject without a phase is a claim of nobody', () => {
    const orphan = subjects.find((one) => one.scope.phase === null);
    const sha = shas.get(orphan?.subject ?? '');
    expect(sha).toBeDefined();
    expect(picture.status.phases.flatMap((phase) => phase.gates).filter((gate) => gate.claim?.commit === sha)).toEqual([]);
  });
});
