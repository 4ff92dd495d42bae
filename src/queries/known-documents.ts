/** The files that docket reads below machine-docs/, as `docket describe` shows them. The file name decides kind and phase. */
export const knownDocuments = [
  { file: 'JOURNAL-<phase>.md', kind: 'journal', owner: 'builder', summary: 'append-only; what was done, dated' },
  { file: 'STATUS-<phase>.md', kind: 'status', owner: 'builder', summary: 'rewritten in place; gates, claims, DONE' },
  { file: 'BACKLOG-<phase>.md', kind: 'backlog', owner: 'both', summary: "the Builder's tasks, the Adversary's findings; boxes are ticked by the section's owner" },
  { file: 'REVIEW-<phase>.md', kind: 'review', owner: 'adversary', summary: 'append-only; verdicts, probes, vetoes' },
  { file: 'DECISIONS.md', kind: 'decisions', owner: 'both', summary: 'append-only, shared by all phases' },
  { file: 'DEFERRED.md', kind: 'deferred', owner: 'both', summary: 'append-only; closing ticks the box and adds a line' },
  { file: 'BUILDER-INBOX.md', kind: 'inbox', owner: 'adversary', summary: 'written by the Adversary, deleted by the Builder when read' },
  { file: 'ADVERSARY-INBOX.md', kind: 'inbox', owner: 'builder', summary: 'written by the Builder, deleted by the Adversary when read' },
  { file: 'plan-phase-<phase>-<slug>.md', kind: 'plan', owner: 'operator', summary: "the phase's single source of truth" },
  { file: 'alerts/<time>-<app>-<reason>.json', kind: 'alert', owner: 'reconciler', summary: 'raised by the reconciler' },
] as const;
