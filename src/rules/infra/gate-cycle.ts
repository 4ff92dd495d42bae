import { specFaultRule } from './spec-fault-rule.ts';

export const gateCycle = specFaultRule('gate-cycle');
