import type { Entry } from '../contract/schema/entry.ts';
import { placeText } from './entries-text.ts';
import type { View } from './view.ts';

type ReadMessage = Entry & { body: string };

/** Messages for reading: of each its id, its place and its text. */
export function renderMessages(messages: readonly ReadMessage[], view: View): string {
  if (messages.length === 0) return 'No unread message.\n';
  return messages.map((message) => `${view.paint('bold', message.id)}  ${view.paint('dim', placeText(message.place))}\n${message.body.trimEnd()}\n`).join('\n');
}

/** What was taken out of an inbox; the diff of a dry run. */
export function renderConsumed({ messages, path, diff, dryRun }: { messages: readonly ReadMessage[]; path: string; diff: string; dryRun: boolean }, view: View): string {
  if (messages.length === 0 && diff === '') return 'No unread message.\n';
  if (dryRun) return diff;
  return `${renderMessages(messages, view)}\nconsumed  ${path}\n`;
}
