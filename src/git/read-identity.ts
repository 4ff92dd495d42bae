import { tryGit, type GitPlace } from './run-git.ts';

/** Name and mail that git would give a commit made now: those of the environment before those of its configuration; null where it knows none. */
export async function readIdentity(repository: GitPlace): Promise<{ name: string; email: string } | null> {
  const { GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email } = process.env;
  if (name && email) return { name, email };
  const { code, stdout } = await tryGit(repository, ['var', 'GIT_AUTHOR_IDENT']);
  const found = code === 0 ? /^(.*) <([^<>]*)> \d+ [+-]\d+\s*$/su.exec(stdout.toString('utf8')) : null;
  if (found) return { name: name || (found[1] ?? ''), email: email || (found[2] ?? '') };
  return name || email ? { name: name ?? '', email: email ?? '' } : null;
}
