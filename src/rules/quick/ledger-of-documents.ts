import type { DocumentKind } from '../../contract/schema/document.ts';
import { nameDocument } from '../../documents/name-document.ts';
import { readSurface } from '../../documents/read-surface.ts';
import { uncommitted } from '../../ledger/history/line-origins.ts';
import { joinLedger } from '../../ledger/join/join.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { openDecisionFinder } from '../../ledger/links/find-decision.ts';
import { linkDecisions } from '../../ledger/links/link-decisions.ts';
import { openReadingStore } from '../../ledger/sources/reading-store.ts';
import type { StoredReading } from '../../ledger/sources/stored-reading.ts';
import type { StagedRecord } from './open-staged.ts';

/** A document by its path and blob. */
export interface NamedDocument {
  path: string;
  blob: string;
}

/** Has somebody to know the entries of a document of this kind, with these bytes? */
export type NeedsEntries = (kind: DocumentKind, bytes: Buffer) => boolean;

/**
 * The ledger of some documents, each read alone: no history, no other document, no mention with a target; only decisions are linked with what they supersede.
 * Sections that were read before are not parsed again. Documents of which nobody needs the entries are given without, and not parsed at all.
 */
export async function ledgerOfDocuments(record: StagedRecord, documents: readonly NamedDocument[], needsEntries: NeedsEntries = () => true): Promise<Ledger> {
  const { cache, vocabulary, config, readContents, parents } = record;
  const store = openReadingStore(cache, vocabulary);
  const contents = await readContents(documents.map(({ blob }) => blob));
  const sources = [];
  for (const { path, blob } of documents) {
    const bytes = contents.get(blob)?.bytes;
    if (!bytes) continue;
    const read = async (): Promise<StoredReading> => store.find(path, blob, 'alone') ?? (await store.read(path, blob, bytes, 'alone'));
    const stored = needsEntries(nameDocument(path, vocabulary).kind, bytes) ? await read() : { reading: await readSurface(path, bytes, vocabulary), contentEnds: [], gitLines: null };
    sources.push({ path, blob, stored, origins: uncommitted });
  }
  const { ledger } = joinLedger({
    revision: { source: 'index', commit: parents[0] ?? null, at: null, shallow: record.repository.shallow },
    config,
    documents: sources,
    alerts: [],
    histories: new Map(),
    ownerOf: (path) => nameDocument(path, vocabulary).owner,
    pastDraft: () => null,
    commits: [],
    orderOf: () => 0,
    firstTouch: () => null,
    diagnostics: [],
  });
  const decisions = ledger.entries.filter(({ kind }) => kind === 'decision');
  linkDecisions(decisions, openDecisionFinder(decisions));
  return ledger;
}
