import { createHash } from 'node:crypto';
import { openCache } from '../../git/cache-store.ts';
import type { Repository } from '../../git/open-repository.ts';
import type { Config } from '../config/config.ts';
import { encode, parse } from '../sources/reading-store.ts';
import type { Build } from './build.ts';

/** What the forge of the configuration said of commits when it was last asked. */
export interface KnownBuilds {
  /** Whether it was ever asked: without that nothing is known of any commit. */
  any(): boolean;
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
  return {
    any: () => cache.read(`${name}-any`) !== null,
    find: (commit) => {
      const kept = parse<Build>(cache.read(`${name}-${commit}`));
      return kept?.commit === commit ? kept : null;
    },
    keep: (build) => {
      cache.write(`${name}-${build.commit}`, encode(build));
      cache.write(`${name}-any`, encode(build.asked));
    },
  };
}
