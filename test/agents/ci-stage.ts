import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { makeRepository, type Repository } from '../support/make-repository.ts';
import { binary } from '../support/run-docket.ts';

export const zeros = '0'.repeat(40);

/** A repository that is developed, the one that it is pushed to, and builds of what was pushed. */
export interface CiStage extends Repository {
  /** Pushes HEAD to a branch, by force; gives its commit. */
  push(branch: string): string;
  /** A journal entry, as it should be. */
  good(): void;
  /** Rewrites history in a commit that no hook judged, and mends it in the next: only who judges each commit sees it. */
  bad(): void;
  /** Runs the scripts of a pipeline in a fresh clone as the system makes it. */
  build(system: string, at: Build): { exit: number; said: string };
}

export interface Build {
  branch: string;
  environment: Record<string, string>;
  /** The event as GitHub and its kin write it. */
  payload?: object;
}

const journal = 'machine-docs/JOURNAL-k9.md';
/** What every one of these systems has beside its own variables. */
const plain = { HOME: '/nonexistent', GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', DOCKET_CONSENT: '', DOCKET_PACKAGE: '' };

export function makeCiStage(): CiStage {
  const repository = makeRepository();
  const folder = mkdtempSync(join(tmpdir(), 'docket-ci-'));
  const origin = join(folder, 'origin.git');
  execFileSync('git', ['init', '-q', '--bare', '--initial-branch=main', origin]);
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'docket'), `#!/bin/sh\nexec '${process.execPath}' '${binary}' "$@"\n`);
  chmodSync(join(bin, 'docket'), 0o755);
  let minute = 0;
  let text = '# JOURNAL — phase k9 (Builder)\n';
  const commit = (message: string): string => repository.commit(message, new Date(Date.UTC(2026, 2, 2, 10, minute++)).toISOString());
  const write = (): void => repository.write(journal, text);
  let builds = 0;
  const stage: CiStage = {
    ...repository,
    push(branch) {
      repository.git('push', '-q', '--force', origin, `HEAD:refs/heads/${branch}`);
      return repository.git('rev-parse', 'HEAD');
    },
    good() {
      text += `\n## 2026-03-02 — entry ${minute}\n\nWords.\n`;
      write();
      commit('journal(k9): an entry');
    },
    bad() {
      // Words that never stood there: putting back what once did is no offence.
      repository.write(journal, text.replace('Words.', `Other words, ${minute}.`));
      commit('journal(k9): rewritten');
      write();
      commit('journal(k9): as it was');
    },
    build(system, { branch, environment, payload }) {
      const clone = join(folder, `build-${builds++}`);
      checkOut(origin, clone, branch, ['github', 'gitea', 'forgejo'].includes(system));
      const event = `${clone}.json`;
      writeFileSync(event, JSON.stringify(payload ?? {}));
      const script = scriptsOf(system);
      const env = { PATH: `${bin}:${process.env['PATH'] ?? ''}`, TMPDIR: folder, ...plain, ...(payload ? { GITHUB_EVENT_PATH: event } : {}), ...environment };
      const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', script], { cwd: clone, env, encoding: 'utf8' });
      rmSync(clone, { recursive: true, force: true });
      return { exit: status ?? -1, said: `${stdout}${stderr}` };
    },
    remove() {
      repository.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  // What main began with would be found by whoever judges more than is new.
  stage.good();
  stage.bad();
  stage.push('main');
  return stage;
}

/** The Actions fetch every branch, the others the one that is built, and all of them check out a commit without a branch. */
function checkOut(origin: string, clone: string, branch: string, everything: boolean): void {
  const git = (...args: string[]): void => void execFileSync('git', ['-C', clone, ...args], { stdio: 'ignore', env: { PATH: process.env['PATH'] ?? '', ...plain } });
  mkdirSync(clone);
  git('init', '-q');
  git('remote', 'add', 'origin', origin);
  git('fetch', '-q', 'origin', everything ? '+refs/heads/*:refs/remotes/origin/*' : `+refs/heads/${branch}:refs/remotes/origin/${branch}`);
  git('checkout', '-q', '--detach', `refs/remotes/origin/${branch}`);
}

let templates: ReadonlyMap<string, string> = new Map();

/** Tells where the scripts come from: the files that `init` wrote, by system. */
export function useTemplates(texts: ReadonlyMap<string, string>): void {
  templates = texts;
}

/** Everything that a pipeline has run, in its order, as one script. */
export function scriptsOf(system: string): string {
  // oxlint-disable-next-line typescript/no-explicit-any
  const pipeline: any = parse(templates.get(system) ?? '');
  if (system === 'gitlab') return [...pipeline.docket.before_script, ...pipeline.docket.script].join('\n');
  // oxlint-disable-next-line typescript/no-explicit-any
  if (system === 'woodpecker' || system === 'drone') return pipeline.steps.flatMap(({ commands }: any) => commands).join('\n');
  // oxlint-disable-next-line typescript/no-explicit-any
  return pipeline.jobs.record.steps.flatMap(({ run }: any) => run ?? []).join('\n');
}
