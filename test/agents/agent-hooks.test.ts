import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeGateStage, type GateStage } from '../gates/gate-stage.ts';
import { binary, type Answer } from '../support/run-docket.ts';

let stage: GateStage;
beforeAll(async () => {
  stage = await makeGateStage();
});
afterAll(() => stage.remove());

/** Calls a hook as a host does: its JSON on stdin. */
function host(stdin: string, args: readonly string[] = ['hook', 'agent-stop'], { dir = stage.dir, role }: { dir?: string; role?: string } = {}): Promise<Answer> {
  return new Promise((resolve) => {
    const env = { ...process.env, ...(role === undefined ? {} : { DOCKET_ROLE: role }) };
    const child = execFile(process.execPath, [binary, ...args], { cwd: dir, env }, (error, stdout, stderr) => resolve({ exit: error === null ? 0 : Number(error.code ?? -1), stdout, stderr }));
    child.stdin?.end(stdin);
  });
}

const claude = (more: object = {}): string => JSON.stringify({ session_id: 's', transcript_path: '/t', cwd: stage.dir, hook_event_name: 'Stop', stop_hook_active: false, ...more });
const claimText = '# STATUS\n\n## Gate: M3 — CLAIMED, awaiting Adversary\n\nWHAT: the level.\n\nHOW: `bash gauge.sh`\n\nEXPECTED: `bash gauge.sh` prints level high\n\nWHERE: level\n';

describe('docket hook agent-stop', () => {
  test('keeps a Builder from leaving a proven gate unclaimed, with the command that claims it', async () => {
    const { exit, stdout } = await host(claude());
    expect(exit).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ decision: 'block', reason: expect.stringContaining('gate kite/M3 is proven and not claimed\n  → docket claim kite/M3') });
  });

  test('lets everybody go where all is done, and the Adversary whom that does not concern', async () => {
    expect((await host(claude(), undefined, { role: 'adversary' })).stdout).toBe('');
    expect((await host(claude(), ['--role', 'operator', 'hook', 'agent-stop'])).stdout).toBe('');
    stage.write('machine-docs/STATUS-kite.md', claimText);
    stage.commit('claim(kite-M3): the level', '2026-03-02T14:00:00Z');
    expect(await host(claude())).toEqual({ exit: 0, stdout: '', stderr: '' });
    stage.restore();
  });

  test('keeps a Builder from leaving a claim whose evidence does not hold', async () => {
    stage.write('machine-docs/STATUS-kite.md', claimText.replaceAll('M3', 'M4'));
    stage.write('level', 'higher\n');
    stage.commit('claim(kite-M4): the level', '2026-03-02T14:00:00Z');
    const { reason } = JSON.parse((await host(claude())).stdout) as { reason: string };
    expect(reason).toMatch(/kite\/M4 is claimed without evidence that holds: .*\n {2}→ docket record /u);
    expect(reason).not.toContain('M3 is proven');
    stage.restore();
  });

  test.each([['builder', 'BUILDER'], ['adversary', 'ADVERSARY']])('keeps the %s from leaving a message unread', async (role, file) => {
    stage.write(`machine-docs/${file}-INBOX.md`, `# ${file}-INBOX\n\n@2026-03-02T12:00Z — look here\n`);
    const other = role === 'builder' ? 'adversary' : 'builder';
    expect(JSON.parse((await host(claude(), undefined, { role })).stdout)).toMatchObject({ decision: 'block', reason: expect.stringMatching(new RegExp(`inbox:${role}/.* is unread\\n {2}→ docket inbox list ${role}`, 'u')) });
    expect((await host(claude(), undefined, { role: other })).stdout).not.toContain('unread');
    stage.restore();
  });

  test('speaks to Codex, Gemini and Cursor as well, and stops nobody twice', async () => {
    const cursor = { conversation_id: 'c', hook_event_name: 'stop', status: 'completed', loop_count: 0, workspace_roots: [stage.dir] };
    const answered = JSON.parse((await host(JSON.stringify(cursor), undefined, { dir: '/' })).stdout);
    expect(answered).toMatchObject({ decision: 'block', followup_message: answered.reason });
    for (const said of [claude({ turn_id: 't' }), claude({ hook_event_name: 'AfterAgent', timestamp: 't' })]) expect(JSON.parse((await host(said, undefined, { dir: '/' })).stdout)).toMatchObject({ decision: 'block' });
    for (const said of [claude({ stop_hook_active: true }), JSON.stringify({ ...cursor, loop_count: 1 }), JSON.stringify({ ...cursor, status: 'aborted' })]) expect((await host(said, undefined, { dir: '/' })).stdout).toBe('');
  });

  test('ends with 0 whatever is wrong', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'docket-none-'));
    for (const said of ['', 'rubbish', '[]', 'null', '{"cwd":7}', '{"cwd":"/nowhere/at/all"}', '{"', '\u0000']) {
      expect(await host(said, undefined, { dir: elsewhere })).toMatchObject({ exit: 0, stdout: '' });
      expect((await host(said, ['hook', 'session-start'], { dir: elsewhere })).exit).toBe(0);
    }
    for (const args of [['hook', 'agent-stop', '--nonsense'], ['--json', 'hook', 'agent-stop'], ['-C', '/nowhere', 'hook', 'agent-stop'], ['--role', 'nobody', 'hook', 'agent-stop', 'claude']]) {
      expect((await host(claude(), args)).exit, args.join(' ')).toBe(0);
    }
    mkdirSync(join(elsewhere, 'machine-docs'));
    stage.write('machine-docs/docket.yaml', 'nonsense: [\n');
    expect(await host(claude())).toMatchObject({ exit: 0, stdout: '' });
    stage.restore();
    rmSync(elsewhere, { recursive: true });
  });
});

describe('docket hook session-start', () => {
  test('prints the brief of the role, in the form that the host reads', async () => {
    const start = (more: object = {}): string => claude({ hook_event_name: 'SessionStart', source: 'startup', ...more });
    const plain = await host(start(), ['hook', 'session-start']);
    expect(plain.stdout).toMatch(/^docket brief, for the Builder\n\n## Phase\n- kite, not done\n/u);
    expect((await host(start(), ['hook', 'session-start'], { role: 'adversary' })).stdout).toMatch(/^docket brief, for the Adversary\n/u);
    expect(JSON.parse((await host(start({ timestamp: 't' }), ['hook', 'session-start'])).stdout)).toMatchObject({ hookSpecificOutput: { hookEventName: 'SessionStart', additionalContext: plain.stdout } });
    expect(JSON.parse((await host('{}', ['hook', 'session-start', 'cursor'])).stdout)).toEqual({ additional_context: plain.stdout });
  });
});
