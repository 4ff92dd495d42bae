import { describe, expect, test } from 'vitest';
import { findReasoning } from '../../../src/repro/lint/find-reasoning.ts';
import { lintReproduction } from '../../../src/repro/lint/lint-reproduction.ts';
import type { LintContext } from '../../../src/repro/lint/lint-reproduction.ts';
import { predictOutput } from '../../../src/repro/lint/predict-output.ts';
import { countsOf, read } from '../fence-of.ts';

const context: LintContext = { recorded: true, redactions: {}, known: new Map() };

function rulesOf(body: string, info = '', change: Partial<LintContext> = {}): string[] {
  return lintReproduction(read(body, info), { ...context, ...change }).map(({ rule, line }) => `${rule}:${String(line)}`);
}

const controlled = `# Scaled dashboard swarm service to 0 replicas (simulates dashboard absent on cold boot):
docker service scale ccci-dashboard_app=0

# OLD probe (ci.commoninternet.net) with dashboard scaled to 0:
curl -sk -o /dev/null -w "%{http_code}" --max-time 5 --resolve "ci.commoninternet.net:443:127.0.0.1" "https://ci.commoninternet.net/"
→ HTTP 404 ← FAILS (would loop in wait_healthy until 900s timeout)

# NEW probe (traefik.ci.commoninternet.net/api/version) with dashboard scaled to 0:
curl -sk -o /dev/null -w "%{http_code}" --max-time 10 --resolve "traefik.ci.commoninternet.net:443:127.0.0.1" "https://traefik.ci.commoninternet.net/api/version"
→ HTTP 200 ← PASSES immediately (traefik's own API, no dashboard dependency)

# New probe body:
→ {"Version":"3.6.15","Codename":"ramequin","startDate":"2026-06-13T05:38:02.987423426Z"}

# Dashboard restored:
docker service scale ccci-dashboard_app=1 → 1/1 ✓
systemctl start deploy-dashboard
curl -sk https://ci.commoninternet.net/ → 200 ✓
`;

const cleared = `# /var/lib/ci-warm/alerts/20260613T054428Z-traefik-unhealthy-on-latest.json
# Content: {"app": "traefik", "reason": "unhealthy-on-latest"}
# This was a false alarm from the old health gate (traefik was healthy; probe checked ci.commoninternet.net
# which wasn't up yet due to the circular dependency). No credentials in the file.
ssh cc-ci 'rm /var/lib/ci-warm/alerts/20260613T054428Z-traefik-unhealthy-on-latest.json'
→ alert cleared; ls /var/lib/ci-warm/alerts/ → empty ✓
`;

describe('the journal that this began with', () => {
  test('two reproductions, 7 steps, 7 commands, 6 observations, 1 of which says FAILS', () => {
    expect([countsOf(read(controlled)), countsOf(read(cleared))]).toEqual([
      { steps: 6, commands: 6, observations: 5, fails: 1 }, { steps: 1, commands: 1, observations: 1, fails: 0 },
    ]);
  });

  test('what they lack', () => {
    expect(rulesOf(controlled, '', { recorded: false })).toEqual([
      'no-commit:1', 'missing-neg:1', 'unsafe-replay:2', 'no-exit-status:5', 'paraphrased-output:6', 'no-exit-status:9', 'paraphrased-output:10',
      'orphan-observation:13', 'unsafe-replay:16', 'unsafe-replay:17', 'unsafe-replay:18',
    ]);
    expect(rulesOf(cleared, '', { recorded: false })).toEqual(['no-commit:1', 'unsafe-replay:5']);
  });
});

test('a whole reproduction lacks nothing', () => {
  expect(rulesOf('# red @1a2b3c4: old\n$ ./probe.sh\n→ 404\n→? 22 ← FAILS\n\n# green\n$ ./probe.sh\n→ 200\n→? 0 ← PASSES\n\n# neg +x.diff\n$ ./probe.sh\n→? 7 ← FAILS', 'console repro id=x')).toEqual([]);
});

test.each<[string, string, string[]]>([
  ['$ x\nnot a line', 'console repro id=x', ['unread-line:2']],
  ['$ x', 'console repro', ['no-id:0']],
  ['# green\n$ x\n→/ (\n→? 0', 'console repro id=x', ['bad-pattern:3']],
  ['# green\n$ x\n→ …', 'console repro id=x', ['no-exit-status:2', 'vacuous:2']],
  ['# red\n$ x', 'console repro id=x', ['no-exit-status:2', 'vacuous:2']],
  ['# red\n$ x\n→? 1 ← PASSES', 'console repro id=x', ['note-contradicts-role:3']],
  ['# green\n$ x\n→? 0 ← FAILS', 'console repro id=x', ['note-contradicts-role:3']],
  ['# check\n$ x\n→ 1', 'console repro id=x', []],
  ['→ a body', 'console repro id=x', ['orphan-observation:1']],
  ['# red @a\n$ ./old\n→? 1\n\n# green\n$ ./new\n→? 0', 'console repro id=x', ['missing-neg:1']],
  ['# red @a\n$ ./old\n→? 1\n\n# green\n$ ./new\n→? 0\n\n# neg: bad port\n$ ./new 1\n→? 7', 'console repro id=x', []],
  ['# setup\n$ sudo x', 'console repro id=x', ['unsafe-replay:2']],
])('%j', (body, info, rules) => {
  expect(rulesOf(body, info)).toEqual(rules);
});

test('without a receipt no commit says what printed it', () => {
  expect(rulesOf('$ x\n→ 1', 'console repro id=x', { recorded: false })).toEqual(['no-commit:1']);
});

describe('what a command prints, known from its words', () => {
  test.each<[string, string, boolean]>([
    ['curl -s -o /dev/null -w "%{http_code}" http://x/', '404', true],
    ['curl -s -o /dev/null -w "%{http_code}" http://x/', 'HTTP 404', false],
    ['curl -s -o /dev/null -w "%{http_code}" http://x/', '404 Not Found', false],
    ['curl -sko /dev/null -w "%{http_code}\\n" http://x/', '000', true],
    ["curl -s --output out.html --write-out='HTTP %{response_code}' http://x/", 'HTTP 404', true],
    ["curl -s --output out.html --write-out='HTTP %{response_code}' http://x/", '404', false],
    ['curl -s -o /dev/null -w "%{http_code} %{time_total}" http://x/', '200 0.003', true],
    ['curl -s -o /dev/null -w "%{http_code} %{time_total}" http://x/', '200', false],
    ['X=1; curl -s -o /dev/null -w "%{http_code}" "http://x/$X"', 'ok', false],
    ['echo hello', 'hello', true], ['echo hello', 'Hello!', false], ['./x; echo $?', '22', true], ['./x; echo $?', 'exit 22', false],
    ['cat f | wc -l', '3', true], ['cat f | wc -l', '3 lines', false], ['wc -l < f', '3', true], ['grep -c x f', '0', true], ['grep -c x f', 'none', false],
    ['grep -q x f', '', true], ['grep -q x f', 'found', false], ['test -f x', 'exists', false], ['[ -f x ]', 'yes', false],
    ['git rev-parse --short HEAD', '1a2b3c4', true], ['git rev-parse HEAD', 'main', false], ['systemctl is-active x', 'active', true], ['systemctl is-active x', 'running', false],
  ])('%s printing %j: %s', (command, output, possible) => {
    expect(predictOutput(command)?.accepts.test(output)).toBe(possible);
    expect(rulesOf(`$ ${command}\n→ ${output}`, 'console repro id=x').some((rule) => rule.startsWith('paraphrased-output'))).toBe(!possible);
  });

  test.each([
    './probe.sh', 'curl -sk https://x/', 'curl -s -w "%{http_code}" http://x/', 'curl -si -o /dev/null -w "%{http_code}" http://x/'.replace('-si', '-sv'), 'curl -s -o - -w "%{http_code}" http://x/',
    'curl -s -o /dev/null -w @fmt http://x/', 'curl -s -o /dev/null -w "$F" http://x/', 'curl -s -o /dev/null -w "%{http_code}" http://x/ http://y/', 'curl -s -o /dev/null -w "%{http_code}" http://x/ > f', 'curl -s -o /dev/null -w "%{http_code}" http://x/ | sed s/x/y/',
    'echo "$X"', 'echo *', 'echo -e "a\\n"', 'wc -l f', 'wc f', 'grep -rc x .', 'grep x f', 'git log', 'echo "unclosed',
  ])('nothing is known of %s', (command) => {
    expect(predictOutput(command)).toBeNull();
  });

  test('or from a recording of the same command', () => {
    const known = new Map([['./probe.sh', ['404\n']]]);
    expect(rulesOf('./probe.sh\n→ HTTP 404', '', { known })).toEqual(['paraphrased-output:2']);
    expect(rulesOf('./probe.sh\n→ 404', '', { known })).toEqual([]);
    expect(rulesOf('./probe.sh\n→ 200', '', { known })).toEqual([]);
    expect(rulesOf('./other.sh\n→ HTTP 404', '', { known })).toEqual([]);
  });
});

describe('reasoning in the place of a run', () => {
  const find = (text: string, negWasRun = false): number[] => findReasoning(text.split('\n').map((line, index) => ({ text: line, line: index + 1 })), negWasRun).map((finding) => finding.line);

  test('the seed’s own words, on the line that says it most plainly', () => {
    expect(find(`**P1-neg (gate has teeth) — manual verification:**
The new gate probes \`https://traefik/api/version\`. If traefik is broken:
- Connection refused: curl returns code 000 → unhealthy
- TLS error: health_code returns 999 (error sentinel) → unhealthy
Confirmed in code: health_code() at line 253 returns 999 on curl failure. P1-neg holds by construction.

**Next:** commit + claim M1.`)).toEqual([5]);
  });

  test.each([
    'P2 holds by construction.', 'The rollback works by design, verified.', 'Verified by inspection.', 'The neg would fail: nothing listens there.', 'Negative control: confirmed in code.', 'The gate has teeth, obviously.',
    '**M1-neg:** this cannot pass without the fix.', 'Gate M2 is proven by construction', '- P1-neg: follows from the exit code',
  ])('%s', (line) => {
    expect(find(line)).toEqual([1]);
  });

  test.each([
    '“By construction” is not a value.', 'It does not hold by construction, so we ran it.', 'the words `holds by construction` are refused', 'Confirmed in code: the constant is 5.', 'Stopped it, red; started it, green.',
    'P1-neg: stopped it, exit 7.', 'The house was built by construction workers.', 'That probe must go red when traefik is stopped (neg).', 'It would fail.', '',
  ])('not: %s', (line) => {
    expect(find(line)).toEqual([]);
  });

  test('where the control was run only the plainest words are left', () => {
    expect(find('The neg would fail as above.', true)).toEqual([]);
    expect(find('P1-neg holds by construction.', true)).toEqual([1]);
  });
});
