import type { View } from './view.ts';

interface GateData {
  gate: string;
  purpose?: string;
  allowed: boolean;
  missing: string[];
  evidence: { reproduction: string; notation: string; level: string; verdict?: string; freshness?: string | null; roles: string[]; replayed?: string | null }[];
}

/** Whether a gate may be claimed (or a phase called done), what it rests on, and what is missing. */
export function renderGate({ gate, purpose, allowed, missing, evidence }: GateData, view: View): string {
  const what = purpose === 'done' ? 'be called done' : 'be claimed';
  const head = allowed ? view.paint('green', `✔ ${gate} may ${what}`) : view.paint('red', `✘ ${gate} may not ${what}`);
  const rests = evidence.map(({ reproduction, notation, level, verdict, freshness, roles, replayed }) => {
    const facts = [`level ${level}`, verdict, freshness, replayed === null || replayed === undefined ? null : `replayed now: ${replayed}`].filter((fact) => typeof fact === 'string');
    return `  ${reproduction}  ${notation}, ${facts.join(', ')}${roles.length > 0 ? `, ${roles.join(' ')}` : ''}`;
  });
  return `${[head, ...rests, ...missing.map((sentence) => `  missing: ${sentence}`)].join('\n')}\n`;
}
