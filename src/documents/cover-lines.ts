import type { Unparsed } from '../contract/schema/document.ts';
import type { DraftSpan } from './reading.ts';
import type { Section } from './sections.ts';

const preamble = -1;
const container = -2;
const unparsed = -3;

/** Who owns each line of a document. Later owners win, so callers cover from the outside in. */
export interface Cover {
  owners: Int32Array;
  whys: Map<number, string>;
}

/** A cover in which the lines before the first second-level section are the preamble and all others belong to containers. */
export function createCover(root: Section, lines: number): Cover {
  const owners = new Int32Array(lines + 1).fill(container);
  const title = root.children.length === 1 && root.blocks.every((block) => block.type === 'frontmatter' || block.type === 'html') ? root.children[0] : undefined;
  owners.fill(preamble, 0, (title ?? root).ownEnd + 1);
  return { owners, whys: new Map() };
}

/** Gives lines to an entry (by its index among the drafts). */
export function coverEntry(cover: Cover, draft: number, from: number, to: number): void {
  cover.owners.fill(draft, from, to + 1);
}

/** Says that a stretch was not understood, and why. What of a longer one stands behind it keeps its own reason. */
export function coverUnparsed(cover: Cover, from: number, to: number, why: string): void {
  if (cover.owners[to] === unparsed && cover.owners[to + 1] === unparsed && !cover.whys.has(to + 1)) cover.whys.set(to + 1, whyAt(cover, to));
  cover.owners.fill(unparsed, from, to + 1);
  cover.whys.set(from, why);
}

function whyAt({ whys }: Cover, line: number): string {
  let at = line;
  while (at > 1 && !whys.has(at)) at -= 1;
  return whys.get(at) ?? 'not understood';
}

/** True when no entry and no unparsed stretch has the line yet. */
export function isFree(cover: Cover, line: number): boolean {
  const owner = cover.owners[line] ?? unparsed;
  return owner === container || owner === preamble;
}

/** The spans of a cover: sorted, without overlap, every line once; and the unparsed stretches with their reasons. */
export function readCover(cover: Cover): { spans: DraftSpan[]; unparsed: Unparsed[] } {
  const spans: DraftSpan[] = [];
  const stretches: Unparsed[] = [];
  const names = { [preamble]: 'preamble', [container]: 'container', [unparsed]: 'unparsed' } as const;
  for (let line = 1; line < cover.owners.length; line += 1) {
    const owner = cover.owners[line] ?? container;
    const last = spans.at(-1);
    const why = owner === unparsed ? cover.whys.get(line) : undefined;
    const same = last !== undefined && line > 1 && cover.owners[line - 1] === owner && why === undefined;
    if (same) last.endLine = line;
    else spans.push({ line, endLine: line, type: owner >= 0 ? 'entry' : names[owner as -1 | -2 | -3], draft: owner >= 0 ? owner : null });
    if (owner !== unparsed) continue;
    const stretch = stretches.at(-1);
    if (same && stretch) stretch.endLine = line;
    else stretches.push({ line, endLine: line, why: why ?? 'not understood' });
  }
  return { spans, unparsed: stretches };
}
