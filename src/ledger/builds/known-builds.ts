import { createHash } from 'node:crypto';
import { openCache } from '../../git/cache-store.ts';
import type { Repository } from '../../git/open-repository.ts';
import type { Config } from '../config/config.ts';
import { encode, parse } from '../sources/reading-store.ts';
import type { Build } from './build.ts';

/** Older ones are found by their id alone. */
const mostAsked = 300;

/** What the forge of the configuration said of commits when it was last asked. */
export interface KnownBuilds {
  /** The commits that it was asked for, the last one last; of two that ask at the same moment one may be missing here, and is found by its id. */
  commits(): string[];
  find(commit: string): Build | null;
  keep(build: Build): void;
}

/**
 * Opens what is kept below the git folder. It is no copy of anything that could be read again without the network, so `--no-cache` does not pass it by;
 * deleting it makes every build unknown. Another forge in the configuration is another store.
 */
export function openBuilds(repository: Pick<Repository, 'commonDir'>, { forge, url }: Config['ci']): KnownBuilds {
  const cache = openCache(repository);
  const name = `ci1-${createHash('sha256').update(JSON.stringify([forge, url])).digest('hex').slice(0, 16)}`;
  const asked = (): string[] => parse<string[]>(cache.read(`${name}-asked`)) ?? [];
  return {
    commits: asked,
    find: (commit) => {
      const kept = parse<Build>(cache.read(`${name}-${commit}`));
      return kept?.commit === commit ? kept : null;
    },
    keep: (build) => {
      cache.write(`${name}-${build.commit}`, encode(build));
      cache.write(`${name}-asked`, encode([...asked().filter((commit) => commit !== build.commit), build.commit].slice(-mostAsked)));
    },
  };
}
