/**
 * What docket says of a rule. In the examples a line `==> PATH <==` opens a file, as `head` and `tail` print it, and `$ ` a command;
 * `wrong` is what the rule finds, `right` the same case as it should stand.
 */
export interface Wording {
  /** What is wrong, in a few words. */
  title: string;
  /** What it leads to, when nobody looks. */
  why: string;
  wrong: string;
  right: string;
  /** One imperative sentence: what to do about a finding. */
  nextStep: string;
}
