import type { Entry } from '../../contract/schema/entry.ts';
import type { CommitFact, Ledger } from '../../ledger/ledger.ts';
import { commitOf } from '../engine/entries.ts';
import type { RuleFinding } from '../engine/finding.ts';
import { toPlace } from '../engine/finding.ts';
import { defineRule } from '../engine/rule.ts';

/** Claim and review commits whose subject names another gate, or none, than the documents that they bring; and those of another phase than all that they touch. */
export const commitScope = defineRule({
  id: 'commit-scope',
  inputs: ['commits'],
  *check({ commits: { facts, ledger } }) {
    const brought = entriesByCommit(ledger);
    for (const fact of facts) {
      const parts = fact.prefix?.split(/[+/,&]/u) ?? [];
      const own = brought.get(fact.commit) ?? [];
      if (parts.some((part) => /^(?:re-?)?claim$/u.test(part))) yield* judge(fact, own.filter(({ kind }) => kind === 'claim'), fact.claims);
      else if (parts.includes('review')) yield* judge(fact, own.filter(({ kind, state }) => kind === 'verdict' && state !== 'pending'), fact.verdicts.map(({ gate }) => gate));
      else continue;
      yield* judgePhase(fact, ledger);
    }
  },
});

function entriesByCommit({ entries }: Ledger): Map<string, Entry[]> {
  const byCommit = new Map<string, Entry[]>();
  for (const entry of entries) {
    const commit = entry.introduced?.commit ?? '';
    byCommit.set(commit, [...(byCommit.get(commit) ?? []), entry]);
  }
  return byCommit;
}

function* judge(fact: CommitFact, brought: readonly Entry[], named: readonly string[]): Generator<RuleFinding> {
  const [first] = brought;
  const gates = [...new Set(brought.map(({ gate }) => gate ?? ''))];
  if (!first || gates.some((gate) => named.includes(gate))) return;
  const says = named.length === 0 ? 'names no gate' : `names ${named.join(', ')}`;
  const prefix = first.kind === 'claim' ? 'claim' : 'review';
  yield {
    found: `subject "${fact.subject}", which ${says}, for the ${first.kind} of ${gates.join(', ')}`, expected: `${prefix}(${first.phase}-${gates.join('+')}): …`,
    place: toPlace(first.place, first.place.line), entry: first.id, commit: commitOf(fact), key: 'gate',
  };
}

/** Only documents of one phase that is known, and not that of the scope. */
function* judgePhase(fact: CommitFact, { documents, phases }: Ledger): Generator<RuleFinding> {
  const scoped = fact.scope?.phase ?? null;
  const touched = new Set(fact.documents.flatMap((path) => documents.find((document) => document.path === path)?.phase ?? []).filter((phase) => phase !== '-'));
  if (scoped === null || touched.size === 0 || touched.has(scoped) || !phases.some(({ id }) => id === scoped)) return;
  yield { found: `scope "${fact.scope?.text ?? ''}" of a commit that changes documents of ${[...touched].join(', ')}`, expected: `the scope of that phase`, place: null, commit: commitOf(fact), key: 'phase' };
}
