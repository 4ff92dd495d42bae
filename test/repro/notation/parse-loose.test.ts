import { describe, expect, test } from 'vitest';
import { readReproduction } from '../../../src/repro/read-reproduction.ts';
import { scriptOf } from '../../../src/repro/types.ts';
import { countsOf, fenceOf, read } from '../fence-of.ts';

interface Reading {
  readonly name: string;
  readonly body: string;
  readonly info?: string;
  /** Per step: the script, and what was observed, joined by ` | `. */
  readonly steps: readonly (readonly [script: string, observed: string])[];
}

const readings: Reading[] = [
  { name: 'arrow on a line of its own', body: 'curl -s http://localhost/\n→ 404', steps: [['curl -s http://localhost/', '404']] },
  { name: 'ASCII arrow', body: 'curl -s http://localhost/\n-> 404', steps: [['curl -s http://localhost/', '404']] },
  { name: 'arrow on the same line', body: './probe.sh new → 200 ✓', steps: [['./probe.sh new', '200']] },
  { name: 'ASCII arrow on the same line', body: './probe.sh new -> 200 ✓', steps: [['./probe.sh new', '200']] },
  { name: 'prompt', body: '$ make test\n→ ok', steps: [['make test', 'ok']] },
  { name: 'prompt with user and host', body: 'root@cc-ci:~# whatever now\n→ ok\nme@box:/srv$ other thing\n→ fine', steps: [['whatever now', 'ok'], ['other thing', 'fine']] },
  { name: 'only prompted lines are commands', body: '$ cat x\nls -l looks like one\n→ y', steps: [['cat x', 'y']] },
  { name: 'environment before the command', body: 'CI=1 FOO="a b" strangething\n→ done', steps: [['CI=1 FOO="a b" strangething', 'done']] },
  { name: 'sudo', body: 'sudo systemctl restart nginx → active ✓', steps: [['sudo systemctl restart nginx', 'active']] },
  { name: 'pipe', body: "cat log.txt | grep -c ERROR → 0", steps: [['cat log.txt | grep -c ERROR', '0']] },
  { name: 'ssh with a quoted command', body: "ssh host 'ls /x -> y' → gone ✓", steps: [["ssh host 'ls /x -> y'", 'gone']] },
  { name: 'arrow in double quotes', body: 'echo "a → b" → a → b', steps: [['echo "a → b"', 'a → b']] },
  { name: 'arrow in an awk script', body: "awk '{print $1 \" -> \" $2}' f → a -> b", steps: [["awk '{print $1 \" -> \" $2}' f", 'a -> b']] },
  { name: 'arrow in a sed script', body: 'sed -e "s/→/->/" f\n→ x', steps: [['sed -e "s/→/->/" f', 'x']] },
  { name: 'arrow in a substitution', body: 'echo $(printf "%s" "x" -> y) → x', steps: [['echo $(printf "%s" "x" -> y)', 'x']] },
  { name: 'redirections are no arrows', body: './run.sh 2> err.log > out.log\n→ nothing', steps: [['./run.sh 2> err.log > out.log', 'nothing']] },
  { name: 'fat arrow is no arrow', body: "node -e 'console.log([1].map(x => x))' → [ 1 ]", steps: [["node -e 'console.log([1].map(x => x))'", '[ 1 ]']] },
  { name: 'back-slash continuation', body: 'curl -s \\\n  -H "A: b" \\\n  http://localhost/\n→ 200', steps: [['curl -s \\\n  -H "A: b" \\\n  http://localhost/', '200']] },
  { name: 'continuation with an arrow at its end', body: 'curl -s \\\n  http://localhost/ → 200', steps: [['curl -s \\\n  http://localhost/', '200']] },
  { name: 'prompt and continuation prompt', body: '$ curl -s \\\n> http://localhost/\n→ 200', steps: [['curl -s \\\nhttp://localhost/', '200']] },
  { name: 'here-document', body: "python3 - <<'EOF'\nprint('a -> b')\n# no comment\n\nEOF\n→ a -> b", steps: [["python3 - <<'EOF'\nprint('a -> b')\n# no comment\n\nEOF", 'a -> b']] },
  { name: 'quotes over lines', body: "bash -c '\n  ls -> x\n'\n→ 1", steps: [["bash -c '\n  ls -> x\n'", '1']] },
  { name: 'pipe at the end of the line', body: 'cat a.txt |\n  wc -l\n→ 3', steps: [['cat a.txt |\n  wc -l', '3']] },
  { name: 'loop', body: 'for i in 1 2 3; do\n  ./probe.sh $i\ndone\n→ ok', steps: [['for i in 1 2 3; do\n  ./probe.sh $i\ndone', 'ok']] },
  { name: 'loop on one line', body: 'for i in 1 2; do ./probe.sh; done → ok ok ✓', steps: [['for i in 1 2; do ./probe.sh; done', 'ok ok']] },
  { name: 'if', body: 'if grep -q x f; then\n  echo yes\nfi\n→ yes', steps: [['if grep -q x f; then\n  echo yes\nfi', 'yes']] },
  { name: 'test bracket', body: '[ -f /tmp/x ] && echo there → there', steps: [['[ -f /tmp/x ] && echo there', 'there']] },
  { name: 'subshell', body: '(cd sub && npm test) → 12 passed', steps: [['(cd sub && npm test)', '12 passed']] },
  { name: 'negation', body: '! grep -q x f\n→? 0', steps: [['! grep -q x f', '0']] },
  { name: 'apostrophe that never closes', body: "echo don't → dont", steps: [["echo don't", 'dont']] },
  { name: 'language sh', body: 'frobnicate all → 3 done', info: 'sh', steps: [['frobnicate all', '3 done']] },
  { name: 'language bash, arrows in comments', body: 'frobnicate all\n# → 3 done', info: 'bash', steps: [['frobnicate all', '3 done']] },
  { name: 'arrow behind a trailing comment sign', body: 'curl -s http://localhost/   # → 200', info: 'bash', steps: [['curl -s http://localhost/', '200']] },
  { name: 'language console', body: '$ docket status\n→ clean', info: 'console', steps: [['docket status', 'clean']] },
  { name: 'language text', body: 'pytest -q\n→ 12 passed', info: 'text', steps: [['pytest -q', '12 passed']] },
  { name: 'unknown program with an option', body: 'warm-reconcile --check traefik\n→ ok', steps: [['warm-reconcile --check traefik', 'ok']] },
  { name: 'unknown program beside a known one', body: 'docker ps -q\n→ 1\n\nwarmctl check\n→ ok', steps: [['docker ps -q', '1'], ['warmctl check', 'ok']] },
  { name: 'two commands, one observation', body: 'systemctl start x\ncurl -s http://x/ → 200', steps: [['systemctl start x\ncurl -s http://x/', '200']] },
  { name: 'a command after an observation is another step', body: 'curl a.example → 1\ncurl b.example → 2', steps: [['curl a.example', '1'], ['curl b.example', '2']] },
  { name: 'several observations', body: 'make test\n→ a\n→ b\n→? 0', steps: [['make test', 'a | b | 0']] },
  { name: 'orphan', body: 'curl a.example → 1\n\n→ {"x": 1}', steps: [['curl a.example', '1'], ['', '{"x": 1}']] },
  { name: 'blank line before the arrow makes it an orphan', body: 'curl a.example\n\n→ 1', steps: [['curl a.example', ''], ['', '1']] },
  { name: 'more output below an arrow', body: 'curl a.example\n→ {"a": 1,\n   "b": 2}', steps: [['curl a.example', '{"a": 1,\n   "b": 2}']] },
  { name: 'indented block', body: '  curl a.example\n  → 1', steps: [['curl a.example', '1']] },
  { name: 'arrow without a blank behind it', body: 'curl -s a.example\n→200', steps: [['curl -s a.example', '200']] },
  { name: 'absolute path', body: '/usr/local/bin/thing run\n→ 1', steps: [['/usr/local/bin/thing run', '1']] },
  { name: 'home path', body: '~/bin/thing → 1', steps: [['~/bin/thing', '1']] },
  { name: 'script below a folder', body: 'scripts/check.sh → fine', steps: [['scripts/check.sh', 'fine']] },
  { name: 'variable as a program', body: '"$BIN" --version → 1.2', steps: [['"$BIN" --version', '1.2']] },
  { name: 'word program with a flag', body: 'find . -name x → ./x', steps: [['find . -name x', './x']] },
  { name: 'git', body: 'git rev-parse HEAD → 1a2b3c4', steps: [['git rev-parse HEAD', '1a2b3c4']] },
  { name: 'CRLF', body: 'curl a.example\r\n→ 1\r\n', steps: [['curl a.example', '1']] },
  { name: 'node with a script', body: 'node dist/cli.js check → exit 0 ✓', steps: [['node dist/cli.js check', 'exit 0']] },
  { name: 'timeout wrapper', body: 'timeout 5 ./server → killed', steps: [['timeout 5 ./server', 'killed']] },
  { name: 'kubectl', body: 'kubectl get pods -n x\n→ 3/3 Running', steps: [['kubectl get pods -n x', '3/3 Running']] },
  { name: 'labels without a hash', body: 'Before the fix:\ncurl a.example → 404\nAfter the fix:\ncurl a.example → 200', steps: [['curl a.example', '404'], ['curl a.example', '200']] },
  { name: 'two arrows: the first splits', body: 'ls /x → /x → empty ✓', steps: [['ls /x', '/x → empty']] },
];

describe('what is read as a loose reproduction', () => {
  test.each(readings)('$name', ({ body, info, steps }) => {
    const reproduction = read(body, info);
    expect(reproduction.notation).toBe('loose');
    expect(reproduction.steps.map((step) => [scriptOf(step), step.observations.map((each) => each.text).join(' | ')])).toEqual(steps);
  });
});

const others: readonly (readonly [name: string, body: string, info?: string | undefined])[] = [
  ['Rust', 'fn main() -> i32 {\n    ls -l\n}', 'rust'],
  ['Rust without a language', 'fn probe(url: &str) -> Result<u16> {\n    get(url)\n}'],
  ['Rust method', 'pub async fn run(&self) -> Result<(), Error> {'],
  ['Python', 'def health_code(url: str) -> int:\n    return 0', 'python'],
  ['Python without a language', 'def health_code(url: str) -> int:\n    return 0'],
  ['Python method', '    async def get(self, key: str) -> bytes: ...'],
  ['TypeScript arrow functions', 'const f = (x: number) => x + 1;'],
  ['TypeScript with a comment arrow', 'const a = f(1); // → 2', 'ts'],
  ['JavaScript without a language', "const out = run('ls -l'); // -> 3"],
  ['Haskell', 'map :: (a -> b) -> [a] -> [b]'],
  ['Haskell lambda', 'let f = \\x -> x + 1', 'haskell'],
  ['Elixir', 'case x do\n  :ok -> 1\n  :error -> 2\nend'],
  ['Swift', 'func get(_ x: Int) -> String { "" }'],
  ['C pointer', 'int n = node->next->value;'],
  ['C pointer with blanks', 'if (a -> b) return;'],
  ['PHP', '$this->client->get($url);'],
  ['Nix', 'a = x: x -> y;', 'nix'],
  ['mermaid', 'graph TD\n  A --> B\n  B -> C', 'mermaid'],
  ['mermaid without a language', 'graph TD\n  make -> test\n  docker -> swarm'],
  ['sequence diagram', 'sequenceDiagram\n  curl ->> proxy: GET /'],
  ['DOT', 'digraph g {\n  docker -> swarm\n}'],
  ['chain of words', 'client → proxy → backend'],
  ['chain of programs', 'curl → nginx → app'],
  ['chain in columns', 'browser\n  → proxy\n  → app'],
  ['state machine', 'open → closed\nclosed → reopened'],
  ['states with underscores', 'not_started → in_progress → done'],
  ['boxes', '+-----+    +-----+\n| git | -> | CI  |\n+-----+    +-----+'],
  ['tree', 'src/\n├── a.ts → moved\n└── b.ts'],
  ['rename table', 'src/a.ts → src/b.ts\n./src/c.ts → ./src/d.ts'],
  ['paths of a URL', '/api/version → 200\n/ping → 404'],
  ['methods', 'GET /api/version → 200\nPOST /login → 302'],
  ['versions', 'traefik: 3.6.14 → 3.6.15\nnode 20 → 22'],
  ['key and value', 'health_path: "/" → "/api/version"'],
  ['assignment', 'timeout = 300 → 900'],
  ['JSON', '{"a": "b -> c", "ls": "x → y"}', 'json'],
  ['JSON without a language', '{"cmd": "ls -l → x"}'],
  ['YAML', 'run: make test -> ok', 'yaml'],
  ['log lines', '2026-06-13T05:38:02Z INFO proxy -> app\n2026-06-13T05:38:03Z WARN retry -> app'],
  ['log levels', '[INFO] swap old -> new\nERROR: a -> b'],
  ['symbolic links', 'lrwxrwxrwx 1 root root 9 Jun 1 10:00 python3 -> python3.11'],
  ['git push output', 'To github.com:a/b.git\n   1a2b3c4..5d6e7f8  main -> main'],
  ['git new branch', ' * [new branch]      fix -> fix'],
  ['diff', '- docker ps → 3\n+ docker ps → 4', 'diff'],
  ['prose', 'The old probe fails → we loop.\nfind the cause → fix it'],
  ['prose with program names', 'docker is slow → the gate waits\nmake the probe smaller → done'],
  ['numbered prose', '1. start traefik → wait\n2. start the dashboard → wait'],
  ['bullets', '- stop the app → red\n- start the app → green'],
  ['units', 'deploy-proxy.service → deploy-dashboard.service'],
  ['hosts', 'node a → node b\nhost x → host y'],
  ['test runner output', 'test result: ok. 5 passed -> done\ntest foo::bar ... ok'],
  ['only commands', 'docker ps\ncurl -s http://localhost/'],
  ['only arrows', '→ 200\n→ 404'],
  ['only comments', '# docker ps → 3\n# make → ok'],
  ['empty', ''],
  ['SQL', 'SELECT a -> b FROM t;', 'sql'],
  ['Makefile', 'test: build\n\tgo test ./... -> x', 'makefile'],
  ['Dockerfile', 'RUN make -> x', 'dockerfile'],
  ['grammar', 'expr -> term + expr\nterm -> factor'],
  ['types', 'type Handler = (r: Request) -> Response'],
  ['a percent sign is no prompt', '% of total → 40\n% ls → x'],
  ['signature list', 'probe(url) -> Result\ngate(app) -> Verdict'],
];

describe('what is not', () => {
  test.each(others.map(([name, body, info]) => ({ name, body, info })))('$name', ({ body, info }) => {
    expect(readReproduction(fenceOf(body, info))).toBeNull();
  });
});

describe('notes', () => {
  test.each([
    ['404 ← FAILS (loops)', '404', 'fails', '(loops)'],
    ['404  ← FAILS', '404', 'fails', ''],
    ['404 <- FAIL', '404', 'fails', ''],
    ['503 ✗', '503', 'fails', ''],
    ['503 ❌ as before', '503', 'fails', 'as before'],
    ['200 ← PASSES immediately', '200', 'passes', 'immediately'],
    ['200 ← passes immediately', '200', 'passes', 'immediately'],
    ['200 ✓', '200', 'passes', ''],
    ['✅ 200', '200', 'passes', ''],
    ['200 ✔️ fine', '200', 'passes', 'fine'],
    ['404 ← gate would loop', '404', null, 'gate would loop'],
    ['x←y', 'x←y', undefined, ''],
    ['PASS', 'PASS', undefined, ''],
    ['a ✓b', 'a', 'passes', 'b'],
  ])('%s', (source, text, verdict, remark) => {
    const observation = read(`./x.sh\n→ ${source}`).steps[0]?.observations[0];
    expect(observation?.text).toBe(text);
    expect(observation?.note?.verdict).toBe(verdict);
    expect(observation?.note?.text ?? '').toBe(remark);
  });
});

describe('roles are guessed from the comment', () => {
  test.each([
    ['# OLD probe with the dashboard scaled to 0:', 'red'],
    ['# Old probe', 'red'],
    ['# before the fix', 'red'],
    ['# NEW probe with the dashboard scaled to 0:', 'green'],
    ['# New probe body:', 'green'],
    ['# After the fix', 'green'],
    ['# Dashboard restored:', 'teardown'],
    ['# After that: tear down', 'teardown'],
    ['# Scaled the dashboard to 0 replicas (as on a cold boot):', 'setup'],
    ['# set up a stub', 'setup'],
    ['# P1-neg: gate has teeth', 'neg'],
    ['# negative control', 'neg'],
    ['# the alert came from the old gate', 'check'],
    ['# whatever', 'check'],
  ])('%s', (comment, role) => {
    const step = read(`${comment}\n./x.sh\n→ 1`).steps[0];
    expect(step).toMatchObject({ role, guessed: true });
  });

  test('a head in the exact notation is no guess', () => {
    expect(read('# red @1a2b3c4: as it was\n./x.sh → 1').steps[0]).toMatchObject({ role: 'red', guessed: false, at: '1a2b3c4', heading: 'as it was' });
  });

  test('a comment speaks for the steps below it up to the blank line', () => {
    const { steps } = read('# Dashboard restored:\n./a.sh → 1\n./b.sh → 2\n\n./c.sh → 3');
    expect(steps.map((step) => step.role)).toEqual(['teardown', 'teardown', 'check']);
  });

  test('a comment with a blank line below it speaks for what follows', () => {
    expect(read('# OLD\n\n./a.sh → 1').steps[0]?.role).toBe('red');
  });
});

test('lines that cannot be placed are named', () => {
  const reproduction = read('./a.sh\n12 files looked at\n→ 1');
  expect(reproduction.problems).toEqual([expect.objectContaining({ rule: 'unread-line', line: 2 })]);
  expect(countsOf(reproduction)).toEqual({ steps: 1, commands: 1, observations: 1, fails: 0 });
});
