import { tryGit, type GitPlace } from './run-git.ts';

/** Whether git leaves a file of the working tree alone; `path` is relative to the root. */
export async function isIgnored(place: GitPlace, path: string): Promise<boolean> {
  return (await tryGit(place, ['check-ignore', '--quiet', '--', path])).code === 0;
}
