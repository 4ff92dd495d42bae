import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeRepository } from '../support/make-repository.ts';
import type { Repository } from '../support/make-repository.ts';
import { askDocket, runDocket } from '../support/run-docket.ts';

interface Found {
  rule: string;
  level: string;
  message: string;
  found: string;
  expected: string;
  place: { path: string; line: number; rev?: string } | null;
  commit: string | null;
  next: string | null;
  fingerprint: string;
}

const item = (title: string): string => `### 2026-03-02 — ${title}\n- [ ] **What:** ${title}, all of it\n`;
const frame = (open: string, closed = ''): string => `# DEFERRED\n\n## Open deferrals\n\n${open}\n## Closed deferrals\n\n${closed}`;

let repo: Repository;
beforeEach(() => {
  repo = makeRepository();
  repo.write('machine-docs/DEFERRED.md', frame(item('paint the bollards')));
  repo.commit('deferred: begin', '2026-03-02T10:00:00Z');
});
afterEach(() => repo.remove());

async function check(...args: string[]): Promise<{ exit: number; found: Found[]; rules: string[]; data: Record<string, unknown> }> {
  const envelope = await askDocket(['check', ...args], repo.dir);
  const { exit } = await runDocket(['-C', repo.dir, 'check', ...args]);
  expect(envelope.ok).toBe(exit === 0);
  const found = envelope.data['findings'] as Found[];
  expect(envelope.diagnostics.filter(({ rule }) => found.some((one) => one.rule === rule)).map(({ message }) => message)).toEqual(found.map(({ message }) => message));
  return { exit, found, rules: found.map(({ rule }) => rule), data: envelope.data };
}

describe('what is judged', () => {
  test('nothing at all is no error', async () => {
    const empty = makeRepository();
    try {
      expect(await askDocket(['check'], empty.dir)).toMatchObject({ ok: true, data: { findings: [], baseline: { known: 0 } } });
    } finally {
      empty.remove();
    }
  });
  test('the working tree by default, the index with --staged, a revision with --at', async () => {
    repo.write('machine-docs/DEFERRED.md', frame('', item('paint the bollards')));
    expect(await check()).toMatchObject({ exit: 1, rules: ['deferred-wrong-section'] });
    expect(await check('--staged')).toMatchObject({ exit: 0, rules: [] });
    repo.git('add', '-A');
    repo.write('machine-docs/DEFERRED.md', frame(item('paint the bollards')));
    expect(await check()).toMatchObject({ exit: 0, rules: [] });
    const staged = await check('--staged');
    expect(staged).toMatchObject({ exit: 1, rules: ['deferred-wrong-section'] });
    expect(staged.found[0]).toMatchObject({ level: 'error', place: { path: 'machine-docs/DEFERRED.md', line: 8 }, found: expect.any(String), expected: expect.any(String), next: expect.any(String) });
    expect(await check('--at', 'HEAD')).toMatchObject({ exit: 0, rules: [] });
  });
  test('--range judges each commit as it stood, so that a later one hides nothing', async () => {
    const start = repo.git('rev-parse', 'HEAD');
    repo.write('machine-docs/DEFERRED.md', frame('', item('paint the bollards')));
    const wrong = repo.commit('deferred: move', '2026-03-03T10:00:00Z');
    repo.write('machine-docs/DEFERRED.md', frame(item('paint the bollards')));
    const right = repo.commit('deferred: move back', '2026-03-04T10:00:00Z');
    repo.write('src/a.txt', 'x\n');
    repo.commit('feat: code', '2026-03-05T10:00:00Z');
    const judged = await check('--range', `${start}..HEAD`);
    expect(judged).toMatchObject({ exit: 1, rules: ['deferred-wrong-section'], data: { checked: { mode: 'range', commits: 3 } } });
    expect(judged.found[0]).toMatchObject({ commit: wrong, place: { rev: wrong, line: 8 } });
    expect(await check('--range', `${wrong}..${right}`)).toMatchObject({ exit: 0, rules: [] });
    expect(await check('--range', `${right}..`)).toMatchObject({ exit: 0, rules: [] });
  });
  test('a range sees what a commit did to the record, whatever its message says', async () => {
    repo.write('machine-docs/JOURNAL-k9.md', '# J\n\n## 2026-03-02T09:00Z — Wall measured\n\nIt is 14 m long.\n');
    repo.commit('journal(k9): measured', '2026-03-03T10:00:00Z');
    repo.write('machine-docs/JOURNAL-k9.md', '# J\n\n## 2026-03-02T09:00Z — Wall measured\n\nIt is 41 m long.\n');
    const edit = repo.commit('chore: typo', '2026-03-04T10:00:00Z');
    expect(await check('--range', 'HEAD~1..HEAD')).toMatchObject({ exit: 1, found: [{ rule: 'append-only', commit: edit }] });
    expect(await check()).toMatchObject({ exit: 0, rules: [] });
    expect(await check('--all')).toMatchObject({ exit: 1, found: [{ rule: 'append-only', commit: edit }] });
  });
  test('a merge is judged by what it loses, not by what it brings', async () => {
    const entry = (title: string): string => `\n## 2026-03-03T09:00Z — ${title}\n\nSome words of ${title}.\n`;
    repo.write('machine-docs/JOURNAL-k9.md', `# J\n${entry('first')}`);
    repo.commit('journal(k9): first', '2026-03-03T10:00:00Z');
    repo.git('checkout', '-q', '-b', 'side');
    repo.write('machine-docs/JOURNAL-k9.md', `# J\n${entry('first')}${entry('side')}`);
    repo.commit('journal(k9): side', '2026-03-03T11:00:00Z');
    repo.git('checkout', '-q', 'main');
    repo.write('machine-docs/JOURNAL-k9.md', `# J\n${entry('first')}${entry('main')}`);
    repo.commit('journal(k9): main', '2026-03-03T12:00:00Z');
    repo.git('merge', '-q', '-s', 'ours', '--no-edit', 'side');
    expect(await check('--range', 'HEAD~1..HEAD')).toMatchObject({ exit: 1, rules: ['append-only'] });
    repo.git('reset', '-q', '--hard', 'HEAD~1');
    repo.git('merge', '-q', '-s', 'ours', '--no-edit', 'side');
    repo.write('machine-docs/JOURNAL-k9.md', `# J\n${entry('first')}${entry('main')}${entry('side')}`);
    repo.git('add', '-A');
    repo.git('commit', '-q', '--amend', '--no-edit');
    expect(await check('--range', 'HEAD~1..HEAD')).toMatchObject({ exit: 0, rules: [] });
  });
  test.each([
    [['--staged', '--all'], '--staged with --all'],
    [['--range', 'main'], 'expected A..B'],
    [['--range', 'a...b'], 'expected A..B'],
    [['--range', 'nowhere..HEAD'], 'nowhere'],
    [['--staged', '--at', 'HEAD'], '--at with --staged'],
    [['--format', 'yaml'], 'yaml'],
    [['--json', '--format', 'sarif'], '--json beside --format'],
  ])('%j is a mistake that says what was expected', async (args, words) => {
    const answer = await runDocket(['-C', repo.dir, 'check', ...args]);
    expect(answer.exit).toBe(2);
    expect(answer.stderr + answer.stdout).toContain(words);
  });
  test('what cannot be read hides nothing else, and is exit 2', async () => {
    repo.write('machine-docs/DEFERRED.md', frame('', item('paint the bollards')));
    repo.write('machine-docs/alerts/20260302T100000Z-x-unhealthy.json', '{broken');
    const envelope = await askDocket(['check'], repo.dir);
    expect(envelope.diagnostics.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['unreadable', 'deferred-wrong-section']));
    expect((await runDocket(['-C', repo.dir, 'check'])).exit).toBe(2);
  });
});

describe('levels, options, waivers, the baseline', () => {
  const wrong = frame('', item('paint the bollards'));
  test('the configuration sets levels and options, and is told its mistakes with their place', async () => {
    repo.write('machine-docs/DEFERRED.md', wrong);
    repo.write('machine-docs/docket.yaml', 'rules: {deferred-wrong-section: warning}\n');
    expect(await check()).toMatchObject({ exit: 0, found: [{ rule: 'deferred-wrong-section', level: 'warning' }] });
    repo.write('machine-docs/docket.yaml', 'rules: {deferred-wrong-section: off}\n');
    expect(await check()).toMatchObject({ exit: 0, rules: [] });
    repo.write('machine-docs/docket.yaml', 'landing: main\nrules:\n  deferred-wrong-secton: off\n');
    const mistaken = await askDocket(['check'], repo.dir);
    expect(mistaken).toMatchObject({ ok: false, diagnostics: [{ rule: 'config', place: { path: 'machine-docs/docket.yaml', line: 3 } }] });
    expect(mistaken.diagnostics[0]?.message).toContain('"deferred-wrong-section"');
    repo.write('machine-docs/docket.yaml', 'rules: {future-time: {options: {secnds: 5}}}\n');
    expect((await askDocket(['check'], repo.dir)).diagnostics[0]?.message).toMatch(/option "secnds".*seconds, approximateSeconds/);
  });
  test('a waiver accepts one finding until its day, and no other', async () => {
    repo.write('machine-docs/DEFERRED.md', frame('', item('paint the bollards') + item('grease the chains')));
    const far = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
    const waiver = (until: string, target = 'deferred:2026-03-02-paint-the-bollards'): string => `# DECISIONS\n\n## 2026-03-02 — exception: the bollards wait\n\n**Waiver:** ${target} deferred-wrong-section until ${until} by the harbour master because winter.\n`;
    repo.write('machine-docs/DECISIONS.md', waiver(far));
    expect(await check()).toMatchObject({ exit: 1, data: { waived: 1 }, found: [{ found: expect.any(String), place: { line: 10 } }] });
    repo.write('machine-docs/DECISIONS.md', waiver(far, 'machine-docs/DEFERRED.md'));
    expect(await check()).toMatchObject({ exit: 0, data: { waived: 2 } });
    repo.write('machine-docs/DECISIONS.md', waiver('2026-03-10'));
    expect(await check()).toMatchObject({ exit: 1, data: { waived: 0 } });
  });
  test('the baseline is counted aloud, moves with its lines, and only shrinks', async () => {
    repo.write('machine-docs/DEFERRED.md', wrong);
    expect((await runDocket(['-C', repo.dir, 'check', '--write-baseline', '--dry-run'])).stdout).toContain('+  "known": [');
    expect((await askDocket(['check', '--write-baseline'], repo.dir)).data).toMatchObject({ known: 1, gone: 0, written: true });
    repo.commit('chore: baseline', '2026-03-03T10:00:00Z');
    repo.write('machine-docs/DEFERRED.md', frame(item('grease the chains'), item('paint the bollards')));
    expect(await check()).toMatchObject({ exit: 0, rules: [], data: { baseline: { known: 1 } } });
    expect((await runDocket(['-C', repo.dir, 'check'])).stdout).toContain('1 known from the baseline');
    repo.write('machine-docs/DEFERRED.md', frame('', item('paint the bollards') + item('sweep the quay')));
    expect(await check()).toMatchObject({ exit: 1, rules: ['deferred-wrong-section'] });
    expect((await askDocket(['check', '--write-baseline'], repo.dir)).data).toMatchObject({ known: 1, gone: 0, written: false });
    const path = join(repo.dir, 'machine-docs/docket-baseline.json');
    const kept = readFileSync(path, 'utf8');
    writeFileSync(path, kept.replace('"known": [', '"known": [\n    {"fingerprint":"made-up","rule":"unparsed","path":"x","entry":null,"found":"y"},'));
    expect((await check()).rules).toContain('baseline-grown');
    repo.write('machine-docs/DEFERRED.md', frame(item('paint the bollards')));
    expect((await askDocket(['check', '--write-baseline'], repo.dir)).data).toMatchObject({ known: 0, gone: 2 });
    expect((await check()).rules).toEqual([]);
    writeFileSync(path, '{"known": 5}');
    expect(await askDocket(['check'], repo.dir)).toMatchObject({ ok: false, diagnostics: [{ rule: 'config', place: { path: 'machine-docs/docket-baseline.json' } }] });
  });
  test('fingerprints stay while other text moves', async () => {
    repo.write('machine-docs/DEFERRED.md', wrong);
    const [first] = (await check()).found;
    repo.write('machine-docs/DEFERRED.md', `${frame(item('grease the chains'), `A word.\n\n${item('paint the bollards')}`)}`);
    const again = await check();
    expect(again.found).toHaveLength(1);
    expect(again.found[0]?.fingerprint).toBe(first?.fingerprint);
    expect(again.found[0]?.place?.line).not.toBe(first?.place?.line);
  });
});

describe('formats', () => {
  const evil = 'a%0A::error::b, c: <b>&"|`]]>\u{202e}\u001b[2J';
  beforeEach(() => {
    repo.write('machine-docs/DEFERRED.md', frame('', item('paint the bollards')));
    repo.write('machine-docs/JOURNAL-k9.md', `# J\n\n## 2026-03-02T09:00Z — Wall\n\nTODO later: ${evil}\n`);
    repo.write('machine-docs/a,b:c%d.md', 'x\n');
  });
  const format = async (name: string): Promise<string> => {
    const { stdout, exit } = await runDocket(['-C', repo.dir, 'check', '--format', name]);
    expect(exit).toBe(1);
    return stdout;
  };
  test('github: one command a finding, and no document can give one', async () => {
    const lines = (await format('github')).trimEnd().split('\n');
    expect(lines.every((line) => /^::(?:error|warning|notice) (?:[a-zA-Z]+=[^,:\s]*)(?:,[a-zA-Z]+=[^,:\s]*)*::[^\r\n]+$/.test(line))).toBe(true);
    expect(lines).toContainEqual(expect.stringMatching(/^::error file=machine-docs\/DEFERRED\.md,line=8,title=deferred-wrong-section::Unexpected/));
    expect(lines).toContainEqual(expect.stringContaining('file=machine-docs/a%2Cb%3Ac%25d.md'));
    expect(lines.join('')).toContain('a%250A');
  });
  test('sarif: rules, places and fingerprints', async () => {
    const log = JSON.parse(await format('sarif')) as { version: string; runs: { tool: { driver: { rules: { id: string }[] } }; results: { ruleId: string; ruleIndex: number; level: string; partialFingerprints: Record<string, string>; locations: { physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } } }[] }[] }[] };
    const [run] = log.runs;
    expect(log.version).toBe('2.1.0');
    for (const result of run!.results) {
      expect(run!.tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
      expect(result.partialFingerprints['docket/v1']).toMatch(/^[0-9a-f]{32}$/);
    }
    expect(run!.results.map(({ locations }) => locations[0]?.physicalLocation.artifactLocation.uri)).toContain('machine-docs/a%2Cb%3Ac%25d.md');
    expect(run!.results.find(({ ruleId }) => ruleId === 'deferred-wrong-section')).toMatchObject({ level: 'error', locations: [{ physicalLocation: { region: { startLine: 8 } } }] });
  });
  test('junit: well formed whatever stands in a document', async () => {
    const xml = await format('junit');
    expect(xml).toMatch(/<testsuites name="docket" tests="\d+" failures="2" errors="0">/);
    expect(xml).toContain('<testcase classname="docket" name="conflict-marker"/>');
    const text = xml.replace(/<[^<>]*>/g, '');
    expect(text).not.toMatch(/[<>]|&(?!amp;|lt;|gt;|quot;|#\d+;)/);
    // oxlint-disable-next-line no-control-regex
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u202e]/);
  });
  test('markdown: a table whose cells cannot be left', async () => {
    const table = (await format('markdown')).split('\n').filter((line) => line.startsWith('|'));
    expect(table.length).toBeGreaterThan(3);
    for (const row of table) expect(row.match(/(?<!\\)\|/g)).toHaveLength(6);
    expect(table.join('')).not.toContain('<b>');
  });
  test('text and json say the same; nothing drives the terminal', async () => {
    const text = await format('text');
    // oxlint-disable-next-line no-control-regex
    expect(text).not.toMatch(/\u001b|\u202e/);
    expect(text).toMatch(/✘ error deferred-wrong-section {2}machine-docs\/DEFERRED\.md:8\n {2}Unexpected .*, expected .*\n {2}→ /);
    const json = JSON.parse((await runDocket(['-C', repo.dir, 'check', '--format', 'json'])).stdout) as { command: string; data: { findings: Found[] } };
    expect(json.command).toBe('check');
    for (const { rule } of json.data.findings) expect(text).toContain(rule);
    expect((await runDocket(['-C', repo.dir, 'check', '--json'])).stdout).toBe((await runDocket(['-C', repo.dir, 'check', '--format=json'])).stdout);
  });
});

test('a range sees a unit file alone make a gate wait for itself', async () => {
  repo.write('machine-docs/infra.yaml', 'version: 1\napps:\n  proxy:\n    runs_in: deploy-proxy.service\n    gate: [{name: page, url: https://quay.example/, expect: {status: [200], json: {service: page}}}]\n  page:\n    runs_in: deploy-page.service\n    serves: [https://quay.example/]\norder: {units: ["systemd/*.service"]}\n');
  repo.write('systemd/deploy-page.service', '[Unit]\nDescription=page\n');
  const start = repo.commit('chore: services', '2026-03-03T10:00:00Z');
  repo.write('systemd/deploy-page.service', '[Unit]\nDescription=page\nAfter=deploy-proxy.service\n');
  const wrong = repo.commit('chore: order', '2026-03-04T10:00:00Z');
  repo.write('systemd/deploy-page.service', '[Unit]\nDescription=the page\n');
  repo.commit('chore: order again', '2026-03-05T10:00:00Z');
  expect(await check('--range', `${start}..HEAD`)).toMatchObject({ exit: 1, found: [{ rule: 'gate-cycle', commit: wrong, place: { path: 'machine-docs/infra.yaml', line: 5 } }] });
});

test('a shallow clone says what it could not judge', async () => {
  repo.write('src/a.txt', 'x\n');
  repo.commit('feat: code', '2026-03-05T10:00:00Z');
  repo.write('machine-docs/DEFERRED.md', frame('', item('paint the bollards')));
  repo.commit('deferred: move', '2026-03-06T10:00:00Z');
  const shallow = `${repo.dir}-shallow`;
  try {
    repo.git('clone', '-q', '--depth', '2', `file://${repo.dir}`, shallow);
    const envelope = await askDocket(['check', '--range', '..HEAD'], shallow);
    expect(envelope.data).toMatchObject({ findings: [{ rule: 'deferred-wrong-section' }], checked: { commits: 1 } });
    expect(envelope.diagnostics.find(({ rule }) => rule === 'shallow-clone')?.next).toBe('git fetch --unshallow');
  } finally {
    rmSync(shallow, { recursive: true, force: true });
  }
});
