import { rmdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Failure } from '../../contract/failure.ts';
import type { Diagnostic } from '../../contract/schema/envelope.ts';
import { deleteDocument, replaceDocument } from '../../edits/replace-document.ts';
import { diffOfFile } from '../../edits/unified-diff.ts';
import { openRepository } from '../../git/open-repository.ts';
import { hosts, type Host } from '../hosts/names.ts';
import { printWhole, withAddition, withoutAddition } from './agents/merge-json.ts';
import { isUntouched, signFile } from './agents/own-file.ts';
import { markdownMarks, targetsOf, tomlMarks, withoutSection, withSection } from './agents/own-section.ts';
import { placementsOf, type Placement } from './agents/placements.ts';
import { readPlainFile } from './agents/read-plain-file.ts';

export interface AgentInstallation {
  target: Host;
  /** Files that were written or taken away, from the root. */
  written: string[];
  /** Files of others that docket's part was put into, or taken out of. */
  chained: string[];
  diff: string;
  /** Files that docket did not write, or that were edited since: they stay as they are. */
  diagnostics: Diagnostic[];
}

interface FileChange {
  path: string;
  before: string | null;
  after: string | null;
}

/**
 * Puts in place what an agent host reads (skills, commands, hooks, the MCP server, a section of AGENTS.md), or takes it out again, after which every file is as
 * it was, whatever else was edited in it meanwhile. All is planned before a byte is written. To be called under the lock. Throws a `Failure` of kind config for a
 * file that cannot be read as what it is, with its line.
 */
export async function installAgents(dir: string, target: Host, how: { uninstall: boolean; dryRun: boolean }): Promise<AgentInstallation> {
  const { root, bare } = await openRepository(dir);
  if (bare) throw new Failure('usage', `${root} has no working tree, so no agent works there.`, { next: 'git worktree list' });
  const others = targetsOf(readPlainFile(root, 'AGENTS.md') ?? '').filter((each): each is Host => each !== target && hosts.some((host) => host === each));
  const shared = new Set(others.flatMap((other) => placementsOf(other)).map(({ path }) => path));
  const diagnostics: Diagnostic[] = [];
  const changes = placementsOf(target).flatMap((placement): FileChange[] => {
    const before = readPlainFile(root, placement.path);
    const after = how.uninstall ? without(placement, before, { others, isShared: shared.has(placement.path) }) : withIt(placement, before, [...others, target].toSorted());
    if (after === 'foreign') diagnostics.push(foreign(placement.path, how.uninstall));
    return after === 'foreign' || after === before ? [] : [{ path: placement.path, before, after }];
  });
  const result = {
    target, written: changes.map(({ path }) => path), chained: changes.filter(({ before, after }) => before !== null && after !== null).map(({ path }) => path), diagnostics,
    diff: changes.map(({ path, before, after }) => diffOfFile(path, bytesOf(before), bytesOf(after))).join(''),
  };
  if (!how.dryRun) for (const change of changes) apply(root, change);
  return result;
}

function bytesOf(text: string | null): Buffer | null {
  return text === null ? null : Buffer.from(text);
}

function withIt(placement: Placement, before: string | null, targets: readonly string[]): string | 'foreign' {
  switch (placement.kind) {
    case 'file':
      return before === null || isUntouched(before) ? signFile(placement.text, placement.notation) : 'foreign';
    case 'section':
      return withSection(before, placement.text, placement.path === 'AGENTS.md' ? targets : [], placement.notation === 'toml' ? tomlMarks : markdownMarks);
    case 'json':
      return before === null || before.trim() === '' ? printWhole(placement.addition) : withAddition(before, placement.addition, placement.path);
  }
}

/** What others installed too stays. */
function without(placement: Placement, before: string | null, { others, isShared }: { others: readonly Host[]; isShared: boolean }): string | null | 'foreign' {
  if (before === null) return null;
  if (placement.path === 'AGENTS.md' && others.length > 0 && placement.kind === 'section') return withSection(before, placement.text, others, markdownMarks);
  if (isShared) return before;
  switch (placement.kind) {
    case 'file':
      return isUntouched(before) ? null : 'foreign';
    case 'section':
      return withoutSection(before);
    case 'json':
      return before === printWhole(placement.addition) ? null : withoutAddition(before, placement.addition, placement.path);
  }
}

function foreign(path: string, uninstall: boolean): Diagnostic {
  const message = uninstall ? `${path} is not as docket wrote it, so it stays` : `${path} is there already, and docket did not write it so; it stays as it is`;
  return { rule: 'kept', level: 'warning', message, place: { path, line: 1 }, related: [], entry: null, next: uninstall ? `git rm ${path}` : `mv ${path} ${path}.old`, fixable: false };
}

function apply(root: string, { path, after }: FileChange): void {
  if (after !== null) {
    replaceDocument(root, path, Buffer.from(after));
    return;
  }
  deleteDocument(root, path);
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    try {
      rmdirSync(join(root, folder));
    } catch {
      // It holds something else.
      return;
    }
  }
}
