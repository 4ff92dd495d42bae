import { afterAll, beforeAll, expect, test } from 'vitest';
import { oneLine } from '../../src/edits/close-item.ts';
import { makeRepository, type Repository } from '../support/make-repository.ts';
import { runDocket } from '../support/run-docket.ts';

// Characters that turn text round, hide it or drive a terminal: no writer takes them, whatever the option.

let repository: Repository;
beforeAll(async () => {
  repository = makeRepository();
  await runDocket(['init', '--phase', 'p'], repository.dir);
  repository.write('machine-docs/DEFERRED.md', '# DEFERRED\n\n## Open deferrals\n\n### 2026-01-02 — Lamp\n- [ ] **What:** change it\n- **Filed by:** Builder, phase p\n\n### 2026-01-03 — Horn\n- [x] **What:** mend it\n- **Filed by:** Builder, phase p\n- **Closed:** 2026-01-04 by operator\n');
  repository.write('machine-docs/BACKLOG-p.md', '# BACKLOG\n\n## Build backlog\n\n- [ ] one\n\n## Adversary findings\n\n### A1 [adversary] broken\n- **Status:** OPEN\n');
  repository.write('machine-docs/STATUS-p.md', '# STATUS\n\n## Gate: M1 — CLAIMED, awaiting Adversary\n\n## DONE\n\nNot yet\n');
  repository.write('machine-docs/REVIEW-p.md', '# REVIEW\n\n## VETO the lamp is dark\n\nIt is.\n');
  repository.commit('claim(p): all', '2026-01-05T10:00:00Z');
});
afterAll(() => repository.remove());

const bad = 'safe\u202etxt';
const calls: [string, string[]][] = [
  ['journal --title', ['journal', 'add', '--phase', 'p', '--title', bad]],
  ['journal --body', ['journal', 'add', '--phase', 'p', '--title', 't', '--body', `one\ntwo \u2066x\u2069`]],
  ['decide --title', ['decide', '--phase', 'p', '--title', bad]],
  ['decide --body', ['decide', '--phase', 'p', '--title', 't', '--body', 'a\u200fb']],
  ['defer --what', ['defer', '--phase', 'p', '--title', 't', '--what', bad, '--reason', 'r']],
  ['defer --trigger', ['defer', '--phase', 'p', '--title', 't', '--what', 'w', '--reason', 'r', '--trigger', bad]],
  ['close --note', ['close', 'lamp', '--by', 'operator', '--note', bad]],
  ['close --by', ['close', 'lamp', '--by', 'opera\u202dtor']],
  ['reopen --why', ['reopen', 'horn', '--why', bad]],
  ['finding --title', ['finding', '--phase', 'p', '--id', 'A2', '--title', bad]],
  ['finding --severity', ['finding', '--phase', 'p', '--id', 'A2', '--title', 't', '--severity', 'hi\ufeffgh']],
  ['task --title', ['task', 'add', '--phase', 'p', '--title', 'x\u{e0041}y']],
  ['inbox --title', ['inbox', 'send', '--to', 'builder', '--title', bad, '--body', 'b']],
  ['inbox --body', ['inbox', 'send', '--to', 'builder', '--title', 't', '--body', 'b\u001b[31m']],
  ['claim --what', ['claim', 'p/M1', '--what', bad, '--how', 'h', '--expected', 'e', '--where', 'w', '--force', '--reason', 'r']],
  ['claim --reason', ['claim', 'p/M1', '--what', 'w', '--how', 'h', '--expected', 'e', '--where', 'w', '--force', '--reason', bad]],
  ['verdict --body', ['verdict', 'p/M1', 'fail', '--body', bad]],
  ['done --reason', ['done', 'p', '--force', '--reason', bad]],
  ['veto --reason', ['veto', 'p', '--reason', bad]],
  ['veto lift --why', ['veto', 'lift', 'veto:p/1', '--why', bad]],
  ['waive --why', ['waive', 'p/M1', 'claim-incomplete', '--until', '2027-01-01', '--by', 'operator', '--why', bad]],
  ['phase open --plan', ['phase', 'open', 'q', '--plan', `plans/${bad}.md`]],
];

test('no writer takes them: exit 2, the place, and nothing is written', async () => {
  const answers = await Promise.all(calls.map(([, args]) => runDocket(args, repository.dir)));
  const said = answers.map(({ exit, stderr }, index) => `${calls[index]?.[0]} ${exit} ${/U\+(?:202E|2066|200F|202D|FEFF|E0041|001B)/u.exec(stderr)?.[0] === undefined ? stderr : 'named'}`);
  expect(said).toEqual(calls.map(([name]) => `${name} 2 named`));
  // eslint-disable-next-line no-control-regex -- nothing of it may reach the terminal
  expect(answers.map(({ stderr }) => /[\u001b\u202e\u2066]/u.test(stderr))).toEqual(calls.map(() => false));
  expect(repository.git('status', '--porcelain')).toBe('');
});

test('words of others, such as the subject of a commit, lose them', () => {
  expect(oneLine('fix \u202eevil\u202c \u001b[2J\u{e0041} lamp')).toBe('fix evil \\[2J lamp');
  expect(oneLine(`${'x'.repeat(98)}😀😀`)).toBe(`${'x'.repeat(98)}…`);
});
