import { z } from 'zod';
import { getPage, type Asking, type Page } from './get-page.ts';
import { tokenVariable } from './choose-token.ts';
import { ForgeTrouble } from './trouble.ts';

/** Longer than this nobody waits at a prompt: the command ends and says when to ask again. */
const mostPatienceMs = 5_000;
const mostPages = 50;

/** Asks once, and once more where the forge says to wait no longer than a moment. Throws a `ForgeTrouble` for every answer but 200. */
export async function askPage(url: URL, asking: Asking): Promise<Page> {
  const page = await getPage(url, asking);
  const wait = waitOf(page);
  if (wait === null || wait > mostPatienceMs || Date.now() + wait >= asking.deadline) return accept(page, asking, wait);
  await new Promise((resolve) => setTimeout(resolve, wait));
  const again = await getPage(url, asking);
  return accept(again, asking, waitOf(again));
}

/** For how long the forge wants not to be asked, in milliseconds; null where it does not say so. */
function waitOf({ status, headers }: Page): number | null {
  if (status !== 403 && status !== 429 && status !== 503) return null;
  const after = headers['retry-after']?.trim() ?? '';
  if (/^\d{1,9}$/u.test(after)) return Number(after) * 1000;
  if (after !== '' && !Number.isNaN(Date.parse(after))) return Math.max(0, Date.parse(after) - Date.now());
  const reset = String(headers['x-ratelimit-reset'] ?? '');
  if (headers['x-ratelimit-remaining'] === '0') return /^\d{1,12}$/u.test(reset) ? Math.max(0, Number(reset) * 1000 - Date.now()) : 60_000;
  return status === 429 ? 60_000 : null;
}

function accept(page: Page, { known }: Asking, wait: number | null): Page {
  const { url: { host }, status } = page;
  if (status === 200) return page;
  const said = messageOf(page);
  const limited = wait !== null || (status === 403 && /rate limit/iu.test(said));
  if (limited) throw new ForgeTrouble(`${host} wants to be left alone${status === 503 ? '' : ' (rate limit)'} until ${new Date(Date.now() + (wait ?? 60_000)).toISOString().slice(0, 19)}Z${said}`, { status, next: !known ? `Set ${tokenVariable}, which has a limit of its own, or ask later.` : null });
  if (status === 401 || status === 403) throw new ForgeTrouble(!known ? `${host} asks for a token (${status})${said}` : `${host} does not take the token of ${tokenVariable} (${status})${said}`, { status, next: `Set ${tokenVariable} to a token that may read the repository and its builds.` });
  if (status === 407) throw new ForgeTrouble(`a proxy stands in front of ${host} (407), and docket uses none`, { status });
  throw new ForgeTrouble(`${host} answers ${status}${said}`, { status });
}

/** What the forge says of an error, cut short. */
function messageOf({ body }: Page): string {
  try {
    const { message } = z.object({ message: z.string() }).parse(JSON.parse(body));
    return `: ${message.replaceAll(/\s+/gu, ' ').slice(0, 160)}`;
  } catch {
    return '';
  }
}

/** How a list is read that comes in pages. */
export interface Listing<Item> {
  url: URL;
  /** Items and the length of the whole list, where it says it. */
  schema: z.ZodType<{ items: Item[]; total: number | null }>;
}

/** All items of a list, page by page: as `Link` says, else as long as some are missing from the total. Throws a `ForgeTrouble`. */
export async function askList<Item>({ url, schema }: Listing<Item>, asking: Asking): Promise<Item[]> {
  const all: Item[] = [];
  let next: URL | null = url;
  for (let count = 1; next !== null; count += 1) {
    if (count > mostPages) throw new ForgeTrouble(`${url.host} gives no end of pages`);
    const page = await askPage(next, asking);
    const { items, total } = readJson(page, schema);
    all.push(...items);
    next = nextOf(page, next, items.length > 0 && all.length < (total ?? totalOf(page) ?? 0));
  }
  return all;
}

function totalOf({ headers }: Page): number | null {
  const total = String(headers['x-total-count'] ?? '');
  return /^\d{1,9}$/u.test(total) ? Number(total) : null;
}

/** The next page. Only the parameters of the link count: a forge may write another host into it than the one that is asked. */
function nextOf({ headers, url }: Page, asked: URL, isMissing: boolean): URL | null {
  const link = /<([^<>]*)>\s*;[^,]*\brel="?next"?/u.exec(String(headers.link ?? ''))?.[1];
  if (link !== undefined && URL.canParse(link, url.href)) return withSearch(url, new URL(link, url).search);
  if (!isMissing) return null;
  const search = new URLSearchParams(asked.search);
  search.set('page', String(Number(search.get('page') ?? '1') + 1));
  return withSearch(url, `?${search.toString()}`);
}

function withSearch(url: URL, search: string): URL {
  const next = new URL(url);
  next.search = search;
  return next;
}

function readJson<T>({ url: { host }, body, headers }: Page, schema: z.ZodType<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    const html = /html/iu.test(headers['content-type'] ?? '') || body.trimStart().startsWith('<');
    throw new ForgeTrouble(html ? `${host} answers with a web page in place of JSON: a page to log in, or not the API` : `${host} answers with something that is no JSON`, { status: 200, next: 'Check `ci.url` in machine-docs/docket.yaml.' });
  }
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new ForgeTrouble(`${host} answers with JSON of another form than documented: ${issue?.path.map(String).join('.') || 'the whole'}: ${issue?.message ?? ''}`, { status: 200, next: 'Check `ci.forge` in machine-docs/docket.yaml.' });
}
