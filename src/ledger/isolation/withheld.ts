import type { Entry } from '../../contract/schema/entry.ts';

/** What hidden entries really hold: what is judged must come out the same for whoever asks, and none of it is ever shown. */
const wholes = new WeakMap<Entry, Entry>();

/** Keeps what stands behind the entry that is handed out in its place. */
export function withhold(shown: Entry, whole: Entry): Entry {
  wholes.set(shown, whole);
  return shown;
}

/** The entry as it stands in its file: for judging alone, never for an answer. The entry itself where nothing of it is hidden. */
export function wholeOf(entry: Entry): Entry {
  return wholes.get(entry) ?? entry;
}
