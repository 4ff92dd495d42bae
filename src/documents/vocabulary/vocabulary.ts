/** What the configuration may change of how documents are read: renamed files. */
export interface Vocabulary {
  defaultPhase: string;
  /** Path (or file name) → canonical file name, e.g. `notes/LOG.md` → `JOURNAL-x.md`. */
  renames: Record<string, string>;
}

export const defaultVocabulary: Vocabulary = { defaultPhase: '-', renames: {} };
