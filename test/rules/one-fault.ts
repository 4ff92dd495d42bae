import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openBuilds } from '../../src/ledger/builds/known-builds.ts';
import { checkDocket } from '../../src/rules/check/check-docket.ts';
import { makeRepository } from '../support/make-repository.ts';
import type { Repository } from '../support/make-repository.ts';

/** The moment for which the docket is judged: an hour after its last commit. */
const clock = Date.UTC(2026, 4, 4, 12) / 1000;
const at = (hour: number): string => `2026-05-04T${String(hour).padStart(2, '0')}:00:00Z`;

const item = (box: string, title: string, more = ''): string => `### 2026-05-01 — ${title}\n- [${box}] **What:** \`src/${title.split(' ')[0]}.txt\` wants it\n- **Filed by:** Builder, phase ux\n- **Reason for deferral:** time\n${more}\n`;
const claim = (gate: string): string => `## Gate: ${gate} — CLAIMED, awaiting Adversary\n\n### WHAT is claimed\n\nThe mill turns.\n\n### HOW to verify\n\n\`./turn.sh\`\n\n### EXPECTED\n\n\`./turn.sh\` exits 0\n\n### WHERE\n\n\`src/mill.txt\`\n`;

/** A record of two phases in which no rule finds anything: one is done, the other is at work. */
function makeClean(): Repository {
  const repo = makeRepository();
  repo.write('src/mill.txt', 'oak\n');
  repo.write('src/vane.txt', 'tin\n');
  repo.write('turn.sh', '#!/bin/sh\n');
  repo.write('machine-docs/docket.yaml', 'phases: [tq, ux]\nrules: {claim-without-evidence: off}\n');
  repo.write('machine-docs/JOURNAL-tq.md', '# JOURNAL — tq\n\n## 2026-05-01T08:00Z — Millstone dressed\n\nTwelve furrows.\n');
  repo.write('machine-docs/JOURNAL-ux.md', '# JOURNAL — ux\n\n## 2026-05-02T08:00Z — Vane bent\n\nIt turns with the wind.\n');
  repo.write('machine-docs/DEFERRED.md', `# DEFERRED\n\n## Open deferrals\n\n${item(' ', 'vane squeaks')}## Closed deferrals\n\n(none yet)\n`);
  repo.write('machine-docs/DECISIONS.md', '# DECISIONS\n\n## Settled\n\n- **Stone from the quarry:** it is hard.\n- **Sails of linen:** they are light.\n');
  repo.write('machine-docs/BACKLOG-ux.md', '# BACKLOG — ux\n\n## Build backlog\n\n- [ ] grease the axle\n\n## Adversary findings\n\n### A1 [adversary] the vane sticks\n- **Status:** OPEN\n');
  repo.write('machine-docs/REVIEW-ux.md', '# REVIEW — ux\n\n## Verdicts\n\n(none yet)\n');
  repo.write('machine-docs/STATUS-ux.md', '# STATUS — ux\n\nAt work.\n');
  repo.commit('chore: begin', '2026-05-03T01:00:00Z');
  repo.write('machine-docs/STATUS-tq.md', `# STATUS — tq\n\n${claim('M1')}`);
  repo.commit('claim(tq-M1): the mill turns', at(1));
  repo.write('machine-docs/REVIEW-tq.md', '# REVIEW — tq\n\n## M1 — the mill: PASS @2026-05-04T02:00Z\n\nSeen turning.\n');
  repo.commit('review(tq-M1): M1 PASS', at(2));
  repo.write('machine-docs/STATUS-tq.md', `# STATUS — tq\n\n${claim('M1')}\n## DONE\n\nM1 has its PASS.\n`);
  repo.commit('status(tq): done', at(3));
  return repo;
}

/** Puts the fault in; what it leaves uncommitted is committed, unless it says that this is the fault. */
type Mutate = (repo: Repository, tools: Tools) => 'uncommitted' | void;
interface Tools {
  add(path: string, text: string): void;
  swap(path: string, old: string, now: string): void;
  commit(message: string): string;
}

const docs = 'machine-docs';
const infra = (gate: string, more = ''): string => `version: 1\napps:\n  mill:\n    wanted: 1.0.0\n    runs_in: mill.service\n    gate: [${gate}]\n${more}order: {units: ["systemd/*.service"]}\n`;
const good = '{name: page, url: https://mill.example/, expect: {status: [200], json: {version: "${version}"}}}';
const known = (rule: string): string => `    {"fingerprint":"${rule}00","rule":"${rule}","path":"machine-docs/DEFERRED.md","entry":null,"found":"something"}`;
const baseline = (...rules: string[]): string => `{\n  "schemaVersion": 1,\n  "known": [\n${rules.map(known).join(',\n')}\n  ]\n}\n`;

const standstill = '→2 it stands still\n→? 7';
/** A reproduction as somebody writes it, without fault but that nobody recorded it. */
const turning = `# red @HEAD~1: before\n$ ./turn.sh\n${standstill}\n\n# green: after\n$ ./turn.sh\n→ it turns\n→? 0\n\n# neg +revert: it has teeth\n$ ./turn.sh\n${standstill}`;
const probe = (body: string, hour = '08', rest = ''): string => `\n## 2026-05-03T${hour}:00Z — Turned\n\n\`\`\`console repro id=turn\n${body}\n\`\`\`\n${rest}`;

/** One fault for each rule; all else of the record stays in order. */
export const faults: Readonly<Record<string, Mutate>> = {
  'conflict-marker': (_repo, { add }) => add(`${docs}/JOURNAL-ux.md`, '\n<<<<<<< ours\nx\n=======\ny\n>>>>>>> theirs\n'),
  'file-location': (_repo, { add }) => add('JOURNAL-zz.md', '# JOURNAL — zz\n\n## 2026-05-02T08:00Z — Begun\n\nHere.\n'),
  'unknown-document': (_repo, { add }) => add(`${docs}/LORE.md`, '# Lore\n'),
  unparsed: (_repo, { add }) => add(`${docs}/DEFERRED.md`, '\n## Open deferrals\n\n- The sails, some day.\n'),
  'front-matter': (repo) => repo.write(`${docs}/JOURNAL-zz.md`, '---\ngates: [M1\n---\n# JOURNAL — zz\n'),
  'baseline-grown': (repo, { commit }) => {
    repo.write(`${docs}/docket-baseline.json`, baseline('unparsed'));
    commit('chore: baseline');
    repo.write(`${docs}/docket-baseline.json`, baseline('unparsed', 'future-time'));
  },
  'duplicate-id': (_repo, { add }) => add(`${docs}/BACKLOG-ux.md`, '\n### A1 [adversary] the vane is bent\n- **Status:** OPEN\n'),
  'dangling-commit': (_repo, { add }) => add(`${docs}/JOURNAL-ux.md`, '\n## 2026-05-03T08:00Z — Mended\n\nIn commit 4c1d9e7a.\n'),
  'dangling-link': (_repo, { add }) => add(`${docs}/JOURNAL-ux.md`, '\n## 2026-05-03T08:00Z — Mended\n\nSee `src/gone.txt:4`.\n'),
  'ambiguous-link': (_repo, { add }) => {
    add(`${docs}/BACKLOG-vy.md`, '# BACKLOG — vy\n\n## Build backlog\n\n## Adversary findings\n\n### A1 [adversary] the stair creaks\n- **Status:** OPEN\n');
    add(`${docs}/DECISIONS.md`, '- **Tin for the vane:** it answers finding A1.\n');
  },
  'unlanded-commit': (repo, { add }) => {
    repo.git('checkout', '-q', '-b', 'side');
    repo.write('src/side.txt', 'x\n');
    const sha = repo.commit('fix: side', at(4));
    repo.git('checkout', '-q', 'main');
    add(`${docs}/JOURNAL-ux.md`, `\n## 2026-05-03T08:00Z — Mended\n\nIn commit ${sha.slice(0, 10)}.\n`);
  },
  'rewritten-commit': (repo, { add }) => {
    repo.git('checkout', '-q', '-b', 'side');
    repo.write('src/side.txt', 'x\ny\nz\n');
    const sha = repo.commit('fix: side', at(4));
    repo.git('checkout', '-q', 'main');
    repo.write('src/main.txt', 'm\n');
    repo.commit('fix: main', at(4));
    repo.git('cherry-pick', sha);
    repo.git('branch', '-q', '-D', 'side');
    add(`${docs}/JOURNAL-ux.md`, `\n## 2026-05-03T08:00Z — Mended\n\nIn commit ${sha.slice(0, 10)}.\n`);
  },
  'deferred-wrong-section': (_repo, { swap }) => swap(`${docs}/DEFERRED.md`, '(none yet)\n', item(' ', 'mill rattles')),
  'deferred-closed-without-pointer': (_repo, { swap }) => swap(`${docs}/DEFERRED.md`, '## Closed', `${item('x', 'mill rattles')}## Closed`),
  'deferred-duplicate': (_repo, { swap }) => swap(`${docs}/DEFERRED.md`, '## Closed', `${item(' ', 'vane squeaks').replace('05-01', '05-03')}## Closed`),
  'deferred-triggered': (_repo, { swap }) => swap(`${docs}/DEFERRED.md`, '## Closed', `${item(' ', 'mill rattles', '- **Re-entry trigger:** once M1 of tq is claimed\n')}## Closed`),
  'deferred-elsewhere': (_repo, { add }) => add(`${docs}/JOURNAL-ux.md`, '\n## 2026-05-03T08:00Z — Axle seen\n\nThe axle squeaks; will fix in a follow-up.\n'),
  'deferred-not-closed': (repo, { commit }) => {
    repo.write('src/vane.txt', 'tin, greased\n');
    commit('fix: grease\n\nCloses-Deferred: 2026-05-01-vane-squeaks');
  },
  'deferred-reopened': (repo, { commit, swap }) => {
    repo.write('src/vane.txt', 'tin, greased\n');
    const sha = commit('fix: grease');
    swap(`${docs}/DEFERRED.md`, '- [ ] **What:**', '- [x] **What:**');
    swap(`${docs}/DEFERRED.md`, '- **Reason for deferral:** time\n', `- **Reason for deferral:** time\n- **Closed:** 2026-05-04 by ${sha.slice(0, 12)} ("fix: grease") · landed by ancestor\n`);
    commit('deferred: closed');
    repo.git('revert', '--no-edit', sha);
  },
  'misattributed-close': (repo, { commit }) => {
    repo.write('README.md', 'x\n');
    commit('docs: readme\n\nCloses-Deferred: 2026-05-01-vane-squeaks');
  },
  'supersede-cycle': (_repo, { add }) => add(`${docs}/DECISIONS.md`, '\n## Wind first (supersedes "Water first")\n\nIt blows.\n\n## Water first (supersedes "Wind first")\n\nIt flows.\n'),
  'supersede-twice': (_repo, { add }) => add(`${docs}/DECISIONS.md`, '\n## Wind first (supersedes "Sails of linen")\n\nIt blows.\n\n## Water first (supersedes "Sails of linen")\n\nIt flows.\n'),
  'supersede-one-sided': (_repo, { add }) => add(`${docs}/DECISIONS.md`, '\n## Wind first — superseded by "Stone from the quarry"\n\nIt blows.\n'),
  'supersede-unknown': (_repo, { add }) => add(`${docs}/DECISIONS.md`, '\n## Wind first (supersedes the rule of tides)\n\nIt blows.\n'),
  'retired-decision-cited': (_repo, { add }) => {
    add(`${docs}/DECISIONS.md`, '\n## Sails of silk (supersedes "Sails of linen")\n\nLighter yet.\n');
    add(`${docs}/STATUS-ux.md`, '\nWe sew, as decided in "Sails of linen".\n');
  },
  'claim-without-commit': (repo, { add, commit }) => {
    add(`${docs}/STATUS-ux.md`, `\n${claim('M4')}`);
    repo.write('src/mill.txt', 'oak\n');
    commit('status(ux): M4');
  },
  'claim-incomplete': (_repo, { add, commit }) => {
    add(`${docs}/STATUS-ux.md`, `\n${claim('M4').replace(/### HOW[^#]*/u, '')}`);
    commit('claim(ux-M4): it turns');
  },
  'claim-without-evidence': (_repo, { swap }) => swap(`${docs}/docket.yaml`, 'rules: {claim-without-evidence: off}\n', ''),
  'expected-without-command': (_repo, { add, commit }) => {
    add(`${docs}/STATUS-ux.md`, `\n${claim('M4').replaceAll('`./turn.sh`', 'Look at it; it').replace('Look at it; it exits 0', '- it turns when the wind blows')}`);
    commit('claim(ux-M4): it turns');
  },
  'verdict-without-claim': (_repo, { swap, commit }) => {
    swap(`${docs}/REVIEW-ux.md`, '(none yet)', '### M4 — PASS @2026-05-04T04:00Z\n\nSeen.');
    commit('review(ux-M4): M4 PASS');
  },
  'done-placeholder': (_repo, { add }) => add(`${docs}/STATUS-ux.md`, '\n## DONE\n\nNot yet.\n'),
  'done-not-allowed': (_repo, { add }) => add(`${docs}/STATUS-vy.md`, '# STATUS — vy\n\n## Gate: M2 — IN FLIGHT\n\nIt turns.\n\n## DONE\n\nAll turns.\n'),
  'finding-open-at-done': (_repo, { add }) => add(`${docs}/STATUS-ux.md`, '\n## DONE\n\nAll turns.\n'),
  'done-missing': (_repo, { swap }) => swap(`${docs}/STATUS-tq.md`, '\n## DONE\n\nM1 has its PASS.\n', ''),
  'veto-standing': (_repo, { add }) => add(`${docs}/REVIEW-ux.md`, '\n## VETO the rollback was never tried\n\nTry it.\n'),
  'verdict-stale': (repo, { commit }) => {
    repo.write(`${docs}/STATUS-ux.md`, `# STATUS — ux\n\n${claim('M4')}`);
    commit('claim(ux-M4): it turns');
    repo.write(`${docs}/REVIEW-ux.md`, '# REVIEW — ux\n\n## M4 — PASS @2026-05-04T06:00Z\n\nSeen.\n');
    commit('review(ux-M4): M4 PASS');
    repo.write('src/mill.txt', 'elm\n');
    commit('claim(ux-M4): again, of elm');
  },
  'gate-disagreement': (repo, { commit }) => {
    repo.write(`${docs}/STATUS-ux.md`, `# STATUS — ux\n\n${claim('M4')}`);
    commit('claim(ux-M4): it turns');
    repo.write(`${docs}/REVIEW-ux.md`, '# REVIEW — ux\n\n## M4 — PASS @2026-05-04T06:00Z\n\nSeen.\n');
    commit('review(ux-M4): M4 FAIL');
  },
  'claim-dirty-tree': (repo, { add }) => {
    add(`${docs}/STATUS-ux.md`, `\n${claim('M4')}`);
    repo.write('src/mill.txt', 'elm\n');
    return 'uncommitted';
  },
  'claim-ci-failing': (repo, { add }) => {
    const ci = { forge: 'forgejo' as const, url: 'https://forge.example/mill/tq', required: 'all' as const, seals: [] };
    add(`${docs}/docket.yaml`, `ci: {forge: ${ci.forge}, url: '${ci.url}'}\n`);
    const status = { context: 'ci/test', state: 'failure', outcome: 'failed' as const, description: null, url: null, at: null, source: 'status' as const };
    openBuilds({ commonDir: join(repo.dir, '.git') }, ci).keep({ commit: repo.git('rev-parse', 'HEAD~2'), asked: at(4), statuses: [status] });
  },
  'no-commit': (_repo, { add }) => add(`${docs}/JOURNAL-ux.md`, probe(turning)),
  'repro-notation': (_repo, { add }) => add(`${docs}/JOURNAL-ux.md`, probe(`${turning}\nwhat is this`)),
  'unsafe-replay': (_repo, { add }) => add(`${docs}/JOURNAL-ux.md`, probe(turning.replaceAll('./turn.sh', 'ssh mill ./turn.sh'))),
  'note-contradicts-role': (_repo, { add }) => add(`${docs}/JOURNAL-ux.md`, probe(turning.replace(standstill, `${standstill} ← PASSES`))),
  'no-exit-status': (_repo, { add }) => add(`${docs}/JOURNAL-ux.md`, probe(turning.replace('→ it turns\n→? 0', '→ it turns'))),
  'missing-neg': (_repo, { add }) => add(`${docs}/JOURNAL-ux.md`, probe(turning.replace(/\n\n# neg[^]*/u, '').replace('after\n$ ./turn.sh', 'after\n$ ./turn.sh --new'))),
  vacuous: (_repo, { add }) => add(`${docs}/JOURNAL-ux.md`, probe(turning.replace('→ it turns\n→? 0', '→ …'))),
  'duplicate-reproduction': (_repo, { add }) => add(`${docs}/JOURNAL-ux.md`, probe(turning) + probe(turning, '09')),
  'receipt-unreadable': (_repo, { add }) => add(`${docs}/JOURNAL-ux.md`, probe(turning, '08', '\n<!-- docket-receipt v1 {"id": -->\n')),
  'reasoned-evidence': (_repo, { add }) => add(`${docs}/JOURNAL-ux.md`, '\n## 2026-05-03T08:00Z — Turned\n\n**Negative control:** holds by construction.\n'),
  'orphan-observation': (_repo, { add }) => add(`${docs}/JOURNAL-ux.md`, probe('# green\n→ it turns')),
  'backlog-stale': (repo) => repo.write(`${docs}/BACKLOG-tq.md`, '# BACKLOG — tq\n\n## Build backlog\n\n- [ ] **CLAIM M1** — awaiting Adversary review\n'),
  'not-owner': (_repo, { swap, commit }) => {
    swap(`${docs}/REVIEW-ux.md`, '(none yet)', '### 2026-05-04 — a look around\n\nAll is well.');
    commit('feat(ux): vane');
  },
  'append-only': (_repo, { swap }) => swap(`${docs}/JOURNAL-ux.md`, 'with the wind', 'against the wind'),
  'verdict-rewritten': (_repo, { swap, commit }) => {
    swap(`${docs}/REVIEW-tq.md`, 'PASS @2026-05-04T02:00Z', 'PASS @2026-05-04T02:01Z');
    commit('review(tq-M1): M1 PASS, its time set right');
  },
  'other-side-ticked': (_repo, { swap, commit }) => {
    swap(`${docs}/BACKLOG-ux.md`, 'OPEN', 'CLOSED');
    commit('fix(ux): the vane');
  },
  'inbox-verdict': (_repo, { add, commit }) => {
    add(`${docs}/BUILDER-INBOX.md`, '@2026-05-04T04:00Z — Adversary: M4 PASS.\n');
    commit('inbox: word');
  },
  'inbox-overwritten': (_repo, { add, commit, swap }) => {
    add(`${docs}/BUILDER-INBOX.md`, '@2026-05-04T04:00Z — Adversary: mind the vane.\n');
    commit('inbox: word');
    swap(`${docs}/BUILDER-INBOX.md`, '@2026-05-04T04:00Z — Adversary: mind the vane.', '@2026-05-04T05:00Z — Adversary: never mind the rest of it.');
    commit('inbox: another');
  },
  'inbox-unread-at-claim': (_repo, { add, commit }) => {
    add(`${docs}/BUILDER-INBOX.md`, '@2026-05-04T04:00Z — Adversary: mind the vane.\n');
    commit('inbox: word');
    add(`${docs}/STATUS-ux.md`, `\n${claim('M4')}`);
    commit('claim(ux-M4): it turns');
  },
  'future-time': (_repo, { swap, commit }) => {
    swap(`${docs}/JOURNAL-ux.md`, 'It turns with the wind.\n', 'It turns with the wind.\n\n## 2026-05-04T23:00Z — Tomorrow\n\nIt blew.\n');
    commit('journal(ux): tomorrow');
  },
  'time-without-zone': (_repo, { add }) => add(`${docs}/JOURNAL-ux.md`, '\n## 2026-05-03 02:00 — Axle seen\n\nIt turns.\n'),
  'commit-scope': (_repo, { add, commit }) => {
    add(`${docs}/STATUS-ux.md`, `\n${claim('M4')}`);
    commit('claim(ux): it turns');
  },
  'commit-trailer-hidden': (repo, { commit }) => {
    repo.write('src/mill.txt', 'elm\n');
    commit('fix(ux): elm\n\nCloses-Finding: ux/A1\n\nCo-authored-by: Pair <pair@example.org>');
  },
  'review-without-verdict': (_repo, { commit }) => void commit('review(ux): watchdog ping — no formal gate yet'),
  'gate-cycle': (repo) => {
    repo.write(`${docs}/infra.yaml`, infra(good, '  page:\n    wanted: 1.0.0\n    runs_in: page.service\n    serves: [https://mill.example/]\n    gate: [{name: p, url: https://page.example/, expect: {status: [200], json: {version: "${version}"}}}]\n'));
    repo.write('systemd/page.service', '[Unit]\nAfter=mill.service\n');
  },
  'toothless-gate': (repo) => repo.write(`${docs}/infra.yaml`, infra(good.replace('status: [200], json: {version: "${version}"}', 'status: [200, 404, 502]')).replace('order: {units: ["systemd/*.service"]}\n', '')),
  'identity-blind': (repo) => repo.write(`${docs}/infra.yaml`, infra(good.replace(', json: {version: "${version}"}', '')).replace('order: {units: ["systemd/*.service"]}\n', '')),
  'alert-unexplained': (_repo, { add }) => add(`${docs}/alerts/20260504T040000Z-mill-unhealthy-on-latest.json`, '{"app": "mill", "reason": "unhealthy-on-latest"}\n'),
  'alert-cleared-without-record': (repo, { add, commit }) => {
    const path = `${docs}/alerts/20260504T040000Z-mill-unhealthy-on-latest.json`;
    add(path, '{"app": "mill", "reason": "unhealthy-on-latest"}\n');
    commit('alerts: one');
    rmSync(join(repo.dir, path));
  },
  secret: (_repo, { add }) => add(`${docs}/JOURNAL-ux.md`, `\n## 2026-05-03T08:00Z — Asked\n\ncurl -H "Authorization: Bearer ${'q7Zt4Lw9'.repeat(3)}Kd52" https://ci.example/\n`),
  'terminal-escape': (_repo, { add }) => add(`${docs}/JOURNAL-ux.md`, '\n## 2026-05-03T08:00Z — Asked\n\nall green\u001b[1A\n'),
};

/** What a fault cannot be without: DONE over an open finding is not allowed either, a claim whose commit names no gate has no claim commit, and what is written by hand was not recorded. */
export const implied: Readonly<Record<string, readonly string[]>> = { 'finding-open-at-done': ['done-not-allowed'], 'commit-scope': ['claim-without-commit'],
  ...Object.fromEntries(['repro-notation', 'unsafe-replay', 'note-contradicts-role', 'no-exit-status', 'missing-neg', 'duplicate-reproduction'].map((id) => [id, ['no-commit']])),
  vacuous: ['no-commit', 'no-exit-status'],
};

/** The rules that find something in the clean record with one fault put in and committed, by the whole of its history and by its last commit. */
export async function rulesFor(mutate: Mutate | null): Promise<string[]> {
  const repo = makeClean();
  let hour = 4;
  const tools: Tools = {
    add: (path, text) => (repo.write(path, readOr(join(repo.dir, path)) + text), undefined),
    swap: (path, old, now) => {
      const text = readFileSync(join(repo.dir, path), 'utf8');
      if (!text.includes(old)) throw new Error(`${path} has no ${JSON.stringify(old)}`);
      repo.write(path, text.replace(old, () => now));
    },
    commit: (message) => repo.commit(message, at((hour += 1))),
  };
  try {
    const left = mutate?.(repo, tools);
    if (left !== 'uncommitted' && repo.git('status', '--porcelain') !== '') tools.commit('docs: the record');
    const all = await checkDocket(repo.dir, { scope: { kind: 'all' }, clock, cache: false });
    const last = await checkDocket(repo.dir, { scope: { kind: 'range', range: { from: 'HEAD~1', to: 'HEAD' } }, clock, cache: false });
    return [...new Set([...all.findings, ...last.findings].map(({ rule }) => rule))].toSorted();
  } finally {
    repo.remove();
  }
}

function readOr(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

