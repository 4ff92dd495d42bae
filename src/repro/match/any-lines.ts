import type { Observation } from '../types.ts';

/** `…` or `...` alone stands for any lines, none included; only the exact mode takes it literally. */
export function isAnyLines(observation: Pick<Observation, 'mode' | 'text'>): boolean {
  const { mode, text } = observation;
  return (mode === 'plain' || mode === 'pattern') && (text.trim() === '…' || text.trim() === '...');
}
