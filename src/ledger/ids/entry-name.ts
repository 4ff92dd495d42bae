import type { Draft, Reading } from '../../documents/reading.ts';
import { slugOf } from './slug.ts';

/** The name of an entry before it is told from others of the same name; `numbered` names get `#N`, `/N`, others `~2` from the second on. */
export interface EntryName {
  base: string;
  numbered: '#' | '/' | null;
}

/** What names a draft, given the document that holds it. Dates that only git knows have to stand in the draft already. */
export function nameEntry(draft: Draft, document: Pick<Reading, 'path' | 'owner'>): EntryName {
  const { kind, phase, key } = draft;
  const slug = draft.name ?? slugOf(draft.title);
  const plain = (tail: string): EntryName => ({ base: `${kind}:${tail}`, numbered: null });
  switch (kind) {
    case 'journal':
      return plain(`${phase}/${join(dateAndTime(draft), slug)}`);
    case 'decision':
    case 'task':
      return plain(`${phase}/${slug}`);
    case 'deferred':
      return plain(join(draft.date, slug));
    case 'inbox':
      return plain(`${document.owner === 'builder' ? 'adversary' : 'builder'}/${join(draft.date, slug)}`);
    case 'note':
      return plain(`${phase}/${join(draft.date, slug)}`);
    case 'reproduction':
      return plain(`${phase}/${key ?? join(draft.date, slug)}`);
    case 'finding':
      return plain(`${phase}/${key ?? slug}`);
    case 'gate':
      return plain(`${phase}/${key ?? slug}`);
    case 'claim':
    case 'verdict':
      return { base: `${kind}:${phase}/${key ?? slug}`, numbered: '#' };
    case 'veto':
      return { base: `veto:${phase}`, numbered: '/' };
    case 'plan':
      return plain(phase);
    case 'alert':
      return plain(document.path.split('/').at(-1)?.replace(/\.json$/u, '') ?? slug);
  }
}

function join(date: string | null, slug: string): string {
  return [date, slug].filter((part) => part !== null && part !== '').join('-');
}

/** `2026-03-02T0715`; seconds are left out. */
function dateAndTime(draft: Draft): string | null {
  return draft.date === null || draft.time === null ? draft.date : `${draft.date}T${draft.time.slice(0, 5).replace(':', '')}`;
}
