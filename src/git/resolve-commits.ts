import { askObjects } from './ask-objects.ts';
import type { GitPlace } from './run-git.ts';

/** What the digits of a commit id, or its beginning, lead to in this repository. */
export type ResolvedId = { status: 'commit'; commit: string } | { status: 'missing' } | { status: 'ambiguous' } | { status: 'other'; type: string };

/**
 * What each id, whole or its first digits (four at least), stands for, by one process of git. An annotated tag leads to its
 * commit; the beginning of an id that only one commit has is that commit, also when files or trees begin alike.
 */
export async function resolveCommits(repository: GitPlace, ids: Iterable<string>): Promise<Map<string, ResolvedId>> {
  const wanted = [...new Set(ids)];
  const resolved = new Map<string, ResolvedId>(wanted.map((id) => [id, { status: 'missing' }]));
  const asked = wanted.filter((id) => /^[0-9a-fA-F]{4,64}$/.test(id));
  if (asked.length === 0) return resolved;
  // Twice for each: as a commit, and as whatever it is.
  const output = await askObjects(repository, asked.flatMap((id) => [`${id.toLowerCase()}^{commit}`, id.toLowerCase()]));
  for (const [index, id] of asked.entries()) resolved.set(id, judge(id.toLowerCase(), output[index * 2] ?? '', output[index * 2 + 1] ?? ''));
  return resolved;
}

function judge(id: string, asCommit: string, asObject: string): ResolvedId {
  const commit = /^([0-9a-f]{40,64}) commit \d+$/.exec(asCommit)?.[1];
  const [objectId = '', type = ''] = asObject.split(' ');
  // git takes a name for a branch first: one that is called like the digits of a commit says nothing of that commit.
  const isTag = type === 'tag' && objectId.startsWith(id);
  if (commit !== undefined) return commit.startsWith(id) || isTag ? { status: 'commit', commit } : { status: 'missing' };
  if (asCommit.endsWith(' ambiguous') || asObject.endsWith(' ambiguous')) return { status: 'ambiguous' };
  return objectId.startsWith(id) && /^(?:blob|tree|tag)$/.test(type) ? { status: 'other', type } : { status: 'missing' };
}
