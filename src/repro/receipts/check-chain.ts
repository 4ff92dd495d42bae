/** A reproduction or receipt in the order of its document. */
export interface Link {
  readonly id: string;
  /** Null where a reproduction has no readable receipt. */
  readonly sum: string | null;
  readonly prev: string | null;
}

export interface ChainCheck {
  /** Receipts whose predecessor is not in the document above them: something was taken out or brought in. */
  readonly broken: readonly { readonly index: number; readonly why: string }[];
  /** Per id the index of the one that counts. */
  readonly current: ReadonlyMap<string, number>;
  /** Ids that stand more than once without one chain: all of them are judged, and all are refused. */
  readonly doubled: readonly string[];
}

/**
 * Follows `prev` through the receipts of one document. Recording again appends a reproduction whose receipt leads back
 * to the one before; the last of such a chain counts.
 */
export function checkChain(links: readonly Link[]): ChainCheck {
  const seen = new Map<string, number>();
  const broken: { index: number; why: string }[] = [];
  const current = new Map<string, number>();
  const doubled = new Set<string>();
  links.forEach((link, index) => {
    if (link.sum !== null && link.prev !== null && !seen.has(link.prev)) broken.push({ index, why: `the receipt before it, ${link.prev.slice(0, 12)}, does not stand above it` });
    if (link.sum !== null && seen.has(link.sum)) broken.push({ index, why: 'the same receipt stands above it' });
    const earlier = current.get(link.id);
    if (earlier !== undefined && !leadsBack(links, seen, index, earlier)) doubled.add(link.id);
    current.set(link.id, index);
    if (link.sum !== null && !seen.has(link.sum)) seen.set(link.sum, index);
  });
  return { broken, current, doubled: [...doubled] };
}

/** Each step goes further up the document, so this ends. */
function leadsBack(links: readonly Link[], seen: ReadonlyMap<string, number>, from: number, to: number): boolean {
  let at: number | undefined = from;
  while (at !== undefined && at > to) {
    const prev: string | null = links[at]?.prev ?? null;
    at = prev === null ? undefined : seen.get(prev);
  }
  return at === to;
}
