import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { binary } from '../support/run-docket.ts';
import { makeGateStage, type GateStage } from './gate-stage.ts';

let stage: GateStage;
beforeAll(async () => {
  stage = await makeGateStage();
});
afterAll(() => stage.remove());
beforeEach(() => stage.restore());

const claim = (how: string, expected: string) => stage.ask('claim', 'kite/M3', '--what', 'The level is high.', '--where', 'level', '--how', how, '--expected', expected);

/** Types a proposed command into a shell, as it stands. */
function type(command: string): string {
  return execFileSync('bash', ['-c', `docket() { "$NODE" "$DOCKET" "$@"; }\n${command}`], { cwd: stage.dir, encoding: 'utf8', env: { ...process.env, NODE: process.execPath, DOCKET: binary } });
}

describe('a first claim, as somebody types it', () => {
  test.each([
    ['bash gauge.sh', 'exit 0'], ['./gauge.sh', 'exit 0'], ['`bash gauge.sh`', 'It prints `level high`.'], ['Run bash gauge.sh in a clone.', 'exit 0'], ['docket replay gauge --cold', 'proven'],
    ['$ bash gauge.sh', '- level high\n- exit 0'], ['In a fresh clone.', '`bash gauge.sh` exits 0'], ['In a fresh clone.', 'bash gauge.sh exits 0'],
  ])('--how %j --expected %j', async (how, expected) => {
    expect(await claim(how, expected)).toMatchObject({ ok: true, data: { allowed: true } });
  });

  test('without any command it is refused, and what is said next works as it stands', async () => {
    const { ok, diagnostics, data } = await claim('Look at it.', 'It is fine.');
    expect([ok, data.missing]).toEqual([false, ['"It is fine." is expected of kite/M3, but of no command']]);
    const next = diagnostics.find(({ rule }) => rule === 'expected-without-command')?.next ?? '';
    expect(next).toBe("docket claim kite/M3 --what 'The level is high.' --how '`bash gauge.sh`' --expected '`bash gauge.sh` exits 0' --where level");
    expect(type(next)).toContain('claim:kite/M3');
    expect(stage.read('machine-docs/STATUS-kite.md')).toContain('### HOW\n\n`bash gauge.sh`\n');
  });

  test('the gate proposes a claim with what was run', async () => {
    const [next = ''] = (await stage.gate()).next;
    expect(next).toBe("docket claim kite/M3 --what TEXT --how '`bash gauge.sh`' --expected '`bash gauge.sh` exits 0' --where TEXT");
    expect(type(next)).toContain('claim:kite/M3');
  });

  test('commands that no reproduction runs are told, not refused', async () => {
    const { ok, diagnostics } = await claim('`bash moon.sh`', '`bash moon.sh` exits 0');
    const { diagnostics: judged } = await stage.ask('gate', 'kite/M3');
    expect([ok, diagnostics.some(({ level }) => level === 'error')]).toEqual([true, false]);
    expect(judged).toContainEqual(expect.objectContaining({ rule: 'expected-without-command', level: 'warning', message: expect.stringContaining('no command that the claim of kite/M3 names was run') }));
  });
});
