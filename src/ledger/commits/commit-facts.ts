import type { Role } from '../../contract/schema/entry.ts';
import type { Commit } from '../../git/commit-format.ts';
import { replacedBy } from '../../git/landing/replaced-commits.ts';
import { parseTrailers, type Trailer } from '../../git/parse-trailers.ts';
import type { Config } from '../config/config.ts';
import type { CommitFact } from '../ledger.ts';
import { parseSubject, type Subject } from './parse-subject.ts';

/** Trailers that mean something to docket. Others may stand anywhere in a message without being meant as trailers. */
const known = /^(?:Phase|Closes-Deferred|Decision|Closes-Finding|Role)$/iu;

/** A bracket before the colon of a subject, and every word that `matters` looks for. */
const telling = /^[^\n:]*\(|claim|review|verdict|Phase|Closes-|Decision|Role|commit [0-9a-f]{40}/iu;

/** Raised when `matters` says something else of the same commit. */
export const mattersName = 'docket-3';

/**
 * Is a commit that touches no document still part of the record: does it claim, judge, declare, say to which phase or role it belongs, or that it
 * was made of another commit?
 */
export function matters(commit: Commit): boolean {
  // Most commits of a long history hold none of the words that any of these forms has.
  if (!telling.test(commit.message)) return false;
  const { parts, scope } = parseSubject(commit.subject);
  if (parts.some((part) => part === 'claim' || part === 'review' || part === 'verdict') || (scope !== null && scope.gates.length > 0)) return true;
  return parseTrailers(commit.message).some(({ name }) => known.test(name)) || replacedBy(commit.message).length > 0;
}

/** What is known of phases and documents while a commit is read. */
export interface CommitContext {
  config: Config;
  isPhase: (id: string) => boolean;
  isDocument: (path: string) => boolean;
  /** The phase of a document by its path; `-` for those of all phases. */
  phaseOf: (path: string) => string;
}

/** What a commit says by its subject, its trailers and the documents that it touches. */
export function readCommitFact(commit: Commit, context: CommitContext): CommitFact {
  const subject = parseSubject(commit.subject, context.isPhase);
  const trailers = parseTrailers(commit.message).filter(({ name, hidden }) => !hidden || known.test(name));
  const replaces = replacedBy(commit.message);
  const documents = commit.files.flatMap(({ path, from }) => (from === null ? [path] : [path, from])).filter(context.isDocument);
  return {
    commit: commit.commit,
    at: commit.commitTime,
    author: commit.author.name,
    subject: commit.subject,
    ...roleOf(commit, subject.parts, trailers, context.config),
    prefix: subject.prefix,
    phase: phaseOfCommit(subject, trailers, documents, context),
    scope: subject.scope,
    claims: subject.claims,
    verdicts: subject.verdicts,
    trailers,
    documents,
    ...(replaces.length > 0 ? { replaces } : {}),
  };
}

const sides: Record<string, Role> = { review: 'adversary', verdict: 'adversary', claim: 'builder', status: 'builder', journal: 'builder', feat: 'builder', fix: 'builder' };

/** Trailer `Role:`, else the prefix of the subject, else the author map of the configuration. */
function roleOf(commit: Commit, parts: readonly string[], trailers: readonly Trailer[], config: Config): Pick<CommitFact, 'role' | 'roleFrom'> {
  const trailer = trailers.findLast(({ name, value }) => /^role$/iu.test(name) && /^(?:builder|adversary|operator)$/iu.test(value));
  if (trailer) return { role: trailer.value.toLowerCase() as Role, roleFrom: 'trailer' };
  const [byPrefix, ...others] = new Set(parts.flatMap((part) => sides[part] ?? []));
  // A commit of both sides, such as `review+status(…)`, is nobody's.
  if (byPrefix && others.length === 0) return { role: byPrefix, roleFrom: 'prefix' };
  const role = roleOfAuthor(commit.author, parts, config);
  return { role, roleFrom: role === null ? null : 'config' };
}

/** The role that the configuration gives an author, or a prefix of a subject; null where it names neither. */
export function roleOfAuthor({ name, email }: Commit['author'], parts: readonly string[], config: Pick<Config, 'roles'>): Role | null {
  const names = [name, email, `${name} <${email}>`, ...parts].map((each) => each.toLowerCase());
  return (['builder', 'adversary', 'operator'] as const).find((role) => config.roles[role].some((each) => names.includes(each.toLowerCase().replace(/[(:]+$/u, '')))) ?? null;
}

/** A scope that is no known phase is a free word, unless the commit claims or judges: then it is all there is. */
function phaseOfCommit(subject: Subject, trailers: readonly Trailer[], documents: readonly string[], context: CommitContext): string | null {
  const scoped = subject.scope?.phase ?? null;
  if (scoped !== null && context.isPhase(scoped)) return scoped;
  const trailer = trailers.findLast(({ name }) => /^phase$/iu.test(name))?.value.trim() ?? null;
  if (trailer !== null && /^[A-Za-z0-9]+$/u.test(trailer)) return trailer;
  if (scoped !== null && (subject.claims.length > 0 || subject.verdicts.length > 0)) return scoped;
  const touched = [...new Set(documents.map(context.phaseOf))].filter((phase) => phase !== '-');
  return touched.length === 1 ? (touched[0] ?? null) : null;
}
