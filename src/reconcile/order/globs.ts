import picomatch from 'picomatch';

/** Whether a path matches any of the globs: `*` within one name, `**` across folders, `?`, `[…]`, `{a,b}`. */
export function matchPaths(globs: readonly string[]): (path: string) => boolean {
  if (globs.length === 0) return () => false;
  return picomatch([...globs], { dot: true });
}

/** Whether it names one file outright. */
export function isPlainPath(glob: string): boolean {
  return !/[*?[\]{}()!]/.test(glob);
}

/** The folder above the first name with a pattern in it, `.` for the root. */
export function baseOf(glob: string): string {
  return picomatch.scan(glob).base.split('/').slice(0, picomatch.scan(glob).isGlob ? undefined : -1).join('/') || '.';
}

/** How many folders below its base a glob can reach; a repository may hold far more than what it speaks of. */
export function depthOf(glob: string): number {
  return /\*\*|[{(]/.test(glob) ? Infinity : glob.split('/').length - (baseOf(glob) === '.' ? 0 : baseOf(glob).split('/').length);
}
