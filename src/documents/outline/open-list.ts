import type { ListMarker } from './line-shapes.ts';

/**
 * Whether a list of the document's own level is open, as far as lines alone tell. What is indented enough belongs to it, so a fence there
 * is none of the document's. `maybe` comes from lines that continue a paragraph lazily or not, which only a full parse can tell.
 */
export interface OpenList {
  state: 'none' | 'open' | 'maybe';
  /** Column where the content of the last item starts; meant in state `open`. */
  column: number;
  kind: number;
}

export const noList: OpenList = { state: 'none', column: 0, kind: 0 };
export const maybeList: OpenList = { state: 'maybe', column: 0, kind: 0 };

/** Whether a line with this indentation belongs to the list; `maybe` where only a full parse can tell. No item's content starts before column 2. */
export function isInside(list: OpenList, column: number): 'yes' | 'no' | 'maybe' {
  if (column < 2 || list.state === 'none') return 'no';
  if (list.state === 'maybe') return 'maybe';
  return column >= list.column ? 'yes' : 'no';
}

/** After a line outside the items that is no item itself. `fresh`: no paragraph was open that the line could continue. */
export function afterText(list: OpenList, column: number, fresh: boolean): OpenList {
  if (list.state === 'none' || (fresh && isInside(list, column) === 'no')) return noList;
  return maybeList;
}

/** After a line that ends every list it does not belong to: a rule, a fence, an HTML block. */
export function afterInterruption(list: OpenList, column: number): OpenList {
  return isInside(list, column) === 'no' ? noList : list;
}

/** After a line outside the items that starts with a list marker. */
export function afterMarker(list: OpenList, marker: ListMarker, column: number, fresh: boolean): OpenList {
  const certain = isInside(list, column) === 'no' && !marker.empty && (list.state === 'open' || fresh || marker.interrupts);
  return certain ? { state: 'open', column: marker.column, kind: marker.kind } : maybeList;
}
