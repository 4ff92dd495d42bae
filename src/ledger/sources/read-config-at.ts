import type { Cache } from '../../git/cache-store.ts';
import type { FileListing } from '../../git/file-listing.ts';
import { Failure } from '../../contract/failure.ts';
import { configPath, defaultConfig, type Config } from '../config/config.ts';
import { cacheKey } from './cache-key.ts';
import type { ReadContents } from './read-contents.ts';

/** The configuration of what was listed; the defaults where there is none. Its parsed form is kept, so that YAML is read once for each version. */
export async function readConfigAt(listing: FileListing, readContents: ReadContents, cache: Cache): Promise<Config> {
  const file = listing.files.find(({ path }) => path === configPath);
  if (!file) return defaultConfig;
  const key = cacheKey('config', file.blob);
  const kept = file.blob === null ? null : cache.read(key);
  if (kept) return JSON.parse(kept.toString('utf8')) as Config;
  const content = file.blob === null ? null : (await readContents([file.blob])).get(file.blob);
  if (!content?.bytes) throw new Failure('config', `${configPath} cannot be read: ${file.unreadable ?? content?.unreadable ?? 'it is gone'}`, { place: { path: configPath, line: 1 } });
  const { readConfig } = await import('../config/read-config.ts');
  const config = readConfig(content.bytes.toString('utf8'), configPath);
  cache.write(key, Buffer.from(JSON.stringify(config), 'utf8'));
  return config;
}
