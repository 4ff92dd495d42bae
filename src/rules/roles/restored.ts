import type { ChangedDocument, DocumentVersion } from '../../ledger/changes/types.ts';
import type { Finding } from '../engine/finding.ts';
import { comparable, entriesOfVersion, fateOf, isPlaceholder, type EntryText, type Fate } from './compare-entries.ts';

/**
 * Did an entry only give its place back to what stood there before? An edit that should not have been may be taken back, whatever was written since; taking away
 * what nothing stood in the place of is no restoration, although an older version of the file had it so.
 */
export function isRestored(entry: EntryText, fate: Fate, document: ChangedDocument): boolean {
  const { past = [], before, after } = document;
  if (before === null || after === null || past.length === 0) return false;
  return fate.kind === 'edited' ? linesCameBack(entry, fate, document) : tookThePlaceOfWhatCameBack(entry, [...past, before], after);
}

/** The commits whose findings may be no more than an old text that came back: to tell, one has to know what stood there before. */
export function changesToLookBack(findings: readonly Finding[]): Set<string | null> {
  return new Set(findings.flatMap(({ rule, commit }) => (rule === 'append-only' || rule === 'verdict-rewritten' ? [commit] : [])));
}

/** An earlier version had all the lines that the entry has now and had not before, and none of those that it has lost. */
function linesCameBack(entry: EntryText, fate: Fate & { kind: 'edited' }, { past = [] }: ChangedDocument): boolean {
  const now = linesAround(fate.version, fate.line);
  const [old, current] = [new Set(entry.lines), new Set(now)];
  const came = now.filter((line) => !old.has(line));
  const lost = entry.lines.filter((line) => !current.has(line));
  return came.length > 0 && past.some((version) => {
    const there = new Set(version.lines.map(comparable));
    return came.every((line) => there.has(line)) && lost.every((line) => !there.has(line));
  });
}

/** The lines of the entry that holds a line, as they are compared. */
function linesAround({ reading, lines }: DocumentVersion, line: number): string[] {
  const draft = reading.spans.find((span) => span.type === 'entry' && span.line <= line && span.endLine >= line)?.draft ?? null;
  const own = reading.spans.filter((span) => draft !== null && span.draft === draft);
  return own.flatMap((span) => lines.slice(span.line - 1, span.endLine)).map(comparable).filter((text) => text.trim() !== '' && !isPlaceholder(text));
}

/** The version that brought the entry lost another one, which is back now. */
function tookThePlaceOfWhatCameBack(entry: EntryText, versions: readonly DocumentVersion[], after: DocumentVersion): boolean {
  const at = versions.findIndex((version) => fateOf(entry, [version]).kind === 'kept');
  const [then, brought] = [versions[at - 1], versions[at]];
  if (then === undefined || brought === undefined) return false;
  return entriesOfVersion(then).some((other) => fateOf(other, [brought]).kind !== 'kept' && fateOf(other, [after]).kind === 'kept');
}
