import { maskText } from './mask-text.ts';
import { readScope, type Scope } from './read-scope.ts';
import { readSubjectClaims } from './read-subject-claims.ts';
import { readSubjectVerdicts, type SubjectVerdict } from './read-subject-verdicts.ts';

/** What the first line of a commit message says. */
export interface Subject {
  /** The word before the scope, lower case: `claim`, `review`, `status+journal`; null where the subject has no such form. */
  prefix: string | null;
  /** The words of the prefix: `status+journal` → `status`, `journal`. */
  parts: string[];
  scope: Scope | null;
  claims: string[];
  verdicts: SubjectVerdict[];
}

const form = /^\s*(?:(?:fixup|squash|amend)!\s+)*([A-Za-z][\w-]*(?:\s?[+/,&]\s?[A-Za-z][\w-]*)*)\s?(?:\(((?:[^()]|\([^()]*\))*)\))?!?\s?:\s*(.*)$/su;

/** Every gate is weighed against every result: a subject of 45,000 characters took a minute, and nobody reads one of 2,000. */
const longest = 2000;

/**
 * Reads a commit subject such as `claim(pxgate-M1): …` or `review(ghost-M1+M2): M1 PASS + M2 PASS`. Claims and verdicts are the gates that the
 * subject itself claims or judges; `isPhase` tells a known phase from a free word, where phases are known.
 */
export function parseSubject(subject: string, isPhase: (id: string) => boolean = () => false): Subject {
  const found = form.exec(subject);
  if (!found) return { prefix: null, parts: [], scope: null, claims: [], verdicts: [] };
  const [, written = '', scopeText, rest = ''] = found;
  const prefix = written.toLowerCase().replace(/\s/gu, '');
  const parts = prefix.split(/[+/,&]/u);
  const scope = scopeText === undefined ? null : readScope(scopeText, isPhase);
  const gates = scope?.gates ?? [];
  const masked = maskText(rest.slice(0, longest));
  return {
    prefix,
    parts,
    scope,
    claims: readSubjectClaims(parts, gates, masked),
    verdicts: parts.some((part) => part === 'review' || part === 'verdict') ? readSubjectVerdicts(gates, masked) : [],
  };
}
