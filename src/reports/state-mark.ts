import { isKnownState, signOf } from './state-sign.ts';
import type { View } from './view.ts';

/** `✔ verified`; the empty string for an entry without a state. */
export function markState(state: string | null): string {
  return state === null ? '' : `${signOf(state).mark} ${state}`;
}

/** Paints a text in the colour of a state. */
export function paintState(view: View, state: string | null, text: string): string {
  return state === null || !isKnownState(state) ? text : view.paint(signOf(state).shade, text);
}
