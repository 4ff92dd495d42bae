import type { Shade } from './shade.ts';

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

/** The sign and the shade of a state; a dot for one that is not known. */
export function signOf(state: string): { mark: string; shade: Shade } {
  return (Object.hasOwn(marks, state) ? marks[state] : undefined) ?? { mark: '·', shade: 'dim' };
}

export function isKnownState(state: string): boolean {
  return Object.hasOwn(marks, state);
}
