import type { Version } from './file-versions.ts';
import type { MessageSketch, Sketches } from './version-sketch.ts';
import { walkEpisodes, type Episode } from './walk-episodes.ts';

/**
 * The messages that an inbox has held: sent by the commit that brought them, grown by those that changed their text, consumed by the one that
 * took them out. A message whose heading was reworded, with its text still in it, is the same message.
 */
export function listMessageEpisodes(versions: readonly Version[], sketches: Sketches): Episode<MessageSketch>[] {
  const names = openNames();
  return walkEpisodes<MessageSketch>(versions, {
    read: (blob) => names.keyed(blob, blob === null ? [] : (sketches.get(blob)?.messages ?? [])),
    same: (before, now) => before.body === now.body,
    isAnew: () => false,
    isBack: () => false,
  });
}

/** Keys of messages, by the blob that holds them: a key is date and title of the first wording. */
function openNames(): { keyed(blob: string | null, messages: readonly MessageSketch[]): Map<string, MessageSketch> } {
  const byBlob = new Map<string, Map<string, MessageSketch>>();
  let latest: Map<string, MessageSketch> = new Map();
  return {
    keyed: (blob, messages) => {
      const known = byBlob.get(blob ?? '');
      if (known) return (latest = known);
      const keyed = new Map<string, MessageSketch>();
      const taken = (key: string): boolean => keyed.has(key);
      for (const message of messages) {
        const own = nameOf(message, taken);
        const reworded = latest.has(own) ? undefined : [...latest].find(([key, before]) => !taken(key) && !messages.some((other) => nameOf(other, () => false) === key) && holds(message, before));
        keyed.set(reworded?.[0] ?? own, message);
      }
      byBlob.set(blob ?? '', keyed);
      return (latest = keyed);
    },
  };
}

function nameOf(message: MessageSketch, taken: (key: string) => boolean): string {
  const name = `${message.date ?? ''} ${message.time ?? ''} ${message.title}`;
  let key = name;
  for (let number = 2; taken(key); number += 1) key = `${name} ${number}`;
  return key;
}

/** Is the text of a message, its first line aside, still there in another? */
function holds(message: MessageSketch, before: MessageSketch): boolean {
  const text = before.body.split('\n').slice(1).join('\n').trim();
  return text.length > 0 && message.body.includes(text);
}
