import type { DocumentKind } from '../../contract/schema/document.ts';
import { Failure } from '../../contract/failure.ts';
import { recordFolder } from '../../ledger/sources/select-files.ts';
import { readTemplate } from '../scaffold/read-template.ts';
import { knownPhases, type DocumentPen } from '../writer/pen.ts';

const names = { journal: 'JOURNAL', status: 'STATUS', backlog: 'BACKLOG', review: 'REVIEW' } as const;

/** Where to write, and what a file that is not there yet begins with. */
export interface FoundDocument {
  path: string;
  preamble: string;
}

/** The document of one kind and phase: the one that the record has, else where it belongs, with its template. */
export function findPhaseDocument(pen: DocumentPen, kind: keyof typeof names, phase: string): FoundDocument {
  const name = `${names[kind]}${phase === '-' || phase === pen.vocabulary.defaultPhase ? '' : `-${phase}`}.md`;
  const path = known(pen, kind, phase) ?? renamed(pen, name) ?? `${recordFolder}/${name}`;
  return { path, preamble: readTemplate(`machine-docs/${names[kind]}-PHASE.md`).replaceAll('{{phase}}', phase) };
}

/** DECISIONS or DEFERRED. */
export function findSharedDocument(pen: DocumentPen, kind: 'decisions' | 'deferred'): FoundDocument {
  const name = `${kind.toUpperCase()}.md`;
  return { path: known(pen, kind, null) ?? renamed(pen, name) ?? `${recordFolder}/${name}`, preamble: readTemplate(`machine-docs/${name}`) };
}

/** Of several, the one that lies in the folder of the record, or else the first. */
function known({ documents }: DocumentPen, kind: DocumentKind, phase: string | null): string | null {
  const paths = documents.filter((document) => document.kind === kind && (phase === null || document.phase === phase)).map(({ path }) => path);
  return paths.find((path) => path.startsWith(`${recordFolder}/`)) ?? paths[0] ?? null;
}

/** The file that the configuration lets stand for this one. */
function renamed({ vocabulary }: DocumentPen, name: string): string | null {
  const path = Object.keys(vocabulary.renames).find((each) => vocabulary.renames[each]?.toLowerCase() === name.toLowerCase());
  return path === undefined ? null : path.includes('/') ? path : `${recordFolder}/${path}`;
}

/**
 * The phase that an entry is written for: the one that was given, else the default of the configuration. Throws a usage failure for a phase that is
 * no phase id, and where none is given and none is the default.
 */
export function choosePhase(pen: DocumentPen, given: string | null): string {
  const phase = chooseSharedPhase(pen, given);
  if (phase !== '-' || given === '-' || pen.documents.some((document) => document.phase === '-' && names[document.kind as keyof typeof names] !== undefined)) return phase;
  throw new Failure('usage', `Unexpected command without --phase, expected one of ${knownPhases(pen).join(', ') || 'a phase'}; no default is configured.`, { next: 'docket status' });
}

/** The phase of an entry in a document that all phases share: the one that was given, else the default, else none (`-`). */
export function chooseSharedPhase(pen: DocumentPen, given: string | null): string {
  if (given === null || given === '-' || /^[A-Za-z0-9]+$/u.test(given)) return given ?? pen.vocabulary.defaultPhase;
  throw new Failure('usage', `Unexpected phase "${given}" for --phase, expected letters and digits only, such as pxgate or 2w.`, { next: 'docket status' });
}
