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
  return list === null ? texts : pageOf(texts, list, limit, cursor);
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
