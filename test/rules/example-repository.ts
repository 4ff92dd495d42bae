import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { outcomeOf } from '../../src/ledger/builds/build.ts';
import { openBuilds } from '../../src/ledger/builds/known-builds.ts';
import { configPath } from '../../src/ledger/config/config.ts';
import { readConfig } from '../../src/ledger/config/read-config.ts';
import { makeRepository } from '../support/make-repository.ts';
import type { Repository } from '../support/make-repository.ts';

/**
 * Makes a repository of an example of a rule, read as a person reads it:
 *
 * - `==> PATH <==` opens a file; lines that all begin with `+`, `-` or a blank are a change to it: what was there is committed first.
 * - `$ git commit -m 'MESSAGE'` commits what stands there, `$ git rm`, `$ git mv` do what they say.
 * - the output of `$ git log` or `$ git show` with `--format=%s`, `%B`, `%cI` or `%cI %s` are commits with that message and time, the newest first; lines
 *   such as ` PATH | 2 +-` are files that they touch.
 * - `commit` under `$ git cat-file -t SHA` (and a sha under `git rev-parse`) means that there is such a commit: the sha in the files becomes its own.
 * - the output of `$ git branch --contains SHA` are the branches that have it; `SHA rewritten: SHA` says that the one was rebased into the other.
 * - `$ ls FOLDER` names files that are there.
 * - the lines of `$ git status --short` are files that are in no commit yet, like all others that the example shows.
 * - the lines of `$ docket ci status HEAD` that begin with blanks are builds: a mark, the name, the state.
 *
 * Everything else is only shown.
 */
export function makeExample(example: string): Repository {
  const repository = makeRepository();
  const state: State = { repository, hour: 0, pending: [], shas: new Map(), dirty: false };
  repository.write('README.md', 'An example.\n');
  repository.commit('chore: begin', timeOf(state));
  const pieces = cut(example);
  for (const piece of pieces) if (piece.kind === 'file') writeBefore(state, piece);
  if (state.dirty) commit(state, 'docs: as it was');
  for (const piece of pieces) {
    if (piece.kind === 'file') writeAfter(state, piece);
    else runShown(state, piece);
  }
  if (state.dirty) commit(state, 'docs: the record');
  return repository;
}

interface State {
  repository: Repository;
  hour: number;
  pending: (() => void)[];
  shas: Map<string, string>;
  dirty: boolean;
}

interface FilePiece { kind: 'file'; path: string; lines: string[] }
interface ShownPiece { kind: 'command'; command: string; output: string[] }

function cut(example: string): (FilePiece | ShownPiece)[] {
  const pieces: (FilePiece | ShownPiece)[] = [];
  for (const line of example.split('\n')) {
    const path = /^==> (\S+) <==$/.exec(line)?.[1];
    const last = pieces.at(-1);
    if (path !== undefined) pieces.push({ kind: 'file', path, lines: [] });
    else if (line.startsWith('$ ')) pieces.push({ kind: 'command', command: line.slice(2), output: [] });
    else if (last?.kind === 'file') last.lines.push(line);
    else last?.output.push(line);
  }
  for (const piece of pieces) {
    const lines = piece.kind === 'file' ? piece.lines : piece.output;
    while (lines.at(-1) === '') lines.pop();
  }
  return showLast(pieces);
}

/** What `git show` tells of a commit stands above the files that the commit changes. */
function showLast(pieces: (FilePiece | ShownPiece)[]): (FilePiece | ShownPiece)[] {
  const shown = pieces.findIndex((piece) => piece.kind === 'command' && piece.command.startsWith('git show'));
  const [piece] = shown < 0 ? [] : pieces.splice(shown, 1);
  if (piece) pieces.push(piece);
  return pieces;
}

function isChange({ lines }: FilePiece): boolean {
  return lines.some((line) => /^[+-]/.test(line)) && lines.every((line) => line === '' || /^[+\- ]/.test(line)) && lines.some((line) => /^[+ ]/.test(line));
}

function writeBefore(state: State, piece: FilePiece): void {
  if (!isChange(piece)) return;
  const before = piece.lines.filter((line) => !line.startsWith('+')).map((line) => line.slice(1));
  if (before.length > 0) write(state, piece.path, before);
}

function writeAfter(state: State, piece: FilePiece): void {
  write(state, piece.path, isChange(piece) ? piece.lines.filter((line) => !line.startsWith('-')).map((line) => line.slice(1)) : piece.lines);
}

function write(state: State, path: string, lines: string[]): void {
  let text = lines.join('\n').replace(/\\x([0-9a-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  for (const [shown, real] of state.shas) text = text.replaceAll(shown, real);
  state.repository.write(path, `${text}\n`);
  state.dirty = true;
}

/** Examples happen on 12 June 2026, an hour between one commit and the next. */
function timeOf(state: State): string {
  state.hour += 1;
  return new Date(Date.UTC(2026, 5, 12, state.hour)).toISOString().replace('.000', '');
}

function commit(state: State, message: string, at = timeOf(state)): string {
  state.dirty = false;
  return state.repository.commit(message, at);
}

function runShown(state: State, { command, output }: ShownPiece): void {
  const { repository } = state;
  const commits = [...command.matchAll(/git commit -m '([^']+)'/g)];
  if (commits.length > 0) {
    for (const [, message = ''] of commits) commit(state, message);
  } else if (/^git (?:rm|mv) /.test(command)) {
    const [, verb = '', ...paths] = command.split(' ');
    // What the example takes away was there before.
    const gone = paths[0] ?? '';
    if (!existsSync(join(repository.dir, gone))) repository.write(gone, gone.endsWith('.json') ? '{"app": "traefik", "reason": "unhealthy-on-latest"}\n' : '# Inbox\n\n@2026-06-12T01:10Z — Adversary: a word before you claim.\n');
    commit(state, 'docs: as it was');
    if (verb === 'mv') repository.write(join(paths[1]?.endsWith('/') ? paths[1] : '', paths[1]?.endsWith('/') ? (gone.split('/').at(-1) ?? '') : (paths[1] ?? '')), readFileSync(join(repository.dir, gone)));
    repository.git('rm', '-q', '-f', '--ignore-unmatch', gone);
    state.dirty = true;
  } else if (/^git (?:log|show)\b/.test(command)) {
    commitShown(state, command, output);
  } else if (command.startsWith('git cat-file -t') && output[0] === 'commit') {
    knowCommit(state, command.split(' ').at(-1) ?? '');
  } else if (command.startsWith('git revert')) {
    revertCommit(state, command.split(' ').at(-1) ?? '');
  } else if (/^git branch (?:--all )?--contains/.test(command) && output.length > 0) {
    standOnBranches(state, command.split(' ').at(-1) ?? '', output.map((line) => line.trim()));
  } else if (/ rewritten: /.test(output.join('\n'))) {
    const [, old = '', twin = ''] = /([0-9a-f]{7,}) rewritten: ([0-9a-f]{7,})/.exec(output.join('\n')) ?? [];
    rewriteCommit(state, old, twin);
  } else if (command === 'git status --short') {
    for (const path of output.map((line) => line.slice(3)).filter((each) => !existsSync(join(repository.dir, each)))) {
      repository.write(path, 'as it was\n');
      repository.git('add', path);
      repository.git('commit', '-q', '-m', 'feat: as it was', '--', path);
      repository.write(path, 'changed\n');
    }
    state.dirty = false;
  } else if (command.startsWith('docket ci status')) {
    if (state.dirty) commit(state, 'claim(pxgate-M1): the record');
    keepBuild(repository, output);
  } else if (command.startsWith('ls ')) {
    const folder = command.slice(3).trim();
    for (const name of output.flatMap((line) => line.split(/\s+/)).filter((each) => each !== '')) {
      const path = `${folder}/${name}`;
      if (existsSync(join(repository.dir, path))) continue;
      if (name.endsWith('.json')) write(state, path, ['{"app": "traefik", "reason": "unhealthy-on-latest"}']);
      else if (name.endsWith('INBOX.md')) write(state, path, ['@2026-06-12T01:10Z — Adversary: a word before you claim.']);
    }
    if (state.dirty) commit(state, 'inbox: there is something');
  }
}

function keepBuild({ dir, git }: Repository, output: string[]): void {
  const statuses = output.flatMap((line) => {
    const [, context = '', said = ''] = /^ {2}\S {2}(\S+) {2}(\S+)/.exec(line) ?? [];
    return context === '' ? [] : [{ context, state: said, outcome: outcomeOf(said), description: null, url: null, at: null, source: 'status' as const }];
  });
  const { ci } = readConfig(readFileSync(join(dir, configPath), 'utf8'), configPath);
  openBuilds({ commonDir: join(dir, '.git') }, ci).keep({ commit: git('rev-parse', 'HEAD'), asked: '2026-06-19T10:00:00Z', statuses });
}

function commitShown(state: State, command: string, output: string[]): void {
  const stats = output.filter((line) => /^ \S+ +\| +\d+/.test(line));
  const said = output.filter((line) => !stats.includes(line));
  while (said.at(-1) === '') said.pop();
  for (const [path = ''] of stats.map((line) => line.trim().split(' '))) {
    const file = join(state.repository.dir, path);
    const entry = path.includes('machine-docs/') ? '\n## 2026-06-12T02:10Z — Added\n\nOne more sentence.\n' : 'one more line\n';
    state.repository.write(path, (existsSync(file) ? readFileSync(file, 'utf8') : '') + entry);
  }
  if (command.includes('%B')) commit(state, said.join('\n'));
  else if (command.includes('%cI %s')) for (const line of said.toReversed()) commit(state, line.slice(line.indexOf(' ') + 1), line.slice(0, line.indexOf(' ')));
  else if (command.includes('%cI')) commit(state, 'docs: the record', said[0]);
  else for (const line of said.toReversed()) commit(state, line);
}

/** The sha that an example shows stands for a commit that this repository really has. */
function knowCommit(state: State, shown: string): void {
  replaceSha(state, shown, state.repository.git('rev-parse', 'HEAD'));
}

function replaceSha(state: State, shown: string, real: string): void {
  state.shas.set(shown, real.slice(0, shown.length));
  for (const path of state.repository.git('ls-files', '-co').split('\n')) {
    const file = join(state.repository.dir, path);
    const text = readFileSync(file, 'utf8');
    if (text.includes(shown)) state.repository.write(path, text.replaceAll(shown, real.slice(0, shown.length)));
  }
  state.dirty = true;
}

/** A commit of its own on the named branches; on `main` it has landed. */
function standOnBranches(state: State, shown: string, branches: string[]): void {
  const { repository } = state;
  commit(state, 'docs: the record');
  const real = onBranch(state, branches.find((branch) => branch !== 'main') ?? 'side');
  if (branches.includes('main')) repository.git('merge', '-q', '--ff-only', real);
  replaceSha(state, shown, real);
}

/** A fix that landed and was reverted. */
function revertCommit(state: State, shown: string): void {
  const { repository } = state;
  commit(state, 'docs: the record');
  repository.write('runner/nightly_sweep.py', 'retry = 3\n');
  const real = commit(state, 'fix(sweep): retry three times');
  replaceSha(state, shown, real);
  commit(state, 'deferred: closed');
  repository.git('revert', '--no-edit', real);
}

function onBranch(state: State, branch: string): string {
  const { repository } = state;
  repository.git('checkout', '-q', '-b', branch);
  repository.write('src/stamp.txt', 'stamped when the gate has passed\n');
  const real = commit(state, 'fix: stamp when the gate has passed');
  repository.git('checkout', '-q', 'main');
  return real;
}

function rewriteCommit(state: State, shownOld: string, shownTwin: string): void {
  const { repository } = state;
  commit(state, 'docs: the record');
  const old = onBranch(state, 'side');
  repository.write('README.md', 'An example that went on.\n');
  commit(state, 'docs: go on');
  repository.git('cherry-pick', old);
  repository.git('branch', '-D', 'side');
  replaceSha(state, shownOld, old);
  replaceSha(state, shownTwin, repository.git('rev-parse', 'HEAD'));
}
