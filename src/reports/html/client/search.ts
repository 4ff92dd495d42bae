import { h, hrefOf, type Child, type Markup } from '../markup.ts';
import { count, drawState } from '../parts.ts';
import type { PageEntry } from '../data/report.ts';
import { fill } from './mount.ts';
import type { Store } from './store.ts';

const most = 60;
const around = 70;

interface Hit {
  id: string;
  kind: string;
  title: string;
  state: string | null;
  where: string;
  score: number;
  snippet: { before: string; hit: string; after: string } | null;
}

/** Case and diacritics do not count. The length stays, so that places in the folded text are places in the text. */
function fold(text: string): string {
  const folded = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return folded.length === text.length ? folded : text.toLowerCase();
}

interface Index {
  entries: { entry: PageEntry; name: string; text: string; folded: string }[];
}

/** Ties the field of the search to its results; gives what clears it. */
export function openSearch(store: Store): void {
  const query = document.querySelector<HTMLInputElement>('#query');
  const results = document.querySelector('#results');
  const hits = document.querySelector<HTMLElement>('#hits');
  const found = document.querySelector('#found');
  if (!query || !results || !hits || !found) return;
  let index: Promise<Index> | null = null;
  let asked = 0;
  const search = async (): Promise<void> => {
    asked += 1;
    const mine = asked;
    const words = fold(query.value.trim()).split(/\s+/u).filter((word) => word !== '');
    results.classList.toggle('hidden', words.length === 0);
    if (words.length === 0) return;
    index ??= buildIndex(store);
    const all = findHits(store, await index, words);
    if (mine !== asked) return;
    fill(found, all.length === 0 ? 'Nothing found.' : `${count(all.length, 'hit')}${all.length > most ? `, the best ${most} shown` : ''}.`);
    fill(hits, ...all.slice(0, most).map(drawHit));
  };
  query.addEventListener('input', () => void search());
  query.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') query.value = '';
    if (event.key === 'Escape') void search();
    if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
    const first = hits.querySelector('a');
    if (!first) return;
    event.preventDefault();
    first.focus();
    if (event.key === 'Enter') first.click();
  });
  hits.addEventListener('keydown', (event) => walkHits(event, hits, query));
  document.addEventListener('keydown', (event) => {
    const isTyping = event.target instanceof HTMLElement && event.target.matches('input, textarea, select');
    if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    document.querySelector<HTMLDialogElement>('#entry[open]')?.close();
    query.focus();
    query.select();
  });
  // Of a page that was loaded again.
  if (query.value !== '') void search();
}

/** Up and down go from hit to hit, up from the first one back to the field. */
function walkHits(event: KeyboardEvent, hits: HTMLElement, query: HTMLElement): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const links = [...hits.querySelectorAll<HTMLElement>('li > a')];
  const next = links.findIndex((link) => link === document.activeElement) + (event.key === 'ArrowDown' ? 1 : -1);
  event.preventDefault();
  (next < 0 ? query : links[next])?.focus();
}

async function buildIndex(store: Store): Promise<Index> {
  const texts = await store.allTexts();
  return {
    entries: store.data.entries.map((entry) => {
      const text = texts.get(entry) ?? '';
      return { entry, name: fold(`${entry.id} ${entry.title} ${entry.state ?? ''} ${entry.kind}`), text, folded: fold(text) };
    }),
  };
}

const kindWeight: Readonly<Record<string, number>> = { gate: 6, decision: 5, finding: 5, deferred: 5, claim: 4, verdict: 4, alert: 4, veto: 4, journal: 3, inbox: 3, reproduction: -3 };

function findHits(store: Store, { entries }: Index, words: readonly string[]): Hit[] {
  const hits: Hit[] = [];
  for (const { entry, name, text, folded } of entries) {
    if (!words.every((word) => name.includes(word) || folded.includes(word))) continue;
    const inName = words.filter((word) => name.includes(word)).length;
    const at = folded.indexOf(words[0] ?? '');
    const { id, kind, title, state, path, line } = entry;
    hits.push({ id, kind, title, state, where: `${path}:${line}`, score: inName * 10 + (kindWeight[kind] ?? 0), snippet: at < 0 ? null : snippetAt(text, at, words[0]?.length ?? 0) });
  }
  for (const { commit, subject, author, at } of store.data.commits) {
    const name = fold(`${commit} ${subject} ${author}`);
    if (words.every((word) => name.includes(word))) hits.push({ id: `commit:${commit}`, kind: 'commit', title: subject, state: null, where: `${commit.slice(0, 12)} ${at.slice(0, 10)}`, score: words.length * 10 + 1, snippet: null });
  }
  return hits.toSorted((a, b) => b.score - a.score);
}

function snippetAt(text: string, at: number, length: number): Hit['snippet'] {
  const oneLine = (part: string): string => part.replace(/\s+/gu, ' ');
  return { before: oneLine(text.slice(Math.max(0, at - around), at)), hit: text.slice(at, at + length), after: oneLine(text.slice(at + length, at + length + around)) };
}

function drawHit({ id, kind, title, state, where, snippet }: Hit): Markup {
  const shown: Child[] = snippet === null ? [] : ['…', snippet.before, h('mark', {}, snippet.hit), snippet.after, '…'];
  return h('li', {}, h('a', { href: hrefOf(id) }, h('span', { class: 'kind' }, kind), ' ', title === '' ? id : title), state === null ? null : [' ', drawState(state)], h('small', { class: 'below' }, where), shown.length === 0 ? null : h('p', { class: 'snippet' }, shown));
}
