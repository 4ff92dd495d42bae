import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeRepository, type Repository } from '../support/make-repository.ts';
import { askDocket, runDocket } from '../support/run-docket.ts';

// A claim cites one reproduction, and that one needs others: the Adversary can run them all, and reads of none more than what is run.

const word = 'oriole';
const block = (info: string, ...lines: string[]): string => `\`\`\`console repro ${info}\n${lines.join('\n')}\n\`\`\`\n\n`;
const journal = `# JOURNAL — sluice

## 2026-05-02T10:00Z — the ${word} rig

Built by ${word}, which holds by construction.

${block('id=flow-probe needs=rig', `# check: ${word} opens`, '$ cat water', '→ high ← PASSES as the oriole said', '→? 0')}${block('id=rig needs=pump', `# check: the ${word} rig`, '$ cat rig', '→ oak', '→? 0')}${block('id=pump', `# check: ${word} pumps`, `# ${word} primes it first`, '$ cat pump', '→ on', '→? 0')}${block('id=unnamed', '# check', `$ echo ${word}`, `→ ${word}`)}${block('id=broken claim=M2', '# check', `${word} is no line of the notation`, '$ cat water', '→ high')}\`\`\`console
$ echo ${word}
→ ${word}
\`\`\`
`;

let repo: Repository;
beforeAll(() => {
  repo = makeRepository();
  for (const [path, text] of Object.entries({ water: 'high\n', rig: 'oak\n', pump: 'on\n', 'machine-docs/JOURNAL-sluice.md': journal })) repo.write(path, text);
  repo.commit('journal(sluice): a rig', '2026-05-02T10:00:00Z');
  const gate = (name: string, how: string): string => `## Gate: ${name} — CLAIMED, awaiting Adversary\n\n### WHAT\n\nthe water is high\n\n### HOW\n\n\`docket replay ${how}\`\n\n`;
  repo.write('machine-docs/STATUS-sluice.md', `# STATUS\n\n${gate('M1', 'flow-probe')}${gate('M2', 'broken')}`);
  repo.commit('claim(sluice-M1): the water is high', '2026-05-02T11:00:00Z');
});
afterAll(() => repo.remove());
const adversary = ['--role', 'adversary'];

test('what a cited reproduction needs is shown and can be replayed, without a word beside it', async () => {
  const { data } = await askDocket(['list', 'reproduction', ...adversary], repo.dir);
  const entries = data['entries'] as { id: string; hidden?: true; needs?: string[] }[];
  expect(entries.filter(({ hidden }) => hidden === undefined).map(({ id }) => id)).toEqual(['reproduction:sluice/flow-probe', 'reproduction:sluice/rig', 'reproduction:sluice/pump', 'reproduction:sluice/broken']);
  expect(entries[0]).toMatchObject({ needs: ['rig'] });
  const planned = await askDocket(['replay', 'flow-probe', '--plan', ...adversary], repo.dir);
  expect(JSON.stringify(planned.data)).toContain('cat pump');
  const digests = [...JSON.stringify(planned.data).matchAll(/"digest":"([^"]+)"/gu)].map(([, digest = '']) => digest);
  const replayed = await askDocket(['replay', 'flow-probe', ...digests.flatMap((digest) => ['--consent', digest]), ...adversary], repo.dir);
  expect([planned, replayed].map((answer) => JSON.stringify(answer).includes(word))).toEqual([false, false]);
  expect(JSON.stringify(replayed.data)).toContain('cat rig');
  repo.git('checkout', '-q', '--', '.');
  repo.git('clean', '-qfd');
});

test('a line that is not understood is named by its number, and nothing hidden can be imported', async () => {
  const line = journal.split('\n').findIndex((text) => text.includes('is no line of')) + 1;
  expect((await runDocket(['replay', 'broken', '--plan', ...adversary], repo.dir)).stdout).not.toContain(word);
  for (const args of [['replay', 'broken'], ['record', 'broken'], ['replay', 'sluice/M2']]) {
    const { exit, stdout, stderr } = await runDocket([...args, ...adversary, '--json'], repo.dir);
    expect(stdout + stderr, args.join(' ')).not.toContain(word);
    expect(exit, args.join(' ')).toBe(2);
    expect(JSON.parse(stdout).diagnostics.filter(({ rule }: { rule: string }) => rule === 'usage'), args.join(' ')).toMatchObject([{ place: { path: 'machine-docs/JOURNAL-sluice.md', line } }]);
  }
  expect((await runDocket(['replay', 'broken', '--role', 'builder'], repo.dir)).stderr).toContain(word);
  for (const id of ['journal:sluice/2026-05-02#2', 'journal:sluice/2026-05-02#3']) {
    const { stdout, stderr, exit } = await runDocket(['record', 'mine', '--import', id, '--plan', ...adversary, '--json'], repo.dir);
    expect(stdout + stderr).not.toContain(word);
    expect(exit).toBe(2);
  }
});
