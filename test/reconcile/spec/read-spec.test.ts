import { describe, expect, it } from 'vitest';
import { assert, nat, property, string } from 'fast-check';
import { bindProbe, readSpec, splitVersion, type App, type InfraSpec, type SpecError } from '../../../src/reconcile/index.ts';

const PATH = 'machine-docs/infra.yaml';

function specOf(text: string): InfraSpec {
  const reading = readSpec(text, PATH);
  if (!reading.ok) throw new Error(JSON.stringify(reading.errors, null, 1));
  return reading.spec;
}

function errorsOf(text: string): SpecError[] {
  const reading = readSpec(text, PATH);
  return reading.ok ? [] : reading.errors;
}

function appOf(body: string): App {
  return specOf(`version: 1\napps:\n  a:\n${body.replaceAll(/^/gm, '    ')}\n`).apps[0]!;
}

const WHOLE = `version: 1
apps:
  traefik:
    driver: {kind: exec, current: [./ctl, current], deploy: [./ctl, deploy, "\${version}"]}
    wanted: 5.1.1+v3.6.15
    runs_in: deploy-proxy.service
    serves: [https://traefik.ci.example/]
    via: []
    gate:
      - {name: api, url: https://traefik.ci.example/api/version, pin: 127.0.0.1:8443, tls: {verify: false}, expect: {status: [200], json: {Version: "\${version.app}"}}}
      - {name: port, tcp: "[::1]:5432"}
      - name: own
        command: [./ctl, check, "\${version}"]
        expect: {exit: 3, stdout: "^ok \${version}$"}
    confirm:
      - {name: routed, url: https://ci.example/, provider: dashboard, expect: {status: [200]}}
    timing: {within: 300s, every: 250ms, timeout: 1.5m, consecutive: 2, start_grace: 5s}
    rollback: {to: last_good, stateful: false}
    hold: {major: true, notes_match: "manual migration"}
    negative_controls: [{name: stopped, break: [./ctl, stop], restore: [./ctl, start], within: 20s}]
  dashboard: {serves: [https://ci.example/], via: [traefik]}
order: {units: ["nix/modules/*.nix", "./systemd/*.service"], compose: [compose.yml]}
state_dir: ../state
`;

describe('a whole specification', () => {
  const spec = specOf(WHOLE);
  const traefik = spec.apps[0]!;

  it('reads apps in file order with all their parts', () => {
    expect(spec.apps.map((app) => app.name)).toEqual(['traefik', 'dashboard']);
    expect(traefik.driver).toEqual({ kind: 'exec', current: ['./ctl', 'current'], deploy: ['./ctl', 'deploy', '${version}'] });
    expect(traefik.timing).toEqual({ withinMs: 300_000, everyMs: 250, timeoutMs: 90_000, consecutive: 2, startGraceMs: 5000 });
    expect(traefik.hold).toEqual({ major: true, notesMatch: 'manual migration', notes: null });
    expect(traefik.negativeControls).toMatchObject([{ name: 'stopped', break: ['./ctl', 'stop'], withinMs: 20_000 }]);
    expect(spec.order).toEqual({ units: ['nix/modules/*.nix', 'systemd/*.service'], compose: ['compose.yml'] });
    expect(spec.stateDir).toBe('../state');
    expect(spec.alertsDir).toBeNull();
  });

  it('knows where each probe stands', () => {
    expect(traefik.gate.map((probe) => probe.place)).toEqual([
      { path: PATH, line: 10, column: 9 }, { path: PATH, line: 11, column: 9 }, { path: PATH, line: 12, column: 9 },
    ]);
  });

  it('reads every kind of probe', () => {
    expect(traefik.gate).toMatchObject([
      { kind: 'http', pin: { host: '127.0.0.1', port: 8443 }, verify: false, expect: { status: [200], json: { Version: '${version.app}' } } },
      { kind: 'tcp', address: { host: '::1', port: 5432 } },
      { kind: 'command', command: ['./ctl', 'check', '${version}'], expect: { exit: 3 } },
    ]);
    expect(traefik.confirm[0]).toMatchObject({ provider: 'dashboard', pin: null, verify: true });
  });

  it('gives what is not said its default', () => {
    expect(spec.apps[1]).toMatchObject({
      driver: null, wanted: null, runsIn: null, gate: [], rollback: { to: 'last_good', stateful: false },
      timing: { withinMs: 300_000, everyMs: 2000, timeoutMs: 10_000, consecutive: 2, startGraceMs: 0 },
    });
  });

  it('takes aliases for what they stand for', () => {
    const [first, second] = specOf('version: 1\napps:\n  a: {timing: &t {within: 7s}}\n  b: {timing: *t}\n').apps;
    expect(second?.timing).toEqual(first?.timing);
    expect(second?.timing.withinMs).toBe(7000);
  });

  it('reads a file with a BOM and CRLF the same', () => {
    expect(specOf(`\uFEFF${WHOLE.replaceAll('\n', '\r\n')}`).apps[0]?.gate[2]?.place.line).toBe(12);
  });
});

describe('versions in probes', () => {
  it.each([
    ['5.1.1+v3.6.15', '5.1.1', '3.6.15'],
    ['1.4.0+2.0.3', '1.4.0', '2.0.3'],
    ['2.0.3', '2.0.3', '2.0.3'],
    ['v2.0.3', 'v2.0.3', '2.0.3'],
    ['1+vanilla', '1', 'vanilla'],
  ])('%s', (whole, recipe, app) => {
    expect(splitVersion(whole)).toEqual({ whole, recipe, app });
  });

  it('is put in where the probe is asked, and stands for itself inside a pattern', () => {
    const [api, , own] = specOf(WHOLE).apps[0]!.gate;
    expect(bindProbe(api!, '5.1.0+v3.6.14')).toMatchObject({ expect: { json: { Version: '3.6.14' } } });
    const bound = bindProbe(own!, '5.1.1+v3.6.15');
    expect(bound).toMatchObject({ command: ['./ctl', 'check', '5.1.1+v3.6.15'], expect: { stdout: '^ok 5\\.1\\.1\\+v3\\.6\\.15$' } });
  });

  it("leaves the shell's own variables alone", () => {
    const [probe] = appOf('wanted: "1"\ngate: [{name: x, command: [sh, -c, "echo ${HOME} ${PATH} ${x}"]}]').gate;
    expect(bindProbe(probe!, '1')).toEqual(probe);
  });
});

describe("the seed's field names", () => {
  it('mean url and status', () => {
    const app = appOf('domain: traefik.ci.example\nhealth_domain: ci.example\nhealth_path: /ping\nhealth_ok: [200, 404]');
    expect(app.gate).toMatchObject([{ kind: 'http', url: 'https://ci.example/ping', verify: true, expect: { status: [200, 404], json: null }, place: { line: 5 } }]);
    expect(app.serves).toMatchObject([{ url: 'https://traefik.ci.example/', place: { line: 4 } }]);
  });
  it('fall back to the own domain, to / and to 200', () => {
    expect(appOf('domain: a.example').gate).toMatchObject([{ url: 'https://a.example/', expect: { status: [200] } }]);
  });
  it('leave a written serves alone', () => {
    expect(appOf('domain: a.example\nserves: [https://b.example/]').serves.map((served) => served.url)).toEqual(['https://b.example/']);
  });
});

/** [what is wrong, body of app `a` (its first line is line 4 of the file), line, column, in the message, what to write]. */
const FAULTS: [string, string, number, number, RegExp, string][] = [
  ['unknown key', 'gates: []', 4, 5, /key "gates" in app a/, 'Write "gate" instead of "gates".'],
  ['key of a later word', 'helth_path: /', 4, 5, /key "helth_path"/, 'Write "health_path" instead of "helth_path".'],
  ['unknown key far from any', 'frobnicate: 1', 4, 5, /key "frobnicate"/, 'Remove "frobnicate".'],
  ['unknown key inside a probe', 'gate: [{name: x, url: https://a/, expects: {}}]', 4, 39, /key "expects"/, 'Write "expect" instead of "expects".'],
  ['key of another kind of probe', 'gate: [{name: x, tcp: "a:1", pin: "b:2"}]', 4, 34, /key "pin"/, 'Remove "pin".'],
  ['version as a float', 'wanted: 5.10', 4, 13, /number 5\.10/, 'Write it in quotes: "5.10"'],
  ['version as an integer', 'wanted: 7', 4, 13, /number 7/, 'Write it in quotes: "7"'],
  ['version as an exponent', 'wanted: 1e10', 4, 13, /number 1e10/, 'Write it in quotes: "1e10"'],
  ['version empty', 'wanted:', 4, 12, /empty value for wanted/, 'Write a name or a text for wanted of app a.'],
  ['argv as a string', 'wanted: "1"\ndriver: {kind: exec, current: ./ctl current --all, deploy: [x]}', 5, 35, /list of arguments/, 'Write it as a list: [./ctl, current, --all]'],
  ['argv as a string with quotes', `gate: [{name: x, command: "sh -c 'a'"}]`, 4, 31, /no shell/, `Write it as a list: [sh, -c, "'a'"]`],
  ['argv empty', 'gate: [{name: x, command: []}]', 4, 31, /empty list/, 'Write the program first: [./ctl, start]'],
  ['duration without unit', 'timing: {within: 300}', 4, 22, /number 300/, 'Write a number with its unit, e.g. 300s.'],
  ['duration of another unit', 'timing: {every: 5min}', 4, 21, /"5min"/, 'Write a number with its unit, e.g. 5m.'],
  ['duration in words', 'timing: {every: soon}', 4, 21, /"soon"/, 'Write a number with its unit, e.g. 10s.'],
  ['duration of nothing', 'timing: {timeout: 0s}', 4, 23, /longer than nothing/, 'Write a number with its unit, e.g. 10s.'],
  ['duration beyond all timers', 'timing: {timeout: 1000h}', 4, 23, /"1000h"/, 'Write a number with its unit, e.g. 10s.'],
  ['consecutive 0', 'timing: {consecutive: 0}', 4, 27, /from 1 to/, 'Write a number without quotes, e.g. 1.'],
  ['bad url', 'gate: [{name: x, url: nowhere}]', 4, 27, /expected a URL/, 'Write e.g. https://app.example.org/health.'],
  ['url of another scheme', 'gate: [{name: x, url: "ftp://a/"}]', 4, 27, /scheme "ftp"/, 'Write e.g. https://app.example.org/health.'],
  ['url with a password', 'gate: [{name: x, url: "https://u:p@a/"}]', 4, 27, /user or password/, 'Take what stands before the @ out of the URL.'],
  ['serves with a query', 'serves: ["https://a/?b"]', 4, 14, /query/, 'Take the part from ? on out of the URL.'],
  ['pin without a host', 'gate: [{name: x, url: https://a/, pin: 8443}]', 4, 44, /HOST:PORT/, 'Write an address and a port, e.g. 127.0.0.1:8443 or [::1]:8443.'],
  ['tcp without a port', 'gate: [{name: x, tcp: localhost}]', 4, 27, /HOST:PORT/, 'Write an address and a port, e.g. 127.0.0.1:8443 or [::1]:8443.'],
  ['status as text', 'gate: [{name: x, url: https://a/, expect: {status: ["200"]}}]', 4, 57, /text "200"/, 'Write a number without quotes, e.g. 200.'],
  ['pattern beyond RE2', 'gate: [{name: x, url: https://a/, expect: {text: "a(?!b)"}}]', 4, 54, /RE2/, 'Write it in the syntax of RE2 (no look-around, no back-references).'],
  ['probe without a target', 'gate: [{name: x}]', 4, 12, /without a target/, 'Write url: https://…, tcp: HOST:PORT or command: [PROGRAM, …].'],
  ['two probes of one name', 'gate: [{name: x, tcp: "a:1"}, {name: x, tcp: "b:1"}]', 4, 35, /second probe "x"/, 'Give each probe a name of its own.'],
  ['certificate condition on http', 'gate: [{name: x, url: http://a/, tls: {verify: false}}]', 4, 43, /http has no certificate/, 'Write an https URL, or take the condition out.'],
  ['driver of no kind', 'wanted: "1"\ndriver: {service: x}', 5, 13, /without kind/, 'Write e.g. {kind: exec, current: [./ctl, current], deploy: [./ctl, deploy, "${version}"]}.'],
  ['driver of unknown kind', 'wanted: "1"\ndriver: {kind: swarn, service: x}', 5, 20, /"swarn"/, 'Write swarm.'],
  ['driver without its key', 'wanted: "1"\ndriver: {kind: swarm}', 5, 13, /without service/, 'Write e.g. service: stack_app'],
  ['driver without a version', 'driver: {kind: swarm, service: x}', 4, 13, /without a wanted version/, 'Write e.g. wanted: 5.1.1+v3.6.15.'],
  ['misspelt variable', 'wanted: "1"\ngate: [{name: x, command: [a, "${versoin.app}"]}]', 5, 35, /"\$\{versoin\.app\}"/, 'Write "${version.app}".'],
  ['unknown part of the version', 'wanted: "1"\ngate: [{name: x, command: [a, "${version.minor}"]}]', 5, 35, /version\.minor/, 'Write "${version}".'],
  ['variable without a version', 'gate: [{name: x, command: [a, "${version}"]}]', 4, 35, /which wants none/, 'Write e.g. wanted: 5.1.1+v3.6.15.'],
  ['via an unknown app', 'via: [b]', 4, 10, /"b" in via/, 'Describe the app "b", or take it out of via.'],
  ['via itself', 'via: [a]', 4, 10, /cycle in via: a → a/, 'Take one of them out of via: a request cannot pass through a on its way to a.'],
  ['gate beside the seed\'s names', 'domain: a.example\ngate: []', 5, 11, /one of the two forms/, 'Remove the older keys.'],
  ['seed path without domain', 'health_path: /x', 4, 18, /without a domain/, 'Write domain: app.example.org.'],
  ['seed domain with a scheme', 'domain: https://a/', 4, 13, /host name alone/, 'Write e.g. app.example.org, without https:// and path.'],
  ['seed path without its slash', 'domain: a\nhealth_path: ping', 5, 18, /path from the root/, 'Write "/ping".'],
  ['control without restore', 'negative_controls: [{name: x, break: [a]}]', 4, 25, /without restore/, 'Write break: [./ctl, stop] and restore: [./ctl, start].'],
  ['rollback to elsewhere', 'rollback: {to: last-good}', 4, 20, /"last-good"/, 'Write last_good.'],
  ['boolean as text', 'hold: {major: "yes"}', 4, 19, /text "yes"/, 'Write true or false.'],
  ['twice the same key', 'wanted: "1"\nwanted: "2"', 5, 5, /second "wanted" in app a, the first stands in line 4/, 'Give one of the two another name, or merge them.'],
];

describe('what is wrong is named with its place and what to write', () => {
  it.each(FAULTS)('%s', (_, body, line, column, message, next) => {
    const errors = errorsOf(`version: 1\napps:\n  a:\n${body.replaceAll(/^/gm, '    ')}\n`);
    expect(errors).toEqual([{ line, column, message: expect.stringMatching(message), next }]);
  });

  it.each([
    ['a second app of one name', 'version: 1\napps:\n  a: {}\n  b: {}\n  a: {}\n', 5, 3, /second "a" in apps, the first stands in line 3/],
    ['no version', 'apps: {}\n', 1, 1, /without version/],
    ['a newer version', 'version: 2\napps: {}\n', 1, 10, /expected 1/],
    ['no apps', 'version: 1\n', 1, 1, /without apps/],
    ['an unknown key at the top', 'version: 1\napps: {}\norders: {}\n', 3, 1, /key "orders"/],
    ['a glob out of the repository', 'version: 1\napps: {}\norder: {units: ["../x/*.service"]}\n', 3, 17, /repository's root/],
    ['a single glob as text', 'version: 1\napps: {}\norder: {compose: compose.yml}\n', 3, 18, /expected a list/],
    ['a name that cannot be a file name', 'version: 1\napps:\n  ../x: {}\n', 3, 3, /app name/],
    ['a tab', 'version: 1\napps:\n\ta: {}\n', 3, 1, /YAML/],
    ['an unclosed bracket', 'version: 1\napps: {a: [\n', 3, 1, /YAML/],
    ['a tag', 'version: 1\napps: !python/object {}\n', 2, 7, /YAML/],
    ['YAML 1.1', '%YAML 1.1\n---\nversion: 1\napps: {}\n', 1, 1, /expected 1\.2/],
    ['two documents', 'version: 1\napps: {}\n---\nversion: 1\n', 3, 1, /YAML/],
    ['a list', '- a\n', 1, 1, /expected a map/],
    ['an empty file', '', 1, 1, /expected a map/],
  ])('%s', (_, text, line, column, message) => {
    expect(errorsOf(text)[0]).toMatchObject({ line, column, message: expect.stringMatching(message) });
  });

  it('names all errors of a file at once, in file order', () => {
    const errors = errorsOf('version: 1\napps:\n  a: {wanted: 5.1, gat: []}\n  b: {via: [c]}\n  c: {via: [b], timing: {every: 2}}\norder: {unit: []}\n');
    expect(errors.map((error) => error.line)).toEqual([3, 3, 4, 5, 6]);
  });

  it('ends on an alias that contains itself', () => {
    expect(errorsOf('version: 1\napps:\n  a: {gate: [{name: x, url: https://a/, expect: {json: &j {k: *j}}}]}\n')[0]?.message).toMatch(/depth|YAML/);
  });
});

it('never throws and always has a place, whatever the file holds', () => {
  const lines = WHOLE.split('\n');
  assert(property(nat(lines.length - 1), nat(80), string({ maxLength: 6 }), (line, column, junk) => {
    const text = lines.map((original, index) => (index === line ? original.slice(0, column) + junk + original.slice(column + 2) : original)).join('\n');
    for (const error of errorsOf(text)) {
      expect(error.line).toBeGreaterThan(0);
      expect(error.column).toBeGreaterThan(0);
      expect(error.next).toMatch(/^[A-Z].*/);
    }
  }), { numRuns: 300 });
});
