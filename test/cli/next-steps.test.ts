import { afterAll, beforeAll, expect, test } from 'vitest';
import { askDocket, runDocket } from '../support/run-docket.ts';
import { makeRepository, type Repository } from '../support/make-repository.ts';

// A newcomer's way: at each turn the answer names the step that follows.

let repository: Repository;
beforeAll(() => {
  repository = makeRepository();
  repository.write('area.sh', 'echo $(($1 + $2))\n');
  repository.commit('area: sides', minutesAgo(50));
});
afterAll(() => repository.remove());

function minutesAgo(minutes: number): string {
  return new Date(Date.now() - minutes * 60_000).toISOString();
}

const ask = async (...args: string[]): Promise<{ ok: boolean; next: readonly string[]; said: string }> => {
  const { ok, next, diagnostics } = await askDocket(args, repository.dir);
  return { ok, next, said: diagnostics.map((found) => `${found.message} → ${found.next}`).join('\n') };
};
const claim = ['claim', 'w2/U5', '--what', 'areas are products', '--how', '`sh look.sh`', '--expected', '`sh look.sh` exits 0', '--where', 'area.sh'];

test('from a record without a phase to one that is done', async () => {
  expect(await runDocket(['-C', repository.dir, 'init'])).toMatchObject({ exit: 0 });
  expect((await runDocket(['-C', repository.dir, 'status'])).stdout).toBe('No phase is open yet.\nnext: docket phase open 1 --gates M1\n');
  expect((await ask('status')).next).toEqual(['docket phase open 1 --gates M1']);
  expect(await ask('gate', 'w2/U5')).toMatchObject({ ok: false, said: expect.stringMatching(/no document names a gate yet.*docket phase open 1 --gates M1/) });

  await ask('phase', 'open', 'w2', '--gates', 'U5');
  const before = repository.commit('status(w2): open the phase', minutesAgo(40));
  expect((await ask('status')).next).toEqual(['docket brief --role builder']);
  expect((await runDocket(['-C', repository.dir, 'status', '--role', 'adversary'])).stdout).not.toContain('next:');

  // The check came with the change: before it there is nothing to run.
  repository.write('look.sh', 'echo "3 by 4: $(sh area.sh 3 4)"\n[ "$(sh area.sh 3 4)" = 12 ]\n');
  const check = repository.commit('test: 3 by 4 is 12', minutesAgo(35));
  repository.write('area.sh', 'echo $(($1 * $2))\n');
  repository.commit('fix: areas are products', minutesAgo(30));
  const absent = await ask('record', 'areas', '--claim', 'w2/U5', '--red', before, './look.sh', '--green', 'sh look.sh', '--neg', 'revert', '--dry-run');
  expect(absent).toMatchObject({ ok: false, said: expect.stringMatching(/could not be run \(.*look\.sh.*\).*commit the check before the change/) });

  expect(await ask('record', 'areas', '--claim', 'w2/U5', '--red', check, 'sh look.sh', '--green', 'sh look.sh', '--neg', 'revert', '--inputs', '*.sh')).toMatchObject({ ok: true });
  repository.commit('journal(w2): areas recorded', minutesAgo(20));
  expect((await ask('gate', 'w2/U5')).next).toEqual([expect.stringMatching(/^docket claim w2\/U5 /)]);
  expect(await ask(...claim)).toMatchObject({ ok: true });
  repository.commit('claim(w2-U5): areas are products', minutesAgo(15));
  expect((await ask('gate', 'w2/U5')).next).toEqual(['docket replay w2/U5 --plan', 'docket verdict w2/U5 pass --body TEXT']);

  await ask('verdict', 'w2/U5', 'pass', '--body', 'looked at it', '--role', 'adversary');
  repository.commit('review(w2-U5): U5 PASS', minutesAgo(10));
  expect((await ask('gate', 'w2/U5')).next).toEqual(['docket gate w2/U5 --for done']);
  expect((await ask('status')).next).toEqual(['docket done w2']);
});
