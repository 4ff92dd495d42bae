import { tryGit, type GitPlace } from './run-git.ts';

/** Name and mail that git would give a commit made now; null where it knows none. */
export async function readIdentity(repository: GitPlace): Promise<{ name: string; email: string } | null> {
  const { code, stdout } = await tryGit(repository, ['var', 'GIT_AUTHOR_IDENT']);
  const found = code === 0 ? /^(.*) <([^<>]*)> \d+ [+-]\d+\s*$/su.exec(stdout.toString('utf8')) : null;
  return found ? { name: found[1] ?? '', email: found[2] ?? '' } : null;
}
