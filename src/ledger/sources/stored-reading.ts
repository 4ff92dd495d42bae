import { readSource } from '../../documents/outline/source.ts';
import type { Draft, Reading } from '../../documents/reading.ts';

/** A reading with what of the text the ledger still needs once the text is gone. */
export interface StoredReading {
  reading: Reading;
  /** For each draft its last line that is not blank: blank lines behind an entry come and go with its neighbour. */
  contentEnds: number[];
  /** For each line the number that git gives it; null where they are the same (there is no lone carriage return). */
  gitLines: number[] | null;
}

/** Takes from a document's bytes what has to be stored with its reading. */
export function storeReading(reading: Reading, bytes: Uint8Array): StoredReading {
  const source = readSource(bytes);
  const isBlank = (line: number): boolean => source.sliceLines(line, line).trim() === '';
  const contentEnds = reading.drafts.map((draft) => {
    let end = draft.endLine;
    while (end > draft.line && isBlank(end)) end -= 1;
    return end;
  });
  const hasLoneReturn = /\r(?!\n)/u.test(source.text);
  return { reading, contentEnds, gitLines: hasLoneReturn ? Array.from({ length: source.lines }, (_, index) => source.lfLineOf(index + 1)) : null };
}

/** The fields that states depend on, by kind. */
const stateFields: Partial<Record<Draft['kind'], RegExp>> = {
  deferred: /trigger|re-?entry|revisit|bring.?back|re-?open when|pick.?up|resume|^(?:Closed|Resolved)/iu,
  claim: /^Forced$/u,
};

/**
 * What of a reading decides states: everything but texts and mentions. `docket status` reads these alone, a fraction of the bytes.
 */
export function stateOfReading(stored: StoredReading): StoredReading {
  return { ...stored, reading: { ...stored.reading, spans: [], unparsed: [], diagnostics: [], drafts: stored.reading.drafts.map(stateOfDraft) } };
}

function stateOfDraft(draft: Draft): Draft {
  const { steps: _steps, ...rest } = draft;
  return {
    ...rest,
    ...(draft.recording ? { recording: { ...draft.recording, text: null } } : {}),
    fields: draft.fields.filter(({ name }) => stateFields[draft.kind]?.test(name) ?? false),
    refs: draft.kind === 'journal' ? draft.refs.filter(({ type }) => type === 'gate') : draft.kind === 'claim' ? draft.refs.filter(({ type }) => type === 'reproduction') : [],
  };
}
