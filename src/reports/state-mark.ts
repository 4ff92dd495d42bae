import type { Shade, View } from './view.ts';

/** States are told apart by a mark and their name; colour only helps. */
const marks: Record<string, { mark: string; shade: Shade }> = {
  none: { mark: '·', shade: 'dim' },
  claimed: { mark: '◔', shade: 'yellow' },
  reclaimed: { mark: '◑', shade: 'yellow' },
  verified: { mark: '✔', shade: 'green' },
  failed: { mark: '✘', shade: 'red' },
  conditional: { mark: '◐', shade: 'yellow' },
  expired: { mark: '◌', shade: 'yellow' },
  vetoed: { mark: '⊘', shade: 'red' },
  open: { mark: '○', shade: 'yellow' },
  reopened: { mark: '↺', shade: 'yellow' },
  closed: { mark: '●', shade: 'green' },
  done: { mark: '●', shade: 'green' },
  partial: { mark: '◐', shade: 'yellow' },
  dropped: { mark: '–', shade: 'dim' },
  unread: { mark: '✉', shade: 'yellow' },
  consumed: { mark: '●', shade: 'dim' },
  pass: { mark: '✔', shade: 'green' },
  fail: { mark: '✘', shade: 'red' },
  pending: { mark: '…', shade: 'dim' },
  proposed: { mark: '?', shade: 'yellow' },
  settled: { mark: '●', shade: 'green' },
  superseded: { mark: '→', shade: 'dim' },
  exception: { mark: '!', shade: 'yellow' },
  acknowledged: { mark: '◐', shade: 'yellow' },
  standing: { mark: '⊘', shade: 'red' },
  cleared: { mark: '●', shade: 'dim' },
  intact: { mark: '✔', shade: 'green' },
  'stale-contract': { mark: '◌', shade: 'yellow' },
  tampered: { mark: '⊘', shade: 'red' },
  unreadable: { mark: '?', shade: 'red' },
  doubled: { mark: '‖', shade: 'red' },
  error: { mark: '✘', shade: 'red' },
  warning: { mark: '!', shade: 'yellow' },
  info: { mark: 'i', shade: 'cyan' },
};

/** `✔ verified`; the empty string for an entry without a state. */
export function markState(state: string | null): string {
  return state === null ? '' : `${marks[state]?.mark ?? '·'} ${state}`;
}

/** Paints a text in the colour of a state. */
export function paintState(view: View, state: string | null, text: string): string {
  const shade = state === null ? undefined : marks[state]?.shade;
  return shade === undefined ? text : view.paint(shade, text);
}
