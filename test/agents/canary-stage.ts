import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeRepository, type Repository } from '../support/make-repository.ts';
import { askDocket, runDocket, type Answer } from '../support/run-docket.ts';

/** The word that stands in no place but hidden ones; a number tells which. */
export const canary = 'quetzal';

export interface CanaryStage extends Repository {
  /** The last commit before the claim. */
  unclaimed: string;
  run(...args: string[]): Promise<Answer>;
  /** As it was committed. */
  restore(): void;
}

const check = `#!/bin/bash
value=$(cat level)
echo "level $value"
if [ "$value" = high ]; then exit 0; fi
echo "too low: $value" >&2
exit 7
`;

const recorded = `\`\`\`console repro id=gauge claim=M1
# red @BASE: ${canary}01 as it was before
# ${canary}02 explains what is looked at
$ bash gauge.sh
→ level low
→2 too low: low
→? 7 ← FAILS ${canary}03 because of the level
# green: ${canary}04 raised
$ bash gauge.sh
→ level high
→? 0 ← PASSES ${canary}05 at last
# neg +revert: ${canary}06 taken back
$ bash gauge.sh
→ level low
→2 too low: low
→? 7 ← FAILS ${canary}07 again
\`\`\`
`;

const journal = `---
status: ${canary}08
---
# JOURNAL — ${canary}09

Words before all entries, ${canary}10, and \`src/${canary}11.py\`.

## 2026-03-02T10:00Z — ${canary}12 at the start {#${canary}13}

**${canary}14 field:** ${canary}15 value, holds by construction ${canary}16.

Later: TODO ${canary}17, see src/${canary}18.py:3 and 0123abc${'d'.repeat(33)} and F-${canary}19.

## 2026-03-02 — second ${canary}20

\`\`\`console repro id=${canary}21
# red @HEAD~1: ${canary}22
$ echo ${canary}23
→ ${canary}24
→? 0 ← FAILS ${canary}25
\`\`\`

\`\`\`console repro id=${canary}26 claim=${canary.toUpperCase()}9
# green
$ echo ${canary}27
→ ${canary}27
\`\`\`

**${canary}28 by hand:**

\`\`\`console
$ echo ${canary}29   # ${canary}30
${canary}31
\`\`\`

DB_PASSWORD=${canary}32hunter2secretword

## 13.6.2026 ${canary}33 not read

### ${canary}34 container

Next: ${canary}35.
`;

const files: Record<string, string> = {
  'machine-docs/docket.yaml': 'phases: [pvfix, pxgate]\n',
  'machine-docs/BACKLOG-pvfix.md': '# BACKLOG\n\n## Build backlog\n- [ ] probe the proxy\n\n## Adversary findings\n\n### A1 [adversary] deploy-proxy waits for the dashboard\n- **Status:** OPEN\n',
  'machine-docs/BACKLOG-pxgate.md': '# BACKLOG\n\n## Build backlog\n- [ ] probe-the-proxy\n',
  'machine-docs/REVIEW-pxgate.md': '# REVIEW\n\n## VETO the rollback was never tried\n\nScoped to M2.\n\n## 2026-03-01 — dashboard probe, orientation\n\nSee gauge, src/a.py:1 and 2026-03-02.\n',
  'machine-docs/DEFERRED.md': '# DEFERRED\n\n## Open deferrals\n\n### 2026-06-13 — circular\n- [ ] **What:** order the probe\n- **Re-entry trigger:** before M1 is claimed\n\n## Closed deferrals\n',
  'machine-docs/DECISIONS.md': '# DECISIONS\n\n## Settled\n- **Health gate:** asks the proxy, see journal 2026-03-02.\n',
  'machine-docs/BUILDER-INBOX.md': '# BUILDER-INBOX\n\n@2026-03-02T09:00Z — Adversary: look at the gate.\n',
  'runner/warm_reconcile.py': Array.from({ length: 130 }, (_, line) => `line ${line}\n`).join(''),
  'notes.md': 'notes\n', 'repro.md': 'repro\n', 'claim.md': 'WHAT: it\n\nHOW: `./probe.sh`\n\nEXPECTED: `./probe.sh` exits 0\n\nWHERE: probe.sh\n',
  'probe.sh': 'exit 0\n', 'gauge.sh': check, level: 'low\n',
};

const claim = '# STATUS\n\n## Gate: M1 — CLAIMED, awaiting Adversary\n\n### WHAT\n\nthe level is high\n\n### HOW\n\n`docket replay gauge`\n\n### EXPECTED\n\n`docket replay gauge` proves it\n\n### WHERE\n\ngauge.sh\n';

/** A repository whose gate pxgate/M1 is claimed and not judged, with the word in every place that is hidden from the Adversary until it is. */
export async function makeCanaryStage(): Promise<CanaryStage> {
  const repository = makeRepository();
  const state = mkdtempSync(join(tmpdir(), 'docket-state-'));
  const environment = { XDG_STATE_HOME: state };
  const run = (...args: string[]): Promise<Answer> => runDocket(['-C', repository.dir, ...args], undefined, environment);
  for (const [path, content] of Object.entries(files)) repository.write(path, content);
  const base = repository.commit('feat(pxgate): a gauge', '2026-03-02T08:00:00Z');
  repository.write('level', 'high\n');
  repository.write('machine-docs/JOURNAL-pxgate.md', journal);
  repository.commit('fix(pxgate): raise the level', '2026-03-02T09:00:00Z');
  const file = join(state, 'gauge.md');
  writeFileSync(file, recorded.replace('BASE', base));
  const record = ['record', 'gauge', '--claim', 'pxgate/M1', '--file', file];
  const { data: planned } = await askDocket([...record, '--plan'], repository.dir, environment);
  const { data, diagnostics } = await askDocket([...record, '--consent', String((planned['plan'] as { digest: string } | undefined)?.digest)], repository.dir, environment);
  if (data['verdict'] !== 'proven') throw new Error(`the recording is ${JSON.stringify([planned, data, diagnostics])}`);
  const unclaimed = repository.commit('journal(pxgate): gauge recorded', '2026-03-02T10:00:00Z');
  // An edit of what stands there, which is against the rules of a journal.
  const standing = repository.git('show', 'HEAD:machine-docs/JOURNAL-pxgate.md');
  repository.write('machine-docs/JOURNAL-pxgate.md', `${standing.replace(`${canary}10`, `${canary}36`)}\n\n## 2026-03-03 — ${canary}37 added\n\nWords.\n`);
  repository.commit('journal(pxgate): reworded', '2026-03-02T10:30:00Z');
  repository.write('machine-docs/STATUS-pxgate.md', claim);
  const head = repository.commit('claim(pxgate-M1): the level is high', '2026-03-02T11:00:00Z');
  return {
    ...repository, run, unclaimed,
    restore() {
      repository.git('checkout', '-q', '-f', 'main');
      repository.git('reset', '-q', '--hard', head);
      repository.git('clean', '-qfd');
    },
    remove() {
      repository.remove();
      rmSync(state, { recursive: true, force: true });
    },
  };
}
