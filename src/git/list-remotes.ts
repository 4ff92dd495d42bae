import { tryGit, type GitPlace } from './run-git.ts';

/** A remote of this clone, as its configuration names it. */
export interface Remote {
  name: string;
  url: string;
  /** Null where the address is a path of this machine. */
  host: string | null;
  /** The parts of the path, without `.git`. */
  path: string[];
}

/** The remotes of a clone, `origin` first. Nothing is fetched. */
export async function listRemotes(place: GitPlace): Promise<Remote[]> {
  const { code, stdout } = await tryGit(place, ['config', '--local', '--null', '--get-regexp', String.raw`^remote\..*\.url$`]);
  if (code !== 0) return [];
  const remotes = stdout.toString('utf8').split('\0').flatMap((line): Remote[] => {
    const found = /^remote\.(.*)\.url\n(.*)$/su.exec(line);
    return found === null ? [] : [readRemote(found[1] ?? '', found[2] ?? '')];
  });
  return remotes.toSorted((a, b) => Number(b.name === 'origin') - Number(a.name === 'origin'));
}

/** `https://host/o/r.git`, `ssh://git@host:22/o/r`, `git@host:o/r`, or a path. */
function readRemote(name: string, url: string): Remote {
  const short = /^(?:[^@/\s]+@)?(?<host>[^:/\s]+):(?!\/\/)(?<path>.+)$/u.exec(url)?.groups;
  const parsed = short === undefined && URL.canParse(url) ? new URL(url) : null;
  const path = (short?.['path'] ?? parsed?.pathname ?? url).replace(/\/+$/u, '').replace(/\.git$/u, '').split('/').filter((part) => part !== '');
  const host = short?.['host'] ?? parsed?.hostname ?? '';
  return { name, url, host: host === '' ? null : host.toLowerCase(), path };
}
