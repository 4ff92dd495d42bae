import { Failure } from '../../contract/failure.ts';
import { stableDiffOptions, commitFormat, type FileChange } from '../commit-format.ts';
import { decodePath } from '../path-names.ts';
import { parseLog } from '../parse-log.ts';
import type { FilePatch } from '../parse-patch.ts';
import { gitPathspecs, type Pathspecs } from '../pathspecs.ts';
import { runGit, streamGit, type GitPlace } from '../run-git.ts';
import type { OtherEdit } from './kept-commit.ts';
import { editOfPatch } from './line-edit.ts';
import { patchOptions } from './walk-commits.ts';

/** A merge that differs from its first parent in files that are asked for. */
export interface ChangedMerge {
  id: string;
  parents: readonly string[];
}

/** For each merge the files that differ from every parent, and how they differ from the second parent and those behind it. */
export type MergeEdits = Map<string, Map<string, OtherEdit[]>>;

/**
 * Most merges take every file from one side or another. Only for those that joined changes of several sides in one file are the
 * other parents compared line by line; git lists them (`-c`). Two processes for all merges together.
 */
export async function readMergeEdits(repository: GitPlace, merges: readonly ChangedMerge[], pathspecs: Pathspecs): Promise<MergeEdits> {
  const edits: MergeEdits = new Map();
  if (merges.length === 0) return edits;
  for (const [merge, paths] of await listJoinedFiles(repository, merges, pathspecs)) {
    edits.set(merge, new Map(paths.map((path) => [path, []])));
  }
  const joined = merges.filter((merge) => edits.has(merge.id));
  const pairs = joined.flatMap(({ id, parents }) => parents.slice(1).map((parent, index) => ({ id, parent, place: index + 1 })));
  if (pairs.length === 0) return edits;
  const args = ['--bare', 'diff-tree', '--stdin', '--always', '-r', ...stableDiffOptions, ...patchOptions, '--no-notes', commitFormat, '--', ...gitPathspecs(pathspecs)];
  const input = pairs.map(({ id, parent }) => `${id} ${parent}\n`).join('');
  let next = 0;
  try {
    for await (const { commit, patches } of parseLog(streamGit(repository, args, input), 'patches')) {
      const pair = pairs[next++];
      for (const [index, file] of commit.files.entries()) {
        const patch = patches[index];
        if (pair && patch) edits.get(pair.id)?.get(file.path)?.push(otherEdit(pair.place, file, patch));
      }
    }
  } catch (error) {
    // A file of another parent that cannot be read: the lines then come from those that can.
    if (!(error instanceof Failure) || error.kind !== 'unreadable') throw error;
  }
  return edits;
}

function otherEdit(parent: number, file: FileChange, patch: FilePatch): OtherEdit {
  const from = file.before === null || file.status === 'T' ? null : (file.from ?? file.path);
  return { parent, from, edit: editOfPatch(patch) };
}

const mark = '\u0001';

/** The files of each merge that differ from all of its parents. */
async function listJoinedFiles(repository: GitPlace, merges: readonly ChangedMerge[], pathspecs: Pathspecs): Promise<Map<string, string[]>> {
  const args = ['--bare', 'diff-tree', '--stdin', '--always', '-r', '-c', '--raw', '-z', '--no-abbrev', '--no-renames', '--no-notes', '--format=%x01%H', '--', ...gitPathspecs(pathspecs)];
  const output = await runGit(repository, args, merges.map(({ id }) => `${id}\n`).join(''));
  const joined = new Map<string, string[]>();
  let paths: string[] = [];
  let meta = '';
  for (const piece of output.toString('latin1').split('\0')) {
    const text = piece.replace(/^\n/, '');
    if (meta !== '') {
      paths.push(decodePath(Buffer.from(text, 'latin1')));
      meta = '';
    } else if (text.startsWith(mark)) joined.set(text.slice(1), (paths = []));
    else if (text.startsWith(':')) meta = text;
  }
  return joined;
}
