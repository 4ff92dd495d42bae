import { posix } from 'node:path';
import type { Source } from '../../git/file-listing.ts';
import { listTracked, type TrackedFile } from '../../git/list-tracked.ts';
import { readBlobs } from '../../git/read-blobs.ts';
import type { GitPlace } from '../../git/run-git.ts';
import { baseOf, isPlainPath, matchPaths } from '../../reconcile/order/globs.ts';
import type { ReadTree } from '../../reconcile/order/types.ts';

const linkMode = '120000';
/** A link to a link to a link …; git itself gives up at the same depth. */
const deepestLink = 5;

/**
 * The files of a commit or the index as the reconciler reads them. Contents are fetched together, when the first of those listed is asked for; a
 * link is followed as far as it stays inside. Throws a `Failure` of kind usage for an unknown revision.
 */
export function openTree(repository: GitPlace, source: Exclude<Source, { kind: 'worktree' }>): ReadTree {
  const files = new Map<string, TrackedFile>();
  const texts = new Map<string, Promise<string | null>>();

  async function list(globs: readonly string[]): Promise<string[]> {
    if (globs.length === 0) return [];
    const matches = matchPaths(globs);
    const bases = globs.map((glob) => (isPlainPath(glob) ? glob : baseOf(glob)));
    const found = (await listTracked(repository, source, bases.includes('.') ? [] : [...new Set(bases)])).filter(({ path }) => matches(path));
    for (const file of found) files.set(file.path, file);
    return found.map(({ path }) => path);
  }

  function textOf({ blob }: TrackedFile): Promise<string | null> {
    const known = texts.get(blob);
    if (known !== undefined) return known;
    const wanted = new Set([blob, ...[...files.values()].map((file) => file.blob).filter((other) => !texts.has(other))]);
    const contents = readBlobs(repository, wanted);
    for (const each of wanted) texts.set(each, contents.then((read) => read.get(each)?.bytes?.toString('utf8') ?? null));
    return texts.get(blob) ?? Promise.resolve(null);
  }

  async function find(path: string): Promise<TrackedFile | null> {
    const known = files.get(path);
    if (known !== undefined) return known;
    return (await listTracked(repository, source, [path])).find((file) => file.path === path) ?? null;
  }

  async function read(path: string): Promise<string | null> {
    let at = path;
    for (let depth = 0; depth <= deepestLink; depth += 1) {
      const file = await find(at);
      if (file === null) return null;
      const text = await textOf(file);
      if (file.mode !== linkMode || text === null) return text;
      at = posix.join(posix.dirname(at), text);
      if (text.startsWith('/') || at.startsWith('../')) return null;
    }
    return null;
  }

  return { list, read };
}
