import type { Kind } from '../contract/schema/entry.ts';
import { Failure } from '../contract/failure.ts';
import { suggestNearest } from './nearest.ts';

interface KindFacts {
  plural: string;
  summary: string;
  states: readonly string[];
}

/** Every kind of entry with its plural and the closed list of its states. */
export const knownKinds: Record<Kind, KindFacts> = {
  journal: { plural: 'journals', summary: 'what the Builder did, dated', states: [] },
  decision: { plural: 'decisions', summary: 'what was settled, and what replaced it', states: ['proposed', 'settled', 'superseded', 'exception'] },
  deferred: { plural: 'deferrals', summary: 'work parked on purpose, with what would bring it back', states: ['open', 'closed', 'reopened'] },
  inbox: { plural: 'inboxes', summary: 'a message from one role to the other', states: ['unread', 'consumed'] },
  claim: { plural: 'claims', summary: "the Builder's side of a gate", states: [] },
  verdict: { plural: 'verdicts', summary: "the Adversary's side of a gate", states: ['pass', 'fail', 'conditional', 'pending'] },
  finding: { plural: 'findings', summary: 'a defect or probe filed by the Adversary', states: ['open', 'closed'] },
  task: { plural: 'tasks', summary: "a box of the Builder's backlog", states: ['open', 'done', 'partial', 'dropped'] },
  gate: {
    plural: 'gates',
    summary: 'a milestone of a phase, claimed and judged',
    states: ['none', 'claimed', 'verified', 'failed', 'conditional', 'reclaimed', 'expired', 'vetoed'],
  },
  reproduction: { plural: 'reproductions', summary: 'commands with what they printed', states: ['intact', 'stale-contract', 'tampered', 'unreadable', 'superseded', 'doubled'] },
  alert: { plural: 'alerts', summary: 'what the reconciler raised', states: ['open', 'acknowledged', 'closed'] },
  note: { plural: 'notes', summary: 'a section of REVIEW or STATUS that is neither claim nor verdict', states: [] },
  veto: { plural: 'vetoes', summary: "the Adversary's stop to a phase or a gate", states: ['standing', 'cleared'] },
  plan: { plural: 'plans', summary: "the phase's source of truth", states: [] },
};

export const kindNames = Object.keys(knownKinds).filter(isKind);

function isKind(word: string): word is Kind {
  return Object.hasOwn(knownKinds, word);
}

/** The kind that a word names, singular or plural, in any case; null for another word. */
export function findKind(word: string): Kind | null {
  const wanted = word.toLowerCase();
  return kindNames.find((kind) => kind === wanted || knownKinds[kind].plural === wanted) ?? null;
}

/** Kinds named on a command line. Throws a usage failure for a word that names none. */
export function readKinds(words: readonly string[], others: readonly string[] = []): Kind[] {
  return words.map((word) => {
    const kind = findKind(word);
    if (kind !== null) return kind;
    const plurals = kindNames.map((name) => knownKinds[name].plural);
    const near = suggestNearest(word, [...kindNames, ...plurals, ...others]);
    throw new Failure('usage', `Unknown kind "${word}", expected one of ${[...kindNames, ...others].join(', ')}.${near}`, { next: 'docket list --help' });
  });
}

/** States to filter by. Throws a usage failure for a word that is a state of none of `kinds` (of no kind at all when that is empty). */
export function readStates(words: readonly string[], kinds: readonly Kind[]): string[] {
  const possible = [...new Set((kinds.length > 0 ? kinds : kindNames).flatMap((kind) => knownKinds[kind].states))];
  return words.map((word) => {
    const state = word.toLowerCase();
    if (possible.includes(state)) return state;
    const of = kinds.length > 0 ? ` of ${kinds.join(', ')}` : '';
    const expected = possible.length > 0 ? `expected one of ${possible.join(', ')}` : 'expected none, as entries of this kind have no state';
    throw new Failure('usage', `Unknown state "${word}"${of}, ${expected}.${suggestNearest(word, possible)}`, { next: 'docket list --help' });
  });
}
