import picomatch from 'picomatch';

/** The record is no code: what is written about a proof does not make it stale. */
const record = 'machine-docs';

/** Says which paths a reproduction speaks of. */
export interface InScope {
  (path: string): boolean;
  /** Everything but the record: whole folders of the root, so that their trees need not be opened. */
  readonly isWhole: boolean;
}

/**
 * The paths that `inputs` name: globs from the root, a folder for all below it, `!GLOB` for what is not meant. Without any, everything but the
 * record. The record is in scope only where a glob names it.
 */
export function scopeOf(inputs: readonly string[]): InScope {
  const wanted = inputs.filter((glob) => !glob.startsWith('!')).map(matcher);
  const refused = inputs.filter((glob) => glob.startsWith('!')).map((glob) => matcher(glob.slice(1)));
  const named = inputs.filter((glob) => glob.replace(/^\.?\//, '').startsWith(record)).map(matcher);
  const has = (path: string): boolean => {
    if (refused.some((matches) => matches(path))) return false;
    if (path === record || path.startsWith(`${record}/`)) return named.some((matches) => matches(path));
    return wanted.length === 0 || wanted.some((matches) => matches(path));
  };
  return Object.assign(has, { isWhole: inputs.length === 0 });
}

function matcher(glob: string): (path: string) => boolean {
  const plain = glob.replace(/^\.?\//, '').replace(/\/+$/, '');
  const matches = picomatch(plain, { dot: true });
  return (path) => path === plain || path.startsWith(`${plain}/`) || matches(path);
}
