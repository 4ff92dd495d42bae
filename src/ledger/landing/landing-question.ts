import type { GitPlace } from '../../git/run-git.ts';
import type { LandingCommit } from './types.ts';

export interface LandingQuestion {
  repository: GitPlace;
  /** The commit that the landing ref stands for. */
  landing: string;
  /** The commits whose landing is asked for. */
  commits: readonly LandingCommit[];
  /** All commits whose message says that they revert another. */
  reverts: readonly LandingCommit[];
  /** Folders and files of the docket: what they change does not make a fix. */
  documents: readonly string[];
  isDocument: (path: string) => boolean;
}

/** The files that a fix changes, names before renames included. */
export function fixPaths(commit: LandingCommit, isDocument: (path: string) => boolean): string[] {
  return [...new Set(commit.files.flatMap((file) => (file.from === null ? [file.path] : [file.path, file.from])))].filter((path) => !isDocument(path));
}
