import { Failure } from '../../contract/failure.ts';

export const usualPage = 50;
export const mostOfPage = 200;
const mostOfText = 40_000;

type Data = Record<string, unknown>;

/**
 * The data of an answer within bounds: its main list as a page with its true total, long texts cut with their true length beside them. Throws a usage failure
 * for a cursor that is none.
 */
export function cap(data: object, list: string | null, limit: number, cursor: string | null): object {
  const texts = capTexts({ ...data });
  return capLists(list === null ? texts : pageOf(texts, list, limit, cursor));
}

/** How long the lists of some data really are, those of its parts (`deferred.open`) among them. */
export function totalsOf(data: object): Record<string, number> {
  return Object.fromEntries(Object.entries(data).flatMap(([name, value]) => {
    if (Array.isArray(value)) return [[name, value.length]];
    return isPart(value) ? Object.entries(totalsOf(value)).map(([inner, total]) => [`${name}.${inner}`, total]) : [];
  }));
}

/** No list is longer than the longest page. */
function capLists(data: Data): Data {
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, Array.isArray(value) ? value.slice(0, mostOfPage) : isPart(value) ? capLists(value) : value]));
}

function isPart(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function pageOf(data: Data, list: string, limit: number, cursor: string | null): Data {
  const all = Array.isArray(data[list]) ? (data[list] as unknown[]) : [];
  if (cursor !== null && !(/^\d{1,9}$/u.test(cursor) && Number(cursor) <= all.length)) throw new Failure('usage', `Unexpected cursor "${cursor}", expected the one of the page before.`);
  const from = cursor === null ? 0 : Number(cursor);
  const items = all.slice(from, from + limit);
  const end = from + items.length;
  const page = { ...data, [list]: items, total: all.length, truncated: end < all.length, cursor: end < all.length ? String(end) : null };
  return list === 'nodes' ? { ...page, edges: edgesAmong(data['edges'], items) } : page;
}

/** Of a trace: the edges whose ends are both on the page. */
function edgesAmong(edges: unknown, nodes: readonly unknown[]): unknown[] {
  const shown = new Set(nodes.map((node) => (node as { id: string }).id));
  return Array.isArray(edges) ? edges.filter((edge: { from: string; to: string }) => shown.has(edge.from) && shown.has(edge.to)) : [];
}

function capTexts(data: Data): Data {
  const entry = data['entry'];
  const shown = typeof entry === 'object' && entry !== null && 'body' in entry ? { entry: capText(entry as Data, 'body') } : {};
  return capText({ ...data, ...shown }, 'diff');
}

function capText(data: Data, key: string): Data {
  const text = data[key];
  return typeof text === 'string' && text.length > mostOfText ? { ...data, [key]: `${text.slice(0, mostOfText)}\n… cut: ${text.length} characters in all` } : data;
}
