import { array, assert, asyncProperty, constantFrom } from 'fast-check';
import { expect, test } from 'vitest';
import { openDocket } from '../../../src/index.ts';
import { buildRepo, type TestRepo } from '../../git/build-repo.ts';

// Whatever git does to the branch between two runs: what is kept of the first one gives the second one the answer that it would find by itself.

const operations = ['commit', 'edit source', 'amend', 'go back', 'rebase', 'merge', 'squash', 'revert', 'graft'] as const;
const runs = process.env['DOCKET_LONG'] === undefined ? 3 : 60;

async function ledgerOf(dir: string, cache: boolean): Promise<string> {
  const { ledger } = await openDocket(dir, { cache });
  return JSON.stringify(ledger);
}

function cite(repo: TestRepo, step: number): string {
  const head = repo.git('rev-parse', 'HEAD');
  repo.write(`machine-docs/JOURNAL-k${step % 3}.md`, `# JOURNAL\n\n## 2026-03-0${1 + (step % 9)} — step ${step}\n\nAs ${head} and \`src/a.sh:${1 + (step % 5)}\` say, and \`src/gone.sh:2\`; ${head.slice(0, 9)}.\n`);
  return repo.commit(`journal(k${step % 3}): step ${step}`);
}

function editSource(repo: TestRepo, step: number): void {
  repo.write('src/a.sh', `${Array.from({ length: 6 }, (_, line) => `line ${line} of them, ${line < step % 6 ? step : 'as it was'}`).join('\n')}\n`);
  repo.commit(`fix: source of ${step}`);
}

function apply(repo: TestRepo, operation: (typeof operations)[number], step: number): void {
  if (operation === 'commit') cite(repo, step);
  if (operation === 'edit source') editSource(repo, step);
  if (operation === 'amend') repo.git('commit', '-q', '--amend', '--allow-empty', '-m', `journal(k1): said anew ${step}`);
  if (operation === 'go back') repo.git('reset', '-q', '--hard', 'HEAD~1');
  if (operation === 'rebase') repo.git('rebase', '-q', '--force-rebase', '--exec', `git commit -q --amend --allow-empty --no-edit --trailer Step=${step}`, 'HEAD~1');
  if (operation === 'graft') repo.git('replace', '-f', '--graft', 'HEAD');
  if (operation === 'revert') repo.git('revert', '--no-edit', 'HEAD');
  if (operation === 'merge' || operation === 'squash') {
    repo.git('checkout', '-q', '-b', `side-${step}`);
    cite(repo, step);
    repo.git('checkout', '-q', 'main');
    repo.git(...(operation === 'merge' ? ['merge', '-q', '--no-ff', '-m', `merge ${step}`] : ['merge', '-q', '--squash']), `side-${step}`);
    if (operation === 'squash') repo.commit(`journal(k2): squashed ${step}`);
  }
}

/** Git refuses some of them now and then (there is nothing before the first commit, nothing to revert); the branch then stays. */
function attempt(repo: TestRepo, operation: (typeof operations)[number], step: number): boolean {
  try {
    apply(repo, operation, step);
    return true;
  } catch {
    repo.git('reset', '-q', '--hard');
    return false;
  }
}

test('what is kept changes no answer, whatever git does in between', async () => {
  await assert(
    asyncProperty(array(constantFrom(...operations), { minLength: 2, maxLength: 5 }), async (wanted) => {
      const repo = await buildRepo();
      editSource(repo, 0);
      for (let step = 1; step <= 2; step += 1) cite(repo, step);
      await ledgerOf(repo.dir, true);
      for (const [index, operation] of wanted.entries()) {
        if (operation === 'graft' && index < wanted.length - 1) continue;
        if (!attempt(repo, operation, index + 10)) continue;
        expect(await ledgerOf(repo.dir, true), `after ${operation}`).toBe(await ledgerOf(repo.dir, false));
      }
    }),
    { numRuns: runs },
  );
});
