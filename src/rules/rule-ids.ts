import type { Level } from '../contract/schema/envelope.ts';

/**
 * Every rule by group, with its level where the configuration sets none. An error is what is broken at the moment of commit, or a
 * recorded proof that is false; a real, healthy repository passes with warnings. What is merely worth knowing is info.
 */
export const ruleGroups = {
  files: { 'conflict-marker': 'error', 'file-location': 'warning', 'unknown-document': 'info', unparsed: 'warning', 'front-matter': 'error', 'baseline-grown': 'error' },
  links: {
    'duplicate-id': 'error', 'dangling-commit': 'warning', 'dangling-link': 'warning', 'ambiguous-link': 'info', 'rewritten-commit': 'warning',
    'unlanded-commit': 'warning',
  },
  deferred: {
    'deferred-wrong-section': 'error', 'deferred-closed-without-pointer': 'warning', 'deferred-not-closed': 'warning', 'deferred-reopened': 'warning',
    'deferred-duplicate': 'warning', 'deferred-triggered': 'warning', 'deferred-elsewhere': 'info', 'misattributed-close': 'error',
  },
  decisions: {
    'supersede-cycle': 'error', 'supersede-twice': 'warning', 'supersede-one-sided': 'warning', 'supersede-unknown': 'warning',
    'retired-decision-cited': 'warning',
  },
  gates: {
    'claim-without-commit': 'warning', 'claim-incomplete': 'warning', 'claim-without-evidence': 'warning', 'claim-dirty-tree': 'warning', 'claim-not-pushed': 'warning', 'claim-ci-failing': 'warning',
    'expected-without-command': 'warning', 'verdict-stale': 'warning', 'verdict-without-claim': 'warning', 'gate-disagreement': 'warning',
    'done-not-allowed': 'error', 'done-placeholder': 'warning', 'done-missing': 'info', 'veto-standing': 'warning', 'finding-open-at-done': 'warning',
    'backlog-stale': 'info',
  },
  evidence: {
    'not-green': 'error', 'vacuous-red': 'error', 'wrong-red': 'error', vacuous: 'error', mismatch: 'error', inconclusive: 'warning', flaky: 'warning',
    incomplete: 'warning', 'reasoned-evidence': 'warning', 'paraphrased-output': 'warning', 'orphan-observation': 'info', 'state-left-behind': 'warning',
  },
  notation: {
    'repro-notation': 'warning', 'no-exit-status': 'warning', 'no-commit': 'warning', 'missing-neg': 'warning', 'unsafe-replay': 'warning',
    'note-contradicts-role': 'warning',
  },
  controls: { toothless: 'error', noop: 'error', void: 'error', 'pre-red': 'error' },
  freshness: {
    tampered: 'error', 'receipt-unreadable': 'error', 'duplicate-reproduction': 'error', 'unresolved-base': 'error', 'inputs-too-narrow': 'error', 'stale-code': 'warning', 'stale-contract': 'warning',
    'stale-base': 'warning', 'env-drift': 'warning', lost: 'warning',
  },
  roles: { 'not-owner': 'error', 'append-only': 'error', 'verdict-rewritten': 'error', 'other-side-ticked': 'error' },
  inbox: { 'inbox-verdict': 'warning', 'inbox-overwritten': 'error', 'inbox-unread-at-claim': 'warning' },
  time: { 'future-time': 'warning', 'time-without-zone': 'info' },
  commits: { 'commit-scope': 'warning', 'commit-trailer-hidden': 'warning', 'review-without-verdict': 'info' },
  infra: {
    'gate-cycle': 'error', 'toothless-gate': 'error', 'identity-blind': 'warning', 'alert-unexplained': 'warning',
    'alert-cleared-without-record': 'warning',
  },
  safety: { secret: 'error', 'terminal-escape': 'error' },
} as const satisfies Record<string, Record<string, Level>>;

export type RuleGroup = keyof typeof ruleGroups;
export type RuleOf<G extends RuleGroup> = keyof (typeof ruleGroups)[G];
export type RuleId = { [G in RuleGroup]: RuleOf<G> }[RuleGroup];

const defaults = new Map<string, Level>(Object.values(ruleGroups).flatMap((levels) => Object.entries(levels)));

/** The level of a rule where the configuration sets none; null for what is no rule. */
export function defaultLevel(rule: string): Level | null {
  return defaults.get(rule) ?? null;
}

/** Every rule's id, group by group. */
export const ruleIds: readonly string[] = [...defaults.keys()];
