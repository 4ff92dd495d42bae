import { drawEntryText, showNode } from './entry-view.ts';
import { openLive } from './live.ts';
import { fill, mount } from './mount.ts';
import { openSearch } from './search.ts';
import { openSorting } from './sorting.ts';
import { openStore, type Store } from './store.ts';
import { openTheme } from './theme.ts';

/** The page has a script: what needs one is shown. */
document.documentElement.classList.add('has-script');
openTheme();
openSorting();
openLive();
openPrinting();
void openData();

async function openData(): Promise<void> {
  const store = await openStore();
  openSearch(store);
  openJournals(store);
  openEntries(store);
  document.documentElement.dataset['ready'] = '';
}

/** The text of a journal entry is drawn when it is opened first. */
function openJournals(store: Store): void {
  const numbers = new Map(store.data.entries.map((entry) => [entry.id, entry]));
  for (const details of document.querySelectorAll<HTMLDetailsElement>('details.entry[data-open]')) {
    details.addEventListener('toggle', () => {
      const entry = numbers.get(details.id);
      if (!details.open || entry === undefined || details.dataset['open'] === 'drawn') return;
      details.dataset['open'] = 'drawn';
      void drawEntryText(store, entry).then((text) => details.querySelector('.text')?.append(...text.map((each) => mount(each))));
    });
  }
}

/** The address names what the dialog shows, so that the browser's own back and forward go from entry to entry. */
function openEntries(store: Store): void {
  const dialog = document.querySelector<HTMLDialogElement>('dialog#entry');
  if (!dialog) return;
  let before: Element | null = null;
  const follow = (): void => {
    const id = decode(location.hash.slice(1));
    const number = store.numberOf(id);
    if (number === null) {
      if (dialog.open) dialog.close();
      return;
    }
    if (!dialog.open) before = document.activeElement;
    void showNode(store, number, dialog);
  };
  dialog.addEventListener('close', () => {
    // It is told of later, when the next one may be shown already.
    if (dialog.open) return;
    fill(dialog);
    if (store.numberOf(decode(location.hash.slice(1))) !== null) history.replaceState(null, '', location.pathname + location.search);
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  });
  dialog.addEventListener('click', (event) => {
    const isClose = event.target === dialog || (event.target instanceof Element && event.target.closest('[data-view="close"]') !== null);
    if (isClose) dialog.close();
  });
  // Followed by hand, so that the page behind the dialog stays where it is.
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
    const href = link?.getAttribute('href') ?? '';
    if (event.ctrlKey || event.metaKey || event.shiftKey || store.numberOf(decode(href.slice(1))) === null) return;
    event.preventDefault();
    if (href !== location.hash) history.pushState(null, '', href);
    follow();
  });
  addEventListener('popstate', follow);
  follow();
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** On paper nothing can be opened: what is short is opened before. */
function openPrinting(): void {
  let opened: HTMLDetailsElement[] = [];
  addEventListener('beforeprint', () => {
    opened = [...document.querySelectorAll<HTMLDetailsElement>('main details:not([open]):not(.entry):not(.comment)')];
    for (const details of opened) details.open = true;
  });
  addEventListener('afterprint', () => {
    for (const details of opened) details.open = false;
  });
}
