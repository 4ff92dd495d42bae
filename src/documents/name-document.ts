import type { DocumentKind } from '../contract/schema/document.ts';
import type { Role } from '../contract/schema/entry.ts';
import type { Vocabulary } from './vocabulary/vocabulary.ts';

export interface DocumentName {
  kind: DocumentKind;
  phase: string;
  owner: Role | null;
}

const owners: Record<DocumentKind, Role | null> = {
  journal: 'builder', status: 'builder', backlog: null, review: 'adversary', decisions: null, deferred: null, inbox: null, plan: 'operator', unknown: null,
};

/**
 * Kind, phase and owner of a document. The file name decides, never the title: titles are wrong often. Names that the configuration gives
 * (`documents: {notes/LOG.md: JOURNAL-x.md}`) are taken for the names they stand for.
 */
export function nameDocument(path: string, vocabulary: Vocabulary): DocumentName {
  const file = (vocabulary.renames[path] ?? path).split('/').at(-1) ?? path;
  const name = vocabulary.renames[file] ?? file;
  const inbox = /^(BUILDER|ADVERSARY)-INBOX\.md$/iu.exec(name);
  if (inbox) return { kind: 'inbox', phase: '-', owner: inbox[1]?.toUpperCase() === 'BUILDER' ? 'adversary' : 'builder' };
  const shared = /^(DECISIONS|DEFERRED)\.md$/iu.exec(name);
  if (shared) return { kind: shared[1]?.toLowerCase() as DocumentKind, phase: '-', owner: null };
  const plan = /^plan-phase-([A-Za-z0-9]+)(?:-[^/]*)?\.md$/u.exec(name);
  if (plan) return { kind: 'plan', phase: plan[1] ?? '-', owner: 'operator' };
  const phased = /^(JOURNAL|STATUS|BACKLOG|REVIEW)(?:-([A-Za-z0-9]+))?\.md$/iu.exec(name);
  if (!phased) return { kind: 'unknown', phase: '-', owner: null };
  const kind = phased[1]?.toLowerCase() as DocumentKind;
  return { kind, phase: phased[2] ?? vocabulary.defaultPhase, owner: owners[kind] };
}

/** Which side reads an inbox file. */
export function inboxReader(path: string): 'builder' | 'adversary' {
  return /ADVERSARY-INBOX\.md$/iu.test(path) ? 'adversary' : 'builder';
}
