import { specFaultRule } from './spec-fault-rule.ts';

export const toothlessGate = specFaultRule('toothless-gate');
