import type { View } from './view.ts';

interface GateData {
  gate: string;
  allowed: boolean;
  missing: string[];
  evidence: { reproduction: string; notation: string; level: string; roles: string[] }[];
}

/** Whether a gate may be claimed, what it rests on, and what is missing. */
export function renderGate(data: GateData, view: View): string {
  const head = data.allowed ? view.paint('green', `✔ ${data.gate} may be claimed`) : view.paint('red', `✘ ${data.gate} may not be claimed`);
  const evidence = data.evidence.map(({ reproduction, notation, level, roles }) => `  ${reproduction}  ${notation}, level ${level}${roles.length > 0 ? `, ${roles.join(' ')}` : ''}`);
  const missing = data.missing.map((sentence) => `  missing: ${sentence}`);
  return `${[head, ...evidence, ...missing].join('\n')}\n`;
}
