import type { Version } from './file-versions.ts';

/** Something that a file says from one version on, until it says so no more. */
export interface Episode<T> {
  key: string;
  began: Version;
  /** Every version that brought another wording, the first one included. */
  wordings: { version: Version; value: T }[];
  /** The version that no longer has it; null while it stands. */
  ended: Version | null;
}

export interface EpisodeRules<T> {
  /** What a version says, by key. */
  read: (blob: string | null) => ReadonlyMap<string, T>;
  same: (before: T, now: T) => boolean;
  /** Is what stands there now something new, although it has the key of what stood there before? */
  isAnew: (before: T, now: T, version: Version) => boolean;
  /** Is what comes now what ended earlier, back again? */
  isBack: (ended: T, now: T, version: Version) => boolean;
}

/**
 * What a file has said over its versions. Each version is compared with the one that it replaced, not with its neighbour in time, so that
 * branches do not end each other's episodes.
 */
export function walkEpisodes<T>(versions: readonly Version[], rules: EpisodeRules<T>): Episode<T>[] {
  const episodes: Episode<T>[] = [];
  const open = new Map<string, Episode<T>>();
  const begin = (key: string, value: T, version: Version): void => {
    const back = episodes.findLast((episode) => episode.key === key && episode.ended !== null && rules.isBack(lastOf(episode), value, version));
    const episode = back ?? { key, began: version, wordings: [], ended: null };
    episode.ended = null;
    episode.wordings.push({ version, value });
    open.set(key, episode);
    if (!back) episodes.push(episode);
  };
  for (const version of versions) {
    const before = rules.read(version.before);
    const after = rules.read(version.after);
    for (const [key, value] of after) {
      const running = open.get(key);
      if (!running) {
        begin(key, value, version);
      } else if (rules.isAnew(lastOf(running), value, version)) {
        running.ended = version;
        begin(key, value, version);
      } else if (!rules.same(lastOf(running), value)) {
        running.wordings.push({ version, value });
      }
    }
    for (const [key, running] of open) {
      if (after.has(key) || !before.has(key)) continue;
      running.ended = version;
      open.delete(key);
    }
  }
  return episodes;
}

/** The last wording of an episode. */
export function lastOf<T>(episode: Episode<T>): T {
  const last = episode.wordings.at(-1);
  if (!last) throw new Error(`the episode ${episode.key} has no wording`);
  return last.value;
}

/** Items by name; the second of a name gets `#2`, in their order. */
export function keyInOrder<T>(items: readonly T[], nameOf: (item: T) => string): Map<string, T> {
  const counts = new Map<string, number>();
  const keyed = new Map<string, T>();
  for (const item of items) {
    const name = nameOf(item);
    const number = (counts.get(name) ?? 0) + 1;
    counts.set(name, number);
    keyed.set(`${name}#${number}`, item);
  }
  return keyed;
}
