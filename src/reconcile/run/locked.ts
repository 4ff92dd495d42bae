import type { Infra, Problem } from './types.ts';

export function lockedBy(infra: Infra, holder: number): Problem {
  return { rule: 'locked', message: `another run (pid ${holder}) works on ${infra.stateDir}`, next: 'Try again when it has ended.', path: infra.stateDir, line: null, column: null };
}
