import type { Role } from '../../contract/schema/entry.ts';
import { readIdentity } from '../../git/read-identity.ts';
import type { GitPlace } from '../../git/run-git.ts';
import type { Config } from '../config/config.ts';

/** The role that the configuration gives to who would be the author of a commit now; null where it gives none. */
export async function roleByConfig(repository: GitPlace, { roles }: Pick<Config, 'roles'>): Promise<Role | null> {
  const sides = (['builder', 'adversary', 'operator'] as const).filter((role) => roles[role].length > 0);
  if (sides.length === 0) return null;
  const author = await readIdentity(repository);
  if (author === null) return null;
  const names = [author.name, author.email, `${author.name} <${author.email}>`].map((name) => name.toLowerCase());
  return sides.find((role) => roles[role].some((each) => names.includes(each.toLowerCase()))) ?? null;
}

/** Whose eyes a record is read with: as the caller says, else as the configuration tells from git's author. */
export async function isAdversary(repository: GitPlace, config: Pick<Config, 'roles'>, role: Role | null): Promise<boolean> {
  if (role !== null) return role === 'adversary';
  return config.roles.adversary.length > 0 && (await roleByConfig(repository, config)) === 'adversary';
}
