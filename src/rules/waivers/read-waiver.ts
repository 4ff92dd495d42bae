/** A finding that is accepted for a while: which rule, of what, until when, by whose word, and why. */
export interface Waiver {
  /** An entry, a gate or a path. */
  target: string;
  rule: string;
  /** Last day that it counts, `YYYY-MM-DD`. */
  until: string;
  by: string;
  why: string;
}

const form = /^(\S+|`[^`]+`)\s+([a-z][a-z-]*)\s+until\s+(\d{4}-\d{2}-\d{2})\s+by\s+(.+?)\s+because\s+(\S[^]*)$/u;

/** Reads the value of a field `Waiver`: `TARGET RULE until DATE by WHO because WHY`. Null where a part is missing: an incomplete one does not count. */
export function readWaiver(value: string): Waiver | null {
  const [, target, rule, until, by, why] = form.exec(value.replace(/\s+/gu, ' ').trim()) ?? [];
  if (target === undefined || rule === undefined || until === undefined || by === undefined || why === undefined) return null;
  return { target: target.replace(/^`|`$/gu, ''), rule, until, by, why };
}

/** The same as text; a path with blanks stands in back-ticks. */
export function printWaiver({ target, rule, until, by, why }: Waiver): string {
  return `${/\s/u.test(target) ? `\`${target}\`` : target} ${rule} until ${until} by ${by} because ${why}`;
}
