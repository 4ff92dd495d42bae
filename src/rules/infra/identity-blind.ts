import { specFaultRule } from './spec-fault-rule.ts';

export const identityBlind = specFaultRule('identity-blind');
