/** Something that a written reproduction, or the prose in its place, lacks. Whole lines of the document. */
export interface LintFinding {
  readonly rule: string;
  readonly line: number;
  readonly endLine: number;
  /** "Unexpected X, expected Y". */
  readonly message: string;
  /** One imperative sentence. */
  readonly next: string;
}
