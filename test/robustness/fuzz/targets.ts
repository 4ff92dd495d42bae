import { expect } from 'vitest';
import { readHostCall } from '../../../src/agents/hosts/host-call.ts';
import { Failure } from '../../../src/contract/failure.ts';
import { parseFrontMatter } from '../../../src/documents/parse-front-matter.ts';
import { parseLog, type LoggedCommit } from '../../../src/git/parse-log.ts';
import { parseTrailers } from '../../../src/git/parse-trailers.ts';
import { decodePath, encodePath } from '../../../src/git/path-names.ts';
import { unquotePath } from '../../../src/git/unquote-path.ts';
import { parseSubject } from '../../../src/ledger/commits/parse-subject.ts';
import { readConfig } from '../../../src/ledger/config/read-config.ts';
import { readAlert } from '../../../src/ledger/join/alerts.ts';
import { formatAlert, parseAlert } from '../../../src/reconcile/alerts/alert-file.ts';
import { readModule, settleDefinitions } from '../../../src/reconcile/order/nix/read-module.ts';
import { parseUnitFile } from '../../../src/reconcile/order/parse-unit-file.ts';
import { readCompose } from '../../../src/reconcile/order/read-compose.ts';
import { readSpec } from '../../../src/reconcile/spec/read-spec.ts';
import { crossMatch } from '../../../src/repro/judge/cross-match.ts';
import type { StepRun } from '../../../src/repro/judge/step-outcome.ts';
import { judgeReproduction } from '../../../src/repro/judge/judge-reproduction.ts';
import { lintReproduction } from '../../../src/repro/lint/lint-reproduction.ts';
import { checkPatterns } from '../../../src/repro/match/check-patterns.ts';
import { matchStream } from '../../../src/repro/match/match-output.ts';
import { normaliseOutput } from '../../../src/repro/match/normalise-output.ts';
import { observeOutput } from '../../../src/repro/match/observe-output.ts';
import { printFence } from '../../../src/repro/notation/print-reproduction.ts';
import { readReproduction } from '../../../src/repro/read-reproduction.ts';
import { readReceipt } from '../../../src/repro/receipts/read-receipt.ts';
import { judgeReceipt } from '../../../src/repro/receipts/restore-runs.ts';
import { printReceipt } from '../../../src/repro/receipts/write-receipt.ts';
import { classifyCommand } from '../../../src/repro/safety/classify-command.ts';
import type { Fence, Reproduction } from '../../../src/repro/types.ts';
import { readBlocks } from '../../../src/reports/html/text/read-blocks.ts';
import { readInline } from '../../../src/reports/html/text/read-inline.ts';
import { escapeControls, unsafeCharacters } from '../../../src/reports/safe-text.ts';
import { printBaseline, readBaseline } from '../../../src/rules/accept/baseline.ts';
import { checkDocument, checkOutline } from './check-document.ts';
import type { Grammar } from './make-input.ts';

/** A reader with the inputs made for it; `check` throws where the reader does what it may not. */
export interface Target {
  name: string;
  grammar: Grammar;
  check(bytes: Uint8Array): void | Promise<void>;
  /** How often it is tried by default; less for what takes long. */
  runs?: number;
}

const decode = (bytes: Uint8Array): string => new TextDecoder('utf-8').decode(bytes);
const linesOf = (text: string): number => text.split(/\r\n|\r|\n/).length;
const within = (line: number, text: string, what: string): void => {
  if (!(line >= 1 && line <= linesOf(text))) throw new Error(`${what}: line ${line} of ${linesOf(text)}`);
};
/** The same twice, and nothing but what JSON can hold. */
function same<T>(read: () => T): T {
  const first = read();
  expect(read()).toEqual(first);
  return first;
}
/** A refusal of its own kind has a place and says what to do; anything else that is thrown is a fault. */
function mayRefuse<T>(read: () => T, text: string): T | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Failure) || error.exitCode !== 2) throw error;
    if (error.place?.line !== undefined) within(error.place.line, text, error.message);
    if (error.message === '' || error.next === null) throw new Error(`a refusal without words or a next step: ${error.message}`, { cause: error });
    return null;
  }
}

const markdown = [
  '# STATUS', '## 2026-02-03 — start', '## 2026-02-03T19:30Z–20:00Z — K1: x', '### child', '## Settled', '## Open deferrals', '## Closed deferrals', '## Build backlog', '## Adversary findings', '## DONE', '## VETO it burns', '## Gate: K1 — CLAIMED, awaiting Adversary', '### PASS @2026-06-13T13:00Z', '## M2 — **PASS** @ 2026-06-11T11:27Z', '### A1 [adversary] x',
  '### 2026-05-28 — item', '- [ ] **What:** x', '- [x] y', '- [~] z', '- [-] w', '- **Filed by:** Builder, phase kiln', '- **Closed:** 2026-06-13 by 1a2b3c4 ("s")', '**Lead:** words', '**Lead.** words', 'Next: go on', 'Gate: **K2 CLAIMED**', 'Gate WC4+WC7 CLAIMED', 'RE-CLAIMED @2026-05-28 (commit 5741e88)', 'Status: **M1 PASS** @ 17:40Z + **M2 FAIL**', '(none yet)', 'Not yet', '---', '***', '===', '===========', '-----',
  '```', '````', '~~~', '```console repro id=a claim=K1', '$ ./x', '→ 404 ← FAILS', '→? 1', '# red @1a2b3c4: x', '<!-- docket-receipt v1 {} -->', '<!--', '-->', '<div>', '<details>', '</div>', '<pre>', '> quote', '> ## x', '> - [ ] a', '1. one', '2) two', '  - nested', '    deep', '\tcode', '| a | b |', '|---|---|', '| `1` | 2 |', '[a]: http://x', '[^1]: note', '[x](y#z)', '![i](j)', '`code`', '``', '*', '**', '_', '~~', '\\', '&amp;',
  'supersedes "The formula"', '(replaces kiln stance)', 'superseded by X', 'TBD', 'SETTLED', 'exception', 'A1, pvfix', 'src/a.ts:12-30', 'DEFERRED 2026-05-28', 'commit 1a2b3c4d', 'https://kiln.example/a_b?c=d', '<<<<<<< ours', '=======', '>>>>>>> theirs', '2026-13-45', '25:61Z', '{#name}', '— Adversary', '@2026-05-30T14:24:31Z — Adversary: new', '**From Adversary, 2026-05-31T13:45Z — x**', '**Waiver:** a b until 2026-12-01 by x because y', '- a', '* b', '+ c', 'words', '', '', '', '  ',
];
const front = ['phase: kiln', 'gates: [K1, K2]', 'gates:', '  - K1', 'owner: builder', 'status: x', '---', '--- js', '...', '&a', '*a', '<<: *a', '!!js/function', '? x', ': y', '- z', '[', ']', '{', '}', '"', "'", '|', '>', '#', '%YAML 1.1', '!tag', 'a: b', '  ', '\t'];
const documents: Grammar = { corpus: ['documents/'], pieces: markdown, joints: ['\n', '\n', '\n\n', ' ', ''], frames: [['', ''], ['# T\n\n', ''], ['---\nphase: kiln\n---\n', '\n']] };
const documentNames = ['JOURNAL-k1.md', 'STATUS-k1.md', 'BACKLOG-k1.md', 'REVIEW-k1.md', 'DECISIONS.md', 'DEFERRED.md', 'BUILDER-INBOX.md', 'plan-phase-k1-x.md', 'notes.md'];

const notation: Grammar = {
  corpus: ['notation/'], joints: ['\n', '\n', '\n\n', ' ', ''],
  pieces: ['# red @a1b2c3d: old', '# green', '# neg +x.diff: teeth', '# setup', '# teardown', '# check', '#', '$ ./x', '$ curl -s http://localhost/x', '$', '> more', '>', '→ 404', '→', '-> x', '→2 err', '→2~ [..]', '→~ [TIME] [N] [..]', '→/ ^a(b|c)*$', '→/ (', '→= exact', '→? 0', '→? !0', '→? 1|2', '→? TERM', '→? timeout', '→? x', '…', '...', ' ← FAILS', ' ← PASSES x', '✓', '✗', '"', "'", '`', '$(', ')', '${', '}', '<<E', 'E', '|', '&&', ';', '\\', 'for x in y; do', 'done', 'if', 'case a in', 'esac', 'ssh host x', 'rm -rf /', 'sudo x', 'x > /etc/y', 'curl https://a.example', 'cmd → out ✓', 'OLD', 'scaled to 0', '```', '-->', ''],
};
const infos = ['', 'bash', 'console repro id=x claim=K1 timeout=60s inputs=a/**,b needs=y env=A', 'repro'];
const fence = (body: string, info: string): Fence => ({ lang: info.split(' ')[0] || null, meta: info.split(' ').slice(1).join(' ') || null, body, line: 7 });
const meaning = (read: Reproduction | null) => read?.steps.map(({ role, at, patch, commands, observations }) => [role, at, patch, commands.map(({ text }) => text), observations.map(({ text, mode, stream, note }) => [text, mode, stream, note?.verdict ?? null])]);

function checkNotation(bytes: Uint8Array): void {
  const body = decode(bytes).replaceAll(/\r\n?/g, '\n');
  const last = 7 + body.split('\n').length - 1;
  for (const info of infos) {
    const read = same(() => readReproduction(fence(body, info)));
    if (read === null) continue;
    for (const step of read.steps) for (const part of [step, ...step.commands]) if (!(part.line >= 7 && part.endLine >= part.line && part.endLine <= last)) throw new Error(`lines ${part.line}-${part.endLine} of 7-${last}`);
    for (const { line } of read.problems) if (!(line >= 6 && line <= last)) throw new Error(`a problem in line ${line} of 7-${last}`);
    checkPatterns(read, {});
    lintReproduction(read, { recorded: false, redactions: {}, known: new Map() });
    judgeReproduction(read.steps, [], {});
    // What is printed reads as the same steps, where nothing was left over that the notation cannot say.
    if (read.notation !== 'strict' || read.problems.length > 0) continue;
    const printed = printFence(read).split('\n');
    const again = readReproduction(fence(printed.slice(1, -2).join('\n'), printed[0]?.replace(/^`+/, '') ?? ''));
    expect(meaning(again)).toEqual(meaning(read));
  }
  classifyCommand(body);
}

const modes: Record<string, 'exact' | 'pattern' | 'regex' | 'status'> = { '=': 'exact', '~': 'pattern', '/': 'regex', '?': 'status' };
function checkPatternPair(bytes: Uint8Array): void {
  const [contract = '', green = '', red = ''] = normaliseOutput(bytes).split('===\n');
  const observations = contract.split('\n').map((text, index) => {
    const mode = text[1] === ' ' ? modes[text[0] ?? ''] : undefined;
    return { text: mode ? text.slice(2) : text, mode: mode ?? ('plain' as const), stream: 'stdout' as const, note: null, line: index + 1 };
  });
  const step = (role: 'red' | 'green', line: number) => ({ role, guessed: false, heading: null, at: null, patch: null, line, endLine: line, comments: [], commands: [], observations });
  const run = (stdout: string, code: number): StepRun => ({ stdout, stderr: '', code, signal: null, timedOut: false, truncated: false, unusable: null });
  same(() => crossMatch([step('red', 1), step('green', 2)], [run(red, 1), run(green, 0)], { JOB: '[0-9]+', BAD: '(' }));
  const difference = matchStream(observations, 'stdout', green, {});
  if (difference !== null && (difference.message === '' || (difference.outputLine !== null && difference.outputLine > green.split('\n').length))) throw new Error('a difference beyond the output');
  // What is written down of an output accepts just this output.
  if (green !== '' && matchStream(observeOutput(green, 'stdout'), 'stdout', green, {}) !== null) throw new Error('an output does not match what was written of it');
}

function checkReceipt(bytes: Uint8Array): void {
  const text = decode(bytes);
  for (const html of [text, `<!-- docket-receipt v1 ${text} -->`]) {
    const read = same(() => readReceipt(html));
    if (read === null) continue;
    if (!read.ok) {
      if (read.message === '') throw new Error('refused without a word');
      continue;
    }
    if (!read.sumHolds) continue;
    const printed = printReceipt(read.receipt);
    if (/[\r\n]/.test(printed) || printed.slice(4, -3).includes('--')) throw new Error('printed as more than one comment of one line');
    expect(readReceipt(printed)).toEqual(read);
    if (read.receipt.kind === 'record') judgeReceipt([], read.receipt, () => null, {});
  }
}

function checkConfig(bytes: Uint8Array): void {
  const text = decode(bytes);
  const config = mayRefuse(() => readConfig(text, 'machine-docs/docket.yaml'), text);
  if (config === null) return;
  expect(readConfig(text, 'machine-docs/docket.yaml')).toEqual(config);
  if (Object.getPrototypeOf(config.rules) !== Object.prototype || Object.getPrototypeOf(config.documents) !== Object.prototype) throw new Error('a prototype was changed');
  JSON.stringify(config);
}

function checkFrontMatter(bytes: Uint8Array): void {
  const text = decode(bytes).replaceAll(/\r\n?/g, '\n');
  const { value, problems } = same(() => parseFrontMatter(text));
  // The fences stand before and behind it.
  for (const { line, column } of problems) if (!(line >= 1 && line <= linesOf(text) + 2 && column >= 1)) throw new Error(`problem at ${line}:${column} of ${linesOf(text)}`);
  for (const each of [value?.phase, value?.owner, value?.status, ...(value?.gates ?? [])]) if (each !== null && each !== undefined && typeof each !== 'string') throw new Error('a value that is no text');
}

function checkSpec(bytes: Uint8Array): void {
  const text = decode(bytes);
  const read = same(() => readSpec(text, 'machine-docs/infra.yaml'));
  if (read.ok) {
    for (const { place } of read.spec.apps) within(place.line, text, 'an app');
    return;
  }
  if (read.errors.length === 0) throw new Error('refused without an error');
  for (const { line, column, message, next } of read.errors) {
    within(line, text, message);
    if (!(column >= 1) || message === '' || next === '') throw new Error(`column ${column}: ${message} ${next}`);
  }
}

function checkPlaces(reading: { edges?: { place: { line: number } }[]; unread: { place: { line: number } }[] }, text: string): void {
  for (const { place } of [...(reading.edges ?? []), ...reading.unread]) within(place.line, text, 'a place');
}

function checkNix(bytes: Uint8Array): void {
  const text = decode(bytes).replaceAll(/\r\n?/g, '\n');
  const reading = same(() => readModule(text, 'nix/a.nix'));
  checkPlaces(reading, text);
  for (const { setting } of reading.definitions) for (const { place } of [setting, ...setting.words]) within(place.line, text, 'a setting');
  settleDefinitions(reading.definitions);
}

function checkUnit(bytes: Uint8Array): void {
  const text = decode(bytes);
  const lines = text.split(/\r?\n/);
  for (const { place, words } of same(() => parseUnitFile(text, 'systemd/a.service'))) {
    within(place.line, text, 'a setting');
    for (const word of words) if (!(lines[word.place.line - 1] ?? '').includes(word.text)) throw new Error(`"${word.text}" does not stand in line ${word.place.line}`);
  }
}

async function* chunksOf(bytes: Uint8Array, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield Buffer.from(bytes.subarray(at, at + size));
}
async function readLog(bytes: Uint8Array, size: number, detail: 'files' | 'patches'): Promise<LoggedCommit[] | null> {
  const commits: LoggedCommit[] = [];
  try {
    for await (const commit of parseLog(chunksOf(bytes, size), detail)) commits.push(commit);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return null;
  }
  return commits;
}
/** However the bytes arrive, they say the same. */
async function checkLog(bytes: Uint8Array): Promise<void> {
  const log = Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll('\\0', '\0').replaceAll('\\1', '\u0001'), 'latin1');
  for (const detail of ['files', 'patches'] as const) {
    const whole = await readLog(log, Math.max(1, log.length), detail);
    expect(await readLog(log, 7, detail)).toEqual(whole);
    expect(await readLog(log, 1, detail)).toEqual(whole);
  }
}

function checkMessage(bytes: Uint8Array): void {
  const text = decode(bytes);
  for (const { name, value } of same(() => parseTrailers(text))) if (name === '' || /\n/.test(name + value)) throw new Error(`trailer ${JSON.stringify(name)}`);
  const [subject = ''] = text.split('\n');
  const read = same(() => parseSubject(subject, (id) => id === 'kiln'));
  if (read.prefix === '' || read.claims.includes('')) throw new Error('an empty word');
}

function checkNames(bytes: Uint8Array): void {
  const buffer = Buffer.from(bytes);
  const path = decodePath(buffer);
  if (!encodePath(path).equals(buffer)) throw new Error(`another path: ${JSON.stringify(path)}`);
  unquotePath(buffer);
  unquotePath(Buffer.concat([Buffer.from('"'), buffer, Buffer.from('"')]));
  const safe = escapeControls(decode(bytes));
  if (unsafeCharacters(safe).length > 0) throw new Error(`unsafe: ${JSON.stringify(safe)}`);
}

const origins = { born: () => null, changed: () => null } as unknown as Parameters<typeof readAlert>[0]['origins'];
function checkJson(bytes: Uint8Array): void {
  const text = decode(bytes);
  const read = readAlert({ path: 'machine-docs/alerts/20260203T040506Z-a-b.json', bytes: Buffer.from(bytes), origins });
  JSON.stringify(read);
  const alert = parseAlert('20260203T040506Z-a-b', text);
  if (alert !== null) expect(parseAlert(alert.id, formatAlert(alert))).toEqual(alert);
  const known = mayRefuse(() => readBaseline(text), text);
  if (known !== null) expect(new Set(readBaseline(printBaseline(known)).map(({ fingerprint }) => fingerprint))).toEqual(new Set(known.map(({ fingerprint }) => fingerprint)));
  mayRefuse(() => readHostCall(text, null), text);
}

function textsOf(value: unknown, key = ''): string {
  if (typeof value === 'string') return key === 'type' ? '' : value;
  return typeof value === 'object' && value !== null ? Object.entries(value).map(([name, each]) => textsOf(each, name)).join(' ') : '';
}

/** What may stand on the page: every letter and digit of the text does. */
function checkPage(bytes: Uint8Array): void {
  const text = decode(bytes).replaceAll(/\r\n?/g, '\n');
  const blocks = same(() => readBlocks(text, 1));
  const letters = (each: string): number => each.match(/[a-z]/g)?.length ?? 0;
  const shown = textsOf(blocks);
  if (letters(shown) < letters(text)) throw new Error(`${letters(shown)} letters of ${letters(text)}`);
  for (const line of text.split('\n')) readInline(line, () => null);
}

const yaml = ['a: b', '- x', '  ', '    ', '[', ']', '{', '}', ', ', ': ', '&a ', '*a', '<<: *a', '? ', '"x"', "'y'", '|', '>', '!!str ', '!x ', '%YAML 1.1', '---', '...', '# c', '~', 'null', 'true', '1', '1e10', '0x1', '.inf', '\t'];
const json = ['{', '}', '[', ']', ',', ':', '"a":', '"x"', '1', '-1', '1e999', 'true', 'null', '"\\u0000"', '"\\ud800"', '"__proto__":', '"schemaVersion": 1', '"known": []', '{"fingerprint": "x"}', '"app": "kiln"', '"reason": "held-major"', '"ts": "20260203T040506Z"', '"version": "1"', '"state": "closed"', '"hook_event_name": "Stop"', '"stop_hook_active": true', '"cwd": "/"'];

export const targets: Target[] = [
  { name: 'recognisers', runs: 30, grammar: documents, check: (bytes) => checkDocument(documentNames, bytes) },
  { name: 'outline', runs: 75, grammar: documents, check: checkOutline },
  { name: 'notation', runs: 100, grammar: notation, check: checkNotation },
  { name: 'patterns', grammar: { corpus: ['patterns/'], joints: ['\n', '\n', ''], frames: [['', ''], ['', '\n===\na1\n===\nb']], pieces: ['~ [..]', '~ [TIME]', '~ [N]x[..]', '~ [JOB][BAD]', '/ a{2,}', '/ (a|b)*', '/ (?i)x', '/ \\d+', '/ [', '= x', '= \\x1b', '? 1', '…', '...', 'plain', '===', '404', 'a1', '2026-01-02T03:04:05Z', '\u001b[31m', ' '] }, check: checkPatternPair },
  { name: 'receipts', grammar: { corpus: ['receipts/'], joints: ['', ''], frames: [['', ''], ['<!-- docket-receipt v1 ', ' -->']], pieces: [...json, '<!--', '-->', '<!-- docket-receipt v1 ', '--', '<!-- docket-receipt v2 ', '"kind":"record"', '"sum":"a"', '"v":1'] }, check: checkReceipt },
  { name: 'configuration', grammar: { corpus: ['config/'], joints: ['\n', '\n', ''], pieces: [...yaml, 'landing: main', 'phases: [a, b]', 'defaultPhase: x', 'freshness: 24h', 'freshness: -1h', 'evidence: {claim: recorded}', 'evidence:', '  gates: {M1: attested}', 'roles:', '  builder: [a]', 'documents:', '  a.md: JOURNAL-x.md', 'rules:', '  secret: off', '  secret: {level: error, options: {a: 1}}', 'redactions: {A: "("}', 'inputs: [a]', 'prepare: [npm, ci]', 'prepare: [[a], b]', 'deferred: {sections: move}', 'ci: {forge: github, url: x}', '__proto__: {a: b}', 'constructor: x'] }, check: checkConfig },
  { name: 'front matter', grammar: { corpus: ['config/'], joints: ['\n', '\n', ''], pieces: front }, check: checkFrontMatter },
  { name: 'infra specification', grammar: { corpus: ['infra/'], joints: ['\n', '\n', '', ', '], frames: [['', ''], ['version: 1\napps:\n  a:\n', '\n'], ['version: 1\napps: {a: {', '}}\n']], pieces: [...yaml, '    wanted: 1.0', '    driver: {kind: exec, current: [a], deploy: [b]}', 'driver: {kind: swarm, service: x}', 'driver: {kind: systemd, unit: x.service}', '    runs_in: a.service', '    serves: [https://a.example/]', '    via: [a]', '    gate: [{name: x, url: https://a.example/, expect: {status: [200]}}]', 'gate: [{name: x, tcp: "a:1"}]', 'gate: [{name: x, command: [a], expect: {exit: 0, stdout: "("}}]', '    timing: {within: 3s}', 'hold: {major: true, notes_match: "("}', 'negative_controls: [{name: x, break: [a], restore: [b], within: 2s}]', '    domain: a.example', 'health_ok: [200]', 'order: {units: ["../x"], compose: [a]}', 'version: 1', 'apps:', '  b:', '${version}', '${versoin}'] }, check: checkSpec },
  { name: 'compose', grammar: { corpus: ['compose/'], joints: ['\n', '\n', ''], frames: [['', ''], ['services:\n', '\n']], pieces: [...yaml, 'services:', '  web:', '    depends_on: [db]', '    depends_on: {db: {condition: x}}', '  db: {}', '    <<: *a', '  x: &a', '    links: ["a:b"]', '    extends: web', '    network_mode: service:db', 'include: [a]'] }, check: (bytes) => checkPlaces(same(() => readCompose(decode(bytes), 'compose.yml')), decode(bytes)) },
  { name: 'nix', grammar: { corpus: ['nix/'], joints: [' ', ' ', '\n', ''], frames: [['', ''], ['{ ', ' }'], ['let ', ' in { systemd.services.x.after = a; }'], ['{ systemd.services.x = { ', ' }; }']], pieces: ['{', '}', '[', ']', '(', ')', ';', '=', '.', ':', ',', '@', '?', '...', '++', '//', '+', '-', '==', '->', '!', 'let', 'in', 'with lib;', 'rec', 'inherit', 'inherit (x) a;', 'if a then', 'else', 'assert', 'or', 'a = a;', 'a = b;', 'b = a ++ a;', 'a = "${b}${b}";', 'b = "x.service";', 'systemd.services.x.after = [ "a.service" ];', 'after = a;', 'unitConfig.After = "a b";', 'mkIf x', 'mkForce', 'mkMerge [', 'optional x "a"', '"', "''", '${', '"${x}"', '/*', '*/', '#', './a/b.nix', '<nixpkgs>', 'https://x.y', '1.5', 'null', 'x: y', '{ a, ... }:', 'a.b.c'] }, check: checkNix },
  { name: 'systemd units', grammar: { corpus: ['units/'], joints: ['\n', '\n', ' ', ''], pieces: ['[Unit]', '[Install]', '[X', ']', 'After=a.service', 'After=', 'After = a b', 'Before=a\\', '\\', '\\\\', '# c', '; c', '  # c', 'WantedBy=multi-user.target', '=', 'x', '"a b"', '%i', 'a@b.service'] }, check: checkUnit },
  { name: 'git log', grammar: { corpus: ['git/'], joints: ['\\0', '\n', '', ''], frames: [['', ''], [`\\1${'a'.repeat(40)}\\0\\0A\\0a@b\\01700000000\\01700000000\\0s\n\nb\\0\\0\n`, '']], pieces: ['\\1', '\\0', 'a'.repeat(40), '1700000000', '-1', ':100644 100644 abc def M', ':100644 000000 abc 000 D', ':100644 100644 a b R090', 'a.md', 'b\n.md', '"q"', 'diff --git a/x b/x', 'index a..b', '--- a/x', '+++ b/x', '@@ -1,2 +1 @@ x', '@@ -0,0 +1,3 @@', '@@', '-old', '+new', '\\ No newline at end of file', '\n'] }, check: checkLog },
  { name: 'commit messages', grammar: { corpus: ['git/'], joints: ['\n', '\n', '\n\n', ' ', ''], pieces: ['claim(kiln-K1):', 'review(kiln): M1 PASS + M2 FAIL', 'status+journal: x', 'fix!:', 'fixup! x', '(', ')', 'M1+M2', 'K1..K4', 'conditional', 'no verdict', 'Closes-Deferred: x', 'Phase: kiln', '  folded', 'Signed-off-by: a', '(cherry picked from commit a)', '# c', 'Conflicts:', '\ta', '# ------------------------ >8 ------------------------', 'x:', ':', ''] }, check: checkMessage },
  { name: 'names and escapes', grammar: { corpus: ['git/'], joints: ['', '/'], pieces: ['\\x41', '\\x5c', '\\x', '\\', '"', '\\303', '\\n', 'a', 'é', '\u001b]8;;x\u0007', '\u009b', '\u202e'] }, check: checkNames },
  { name: 'JSON of alerts, baselines and hosts', grammar: { corpus: ['receipts/'], joints: [' ', ', ', ''], frames: [['', ''], ['{', '}'], ['{"schemaVersion": 1, "known": [', ']}']], pieces: json }, check: checkJson },
  { name: 'text of the page', grammar: documents, check: checkPage },
];
