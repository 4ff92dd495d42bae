/** A text of several lines that was given to a writer. */
export interface GivenBody {
  /** What the user calls it: `--body`, `notes.md`. */
  name: string;
  text: string;
}
