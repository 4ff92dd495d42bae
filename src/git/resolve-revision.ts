import leven from 'leven';
import { Failure } from '../contract/failure.ts';
import { decodePath } from './path-names.ts';
import { runGit, tryGit, type GitPlace } from './run-git.ts';

/** What one git reference is called and what it stands for; `commit` is null when it leads to no commit. */
export interface Reference {
  /** E.g. `refs/heads/main`. */
  name: string;
  commit: string | null;
  /** Where a symbolic reference points, e.g. `refs/remotes/origin/main`. */
  target: string | null;
}

/** What stands for more than one commit, for none, or for a search. */
const notOneCommit = /^[-^:]|\.\.|\^[@!]|\^-|\^\{\/|[\p{Cc}]|^$/u;

/**
 * The id of the commit that a name stands for: a branch, a tag (peeled), an id or the beginning of one, `HEAD~3`.
 * Throws a `Failure` of kind usage for ranges, options, unknown and ambiguous names; it lists the nearest ones.
 */
export async function resolveRevision(repository: GitPlace, name: string): Promise<string> {
  if (notOneCommit.test(name)) throw new Failure('usage', `${JSON.stringify(name)} does not name one commit`, { next: 'give a branch, a tag, or a commit id' });
  const { code, stdout, stderr } = await tryGit(repository, ['--bare', '-c', 'core.warnAmbiguousRefs=true', 'rev-parse', '--verify', '--end-of-options', `${name}^{commit}`]);
  if (/refname '.*' is ambiguous/.test(stderr)) {
    const meant = (await listReferences(repository, [])).filter((each) => each.name.endsWith(`/${name}`)).map((each) => each.name);
    throw new Failure('usage', `${name} is ambiguous: ${meant.join(', ')}`, { next: 'give the whole name of the reference' });
  }
  const id = stdout.toString('latin1').trim();
  if (code === 0 && /^[0-9a-f]{40,64}$/.test(id)) return id;
  if (/short object ID \S+ is ambiguous/.test(stderr)) {
    const candidates = [...stderr.matchAll(/^hint: {3}([0-9a-f]+) commit (.*)$/gm)].map((found) => `${found[1]} (${found[2]})`);
    throw new Failure('usage', `${name} is ambiguous: ${candidates.join(', ')}`, { next: 'give more digits of the commit id' });
  }
  const plain = await tryGit(repository, ['--bare', 'cat-file', '-t', name]);
  if (plain.code === 0) throw new Failure('usage', `${name} is a ${plain.stdout.toString('latin1').trim()}, not a commit`, { next: 'give a branch, a tag, or a commit id' });
  throw new Failure('usage', `there is no revision ${name} here`, { next: await suggestNames(repository, name) });
}

/** References, by name: those at or below some names, or that fit a pattern with stars; all for none. */
export async function listReferences(repository: GitPlace, prefixes: readonly string[]): Promise<Reference[]> {
  const format = '--format=%(refname)%00%(objecttype)%00%(objectname)%00%(*objecttype)%00%(*objectname)%00%(symref)';
  const output = await runGit(repository, ['--bare', 'for-each-ref', format, ...prefixes]);
  return parseReferences(output);
}

export function parseReferences(output: Buffer): Reference[] {
  const lines = output.toString('latin1').split('\n').filter((line) => line !== '');
  return lines.map((line) => {
    const [name = '', type, id = '', peeledType, peeled = '', target = ''] = line.split('\0');
    const commit = type === 'commit' ? id : peeledType === 'commit' ? peeled : null;
    return { name: decodePath(Buffer.from(name, 'latin1')), commit, target: target === '' ? null : decodePath(Buffer.from(target, 'latin1')) };
  });
}

const suggestionCount = 3;

async function suggestNames(repository: GitPlace, name: string): Promise<string> {
  const short = (full: string): string => full.replace(/^refs\/(?:heads|tags|remotes)\//, '');
  const names = (await listReferences(repository, [])).map((each) => short(each.name));
  const near = names.map((each) => ({ each, distance: leven(each.toLowerCase(), name.toLowerCase()) }));
  const close = near.filter(({ each, distance }) => distance <= Math.max(2, each.length / 2)).sort((a, b) => a.distance - b.distance);
  const nearest = close.slice(0, suggestionCount).map(({ each }) => each);
  return nearest.length > 0 ? `did you mean ${nearest.join(', ')}?` : 'git log --oneline --all';
}
