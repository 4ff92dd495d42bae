import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runDocket } from '../../support/run-docket.ts';
import { file, openDesk, type Desk } from './desk.ts';

let desk: Desk;
beforeEach(() => {
  desk = openDesk();
});
afterEach(() => desk.repository.remove());

describe('done', () => {
  const status = (done: string): string => `# STATUS — k9\n\n## Gate: M1 — CLAIMED, awaiting Adversary\n\n### WHAT\nIt works.\n${done}`;
  const pass = (): string => {
    desk.write('REVIEW-k9.md', '# REVIEW — k9\n\n## M1 — PASS @2026-06-13\n');
    return desk.commit('review(k9-M1): M1 PASS');
  };
  beforeEach(() => {
    // Evidence and the age of verdicts are not what is tested here.
    desk.write('docket.yaml', 'freshness: 36500d\n');
    desk.write('DECISIONS.md', '# DECISIONS\n\n## 2026-06-13 — k9: exception: no evidence\n\n**Waiver:** k9/M1 claim-without-evidence until 2999-12-31 by operator because it is shown elsewhere\n');
    desk.write('STATUS-k9.md', status(''));
    desk.commit('claim(k9-M1): it works');
  });

  test('is refused while anything is missing, and says what: exit 1', async () => {
    const { ok, data, diagnostics } = await desk.ask('done', 'k9');
    expect([ok, data['missing'], desk.read('STATUS-k9.md')]).toEqual([false, ['gate M1 has no PASS'], status('')]);
    expect(diagnostics.filter(({ level }) => level === 'error')).toMatchObject([{ rule: 'done-not-allowed', next: 'docket verdict k9/M1 pass' }]);
    expect((await runDocket(['done', 'k9'], desk.repository.dir)).exit).toBe(1);
  });

  test('is marked with what it rests on, once', async () => {
    const verdict = pass();
    const { ok, data } = await desk.ask('done', 'k9', '--date', '2026-06-13', '--body', 'Thanks.');
    expect([ok, data['entry'], data['path']]).toEqual([true, null, file('STATUS-k9.md')]);
    expect(desk.read('STATUS-k9.md')).toBe(status(`\n## DONE\n\n2026-06-13: every gate of phase k9 has a PASS that stands: M1 (\`${verdict.slice(0, 12)}\`).\n\nThanks.\n`));
    expect((await desk.statusOf('k9')).done).toEqual({ marked: true, allowed: true, missing: [] });
    expect((await desk.ask('done', 'k9')).data['diff']).toBe('');
  });

  test.each([
    ['\n## DONE\n\nNot yet\n', /\n## DONE\n\n2026-06-13: every[^\n]*\n$/u],
    ['\n## DONE — not yet\n', /\n## DONE\n\n2026-06-13: every[^\n]*\n$/u],
    ['\n## DONE\n', /\n## DONE\n\n2026-06-13: every[^\n]*\n$/u],
    ['\n## DONE', /\n## DONE\n\n2026-06-13: every[^\n]*\n$/u],
    ['\n## DONE\n\n- [ ] all gates\n- [ ] docs\n\n## Notes\n\nx\n', /\n## DONE\n\n2026-06-13: every[^\n]*\n\n- \[ \] all gates\n- \[ \] docs\n\n## Notes\n\nx\n$/u],
  ])('takes the place of a placeholder: %j', async (placeholder, after) => {
    desk.write('STATUS-k9.md', status(placeholder));
    pass();
    const { ok, data } = await desk.ask('done', 'k9', '--date', '2026-06-13');
    expect([ok, data['allowed']]).toEqual([true, true]);
    expect(desk.read('STATUS-k9.md')).toMatch(after);
    expect((await desk.statusOf('k9')).done.marked).toBe(true);
  });

  test('by force says why in the file and in the status', async () => {
    const { ok, data } = await desk.ask('--role', 'operator', 'done', 'k9', '--date', '2026-06-13', '--force', '--reason', 'the phase is dropped');
    expect([ok, data['forced']]).toEqual([true, true]);
    expect(desk.read('STATUS-k9.md')).toBe(status('\n## DONE\n\n**Forced:** 2026-06-13 by Operator — the phase is dropped\n'));
    expect((await desk.statusOf('k9')).done).toEqual({ marked: true, allowed: false, missing: ['gate M1 has no PASS', 'DONE was marked by force: 2026-06-13 by Operator — the phase is dropped'] });
  });

  test('of an unknown phase is a usage error that names the nearest', async () => {
    expect((await desk.ask('done', 'k8')).diagnostics[0]).toMatchObject({ rule: 'usage', message: expect.stringContaining('k9') });
  });
});
