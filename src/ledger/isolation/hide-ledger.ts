import type { Entry, Recording, Step } from '../../contract/schema/entry.ts';
import type { Diagnostic } from '../../contract/schema/envelope.ts';
import type { Ledger, LedgerDocument, Phase } from '../ledger.ts';
import { hideRemarks } from './hide-text.ts';
import type { Shield } from './shield.ts';
import { withhold } from './withheld.ts';

/**
 * The ledger as the Adversary is handed it: hidden entries are there, with their place and their date, under an id that says nothing of them, and nothing
 * else of what they hold. `phases` are those of the record without the hidden journals: a gate that only they name is hidden with them.
 */
export function hideLedger(ledger: Ledger, phases: readonly Phase[], shield: Shield): Ledger {
  const gates = new Map(phases.map(({ id, gates: known }) => [id, new Set(known)]));
  const isKnown = ({ kind, phase, gate }: Entry): boolean => kind !== 'gate' || !shield.unjudged.has(phase) || (gates.get(phase)?.has(gate ?? '') ?? false);
  return {
    ...ledger,
    phases: [...phases],
    documents: ledger.documents.map((document) => hideDocument(document, shield)),
    entries: ledger.entries.filter(isKnown).map((entry) => hideEntry(entry, shield, (gate) => gates.get(entry.phase)?.has(gate) ?? false)),
    diagnostics: [...ledger.diagnostics.map((diagnostic) => hideDiagnostic(diagnostic, shield)), ...tellHidden(shield)],
  };
}

function hideDocument(document: LedgerDocument, { journals, ids }: Shield): LedgerDocument {
  const shownId = (id: string): string => ids.get(id) ?? id;
  const { frontMatter } = document;
  return {
    ...document,
    entries: document.entries.map(shownId),
    spans: document.spans.map((span) => ({ ...span, entry: span.entry === null ? null : shownId(span.entry) })),
    ...(journals.has(document.path) && frontMatter !== null ? { frontMatter: { ...frontMatter, owner: null, status: null, gates: [] } } : {}),
  };
}

function hideEntry(entry: Entry, { ids, documents, journals }: Shield, isGate: (gate: string) => boolean): Entry {
  const refs = entry.refs.map((ref) => (ref.target !== null && ids.has(ref.target) ? { ...ref, target: ids.get(ref.target) ?? null } : ref));
  const id = ids.get(entry.id);
  if (id !== undefined) return withhold(hiddenEntry(entry, id, isGate), entry);
  if (!documents.has(entry.place.path)) return withhold({ ...entry, refs }, entry);
  if (entry.kind !== 'reproduction') return withhold({ ...entry, refs, fields: Object.fromEntries(Object.entries(entry.fields).map(([name, value]) => [name, hideRemarks(value)])) }, entry);
  const { title: _title, ...shown } = entry;
  const title = journals.has(entry.place.path) ? entry.id.slice(entry.id.indexOf('/') + 1) : entry.title;
  return withhold({ ...shown, title, fields: {}, refs: journals.has(entry.place.path) ? [] : refs }, entry);
}

/** What tells nothing: where it stands, of which day it is, which commits brought it, and what is judged of it. */
function hiddenEntry({ kind, phase, date, author, state, place, introduced, changed, gate, notation, level, steps, recording }: Entry, id: string, isGate: (gate: string) => boolean): Entry {
  return {
    id, kind, phase, title: '', date, time: null, author, state, place, fields: {}, refs: [], hidden: true,
    ...(introduced === undefined ? {} : { introduced }),
    ...(changed === undefined ? {} : { changed }),
    ...(gate === undefined || !isGate(gate) ? {} : { gate }),
    ...(notation === undefined ? {} : { notation }),
    ...(level === undefined ? {} : { level }),
    ...(steps === undefined ? {} : { steps: steps.map(hiddenStep) }),
    ...(recording === undefined ? {} : { recording: hiddenRecording(recording) }),
  };
}

function hiddenStep({ line, role, guessed, at, commands }: Step): Step {
  return { line, role, guessed, ...(at === undefined ? {} : { at: '' }), commands: commands.map((command) => ({ line: command.line, text: '' })), observations: [] };
}

function hiddenRecording(recording: Recording): Recording {
  return { ...recording, why: [], scope: [], dirty: [], env: null };
}

/** Whatever is said of a hidden journal is said without its words. */
function hideDiagnostic(diagnostic: Diagnostic, { journals, ids }: Shield): Diagnostic {
  const entry = diagnostic.entry === null ? null : (ids.get(diagnostic.entry) ?? diagnostic.entry);
  if (diagnostic.place === null || !journals.has(diagnostic.place.path) || diagnostic.rule === 'unreadable') return { ...diagnostic, entry };
  return { ...diagnostic, entry, message: `${diagnostic.rule} in a journal that is hidden until the verdict`, related: [] };
}

function tellHidden({ unjudged, journals }: Shield): Diagnostic[] {
  if (journals.size === 0) return [];
  const waiting = [...unjudged].map(([phase, gates]) => gates.map((gate) => `${phase}/${gate}`).join(', ')).join(', ');
  const message = `hidden from the Adversary until ${waiting} has a verdict: ${[...journals].join(', ')}`;
  return [{ rule: 'isolation', level: 'info', message, place: null, related: [], entry: null, next: 'Judge the claim first; --after-verdict shows what is hidden.', fixable: false }];
}

/** What is said where the hiding was lifted by hand. */
export function tellLifted({ unjudged, journals }: Shield): Diagnostic[] {
  if (journals.size === 0) return [];
  const waiting = [...unjudged].map(([phase, gates]) => gates.map((gate) => `${phase}/${gate}`).join(', ')).join(', ');
  const message = `--after-verdict: shown although ${waiting} has no verdict yet: ${[...journals].join(', ')}`;
  return [{ rule: 'isolation', level: 'warning', message, place: null, related: [], entry: null, next: 'Leave --after-verdict out until the verdict is written.', fixable: false }];
}
