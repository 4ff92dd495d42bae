/** Which files are asked for: all below some folders, and those at the root whose name matches a pattern (`*` any run, `?` one character). */
export interface Pathspecs {
  folders: readonly string[];
  rootNames: readonly string[];
}

/** The folders, without those that lie in another of them. */
export function outermostFolders(pathspecs: Pathspecs): string[] {
  const folders = [...new Set(pathspecs.folders.map((folder) => folder.replace(/\/+$/, '')))];
  return folders.filter((folder) => !folders.some((other) => folder.startsWith(`${other}/`)));
}

/** As git takes them, independent of the folder that git is run in. */
export function gitPathspecs(pathspecs: Pathspecs): string[] {
  return [...pathspecs.folders.map((folder) => `:(top,literal)${folder}`), ...pathspecs.rootNames.map((name) => `:(top,glob)${name.replace(/[[\]\\]/g, '\\$&')}`)];
}

/** Does a name at the root match one of the patterns? */
export function rootNameMatcher(pathspecs: Pathspecs): (name: string) => boolean {
  const patterns = pathspecs.rootNames.map((name) => new RegExp(`^${name.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.')}$`, 's'));
  return (name) => patterns.some((pattern) => pattern.test(name));
}
