import type { Kind } from '../../contract/schema/entry.ts';
import type { Draft } from '../../documents/reading.ts';
import type { Splice } from '../splice.ts';

/** The entry that is to stand in a document once it is written. */
export interface MeantEntry {
  kind: Kind;
  /** What of the draft differs from what was meant, as the end of "it would read …"; null when it is the entry that was meant. */
  judge: (draft: Draft) => string | null;
  /** It stands somewhere else than the text that is written: that text only changes what is read of it. */
  elsewhere?: boolean;
}

/** Where text that a user gave stands inside the text of a splice, so that a refusal can name its line. */
export interface GivenText {
  /** What the user calls it: `the body`. */
  name: string;
  text: string;
}

/** One way to make an edit. Nothing is written unless the document then reads exactly as this says. */
export interface Plan {
  splices: readonly Splice[];
  /** Those of the splices that hold text of the entry; all by default. */
  written?: readonly Splice[];
  /** Null where the edit makes or changes no entry (the DONE mark). */
  entry: MeantEntry | null;
  /** Entries that the edit changes or takes away; all others have to read as before. */
  touched?: readonly Draft[];
  /** Kinds of further entries that may come with this one, inside its lines; reproductions always may. */
  within?: readonly Kind[];
  /** Gates that the document may name from now on. */
  gates?: readonly string[];
  /** The edit is about the DONE mark, which otherwise has to stay as it is. */
  done?: 'marked' | 'unmarked';
  given?: GivenText;
}
