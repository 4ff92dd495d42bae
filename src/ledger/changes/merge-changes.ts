import { nameDocument } from '../../documents/name-document.ts';
import { readFolderIds } from '../../git/folder-ids.ts';
import { listParents, mergeBase } from '../../git/landing/reach.ts';
import { listFiles } from '../../git/read-tree.ts';
import type { OpenedRevision } from '../sources/open-revision.ts';
import { documentPathspecs } from '../sources/select-files.ts';
import { isTelling } from './choose-files.ts';
import { blobsOf } from './pending-change.ts';
import { openVersions, type VersionName } from './read-versions.ts';
import type { Change } from './types.ts';

interface Merge {
  /** Null: not committed yet. */
  commit: string | null;
  parents: readonly string[];
}

/** The changes of every merge up to the tip that has the record otherwise than one of its parents. */
export async function* readMerges(opened: OpenedRevision): AsyncGenerator<Change[]> {
  const { repository, tip } = opened;
  const merges = tip === null ? [] : [...(await listParents(repository, [tip], []))].filter(([, parents]) => parents.length > 1);
  const folders = documentPathspecs(opened.vocabulary).folders;
  for (const [commit, parents] of merges) {
    if (await isAlike(repository, [commit, ...parents], folders)) continue;
    yield readMerge(opened, { commit, parents }, await blobsAt(opened, commit));
  }
}

/** Do some commits have all folders of the record alike? */
async function isAlike(repository: OpenedRevision['repository'], commits: readonly string[], folders: readonly string[]): Promise<boolean> {
  for (const folder of folders) if (new Set(await readFolderIds(repository, commits, folder)).size > 1) return false;
  return true;
}

type Blobs = ReadonlyMap<string, string>;

/**
 * What a merge did to the record, seen from each of its parents, with what the other sides had made of each document since they parted: a merge may take over
 * what another side did, but not lose what one of them wrote. Whose a merge is does not count: nobody's role is judged.
 */
export async function readMerge(opened: OpenedRevision, { commit, parents }: Merge, result: Blobs): Promise<Change[]> {
  const sides = await Promise.all(parents.map((parent) => blobsAt(opened, parent)));
  const [first, ...rest] = parents;
  const base = first === undefined || rest[0] === undefined ? null : await mergeBase(opened.repository, [first, rest[0]]);
  const atBase: Blobs = base === null ? new Map() : await blobsAt(opened, base);
  const versions = openVersions(opened.readContents, opened.vocabulary);
  const wanted = sides.map((side) => filesTaken(opened, side, result));
  const paths = [...new Set(wanted.flat())];
  const names = [atBase, result, ...sides].flatMap((blobs) => paths.flatMap((path): VersionName[] => nameIn(blobs, path)));
  const versionOf = await versions.read(names);
  const at = (blobs: Blobs, path: string): ReturnType<typeof versionOf> => nameIn(blobs, path).map(versionOf)[0] ?? null;
  return sides.map((side, index): Change => ({
    commit,
    role: null,
    revert: false,
    files: [],
    touched: [],
    documents: (wanted[index] ?? []).map((path) => {
      const { kind, owner } = nameDocument(path, opened.vocabulary);
      const others = sides.flatMap((other, place) => (place === index ? [] : [{ base: at(atBase, path), version: at(other, path) }]));
      return { path, kind, owner, before: at(side, path), after: at(result, path), others };
    }),
  }));
}

async function blobsAt({ repository, vocabulary, cache }: OpenedRevision, rev: string): Promise<Blobs> {
  return blobsOf(await listFiles(repository, { kind: 'commit', rev }, documentPathspecs(vocabulary), cache));
}

function nameIn(blobs: Blobs, path: string): VersionName[] {
  const blob = blobs.get(path);
  return blob === undefined ? [] : [{ path, blob }];
}

/** The documents of a side that the merge has otherwise. */
function filesTaken({ vocabulary }: OpenedRevision, side: Blobs, result: Blobs): string[] {
  return [...side].flatMap(([path, blob]) => {
    const after = result.get(path) ?? null;
    return isTelling({ path, from: null, before: blob, after, hunks: null }, null, vocabulary) ? [path] : [];
  });
}
