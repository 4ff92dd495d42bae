import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Envelope } from '../../src/contract/schema/envelope.ts';
import { makeRepository, type Repository } from '../support/make-repository.ts';
import { askDocket, runDocket, type Answer } from '../support/run-docket.ts';

/** A repository with a fix to prove, and a folder of its own for consents. */
export interface Stage extends Repository {
  /** The commit before the fix, and the fix. */
  base: string;
  fix: string;
  /** Where consents are kept. */
  state: string;
  /** Runs docket with `--json` and gives the envelope. */
  // oxlint-disable-next-line typescript/no-explicit-any
  ask(...args: string[]): Promise<Envelope & { data: any }>;
  run(...args: string[]): Promise<Answer>;
  read(path: string): string;
  journal(): string;
  /** Consents to what a replay of a reproduction would execute. */
  consentTo(name: string): Promise<string>;
}

export const journalPath = 'machine-docs/JOURNAL-kite.md';

/** A gauge that reads a file: it says what it sees and fails where that is wrong. */
const gauge = `#!/bin/bash
value=$(cat level)
echo "level $value"
if [ "$value" = high ]; then exit 0; fi
echo "too low: $value" >&2
exit 7
`;

/** `files` are those of the commit before the fix; the fix is what `change` does to them. */
export function makeStage(files: Record<string, string> = {}, change: Record<string, string> = {}): Stage {
  const repository = makeRepository();
  const state = mkdtempSync(join(tmpdir(), 'docket-state-'));
  const environment = { XDG_STATE_HOME: state };
  const first = { 'gauge.sh': gauge, level: 'low\n', [journalPath]: '# JOURNAL — phase kite (Builder)\n\n## 2026-03-02 — start\n\nWords.\n', ...files };
  for (const [path, content] of Object.entries(first)) repository.write(path, content);
  repository.git('update-index', '--refresh', '-q');
  const base = repository.commit('feat(kite): a gauge', '2026-03-02T10:00:00Z');
  for (const [path, content] of Object.entries({ level: 'high\n', ...change })) repository.write(path, content);
  const fix = repository.commit('fix(kite): raise the level', '2026-03-02T11:00:00Z');
  const stage: Stage = {
    ...repository,
    base,
    fix,
    state,
    ask: (...args) => askDocket(args, repository.dir, environment),
    run: (...args) => runDocket(['-C', repository.dir, ...args], undefined, environment),
    read: (path) => readFileSync(join(repository.dir, path), 'utf8'),
    journal: () => readFileSync(join(repository.dir, journalPath), 'utf8'),
    async consentTo(name) {
      const { data } = await stage.ask('replay', name, '--plan');
      const digest = String(data.plan.digest);
      await stage.ask('consent', 'add', digest);
      return digest;
    },
    remove() {
      repository.remove();
      rmSync(state, { recursive: true, force: true });
    },
  };
  return stage;
}

/** What `record` is given for the gauge: red before the fix, green now, and the fix taken back. */
export function proof(stage: Stage): string[] {
  return ['--claim', 'kite/M3', '--red', stage.base, 'bash gauge.sh', '--green', 'bash gauge.sh', '--neg', 'revert'];
}

/** All that a checkout has besides its files: references, stash, configuration, index, registered working trees. */
export function surroundings(stage: Repository): string[] {
  return [
    stage.git('for-each-ref'), stage.git('stash', 'list'), stage.git('config', '--local', '--list'), stage.git('worktree', 'list', '--porcelain'), stage.git('ls-files', '-s'),
    stage.git('symbolic-ref', 'HEAD'), stage.git('status', '--porcelain', '--', ':(exclude)machine-docs'),
  ];
}
