import { findRules } from '../../queries/find-rules.ts';
import { renderRules } from '../../reports/explain-text.ts';
import type { Invocation } from '../invocation.ts';
import { answer, type Outcome } from '../outcome.ts';

/** `docket explain [RULE]`. */
export function run({ arguments: [name] }: Invocation): Outcome {
  const rules = findRules(name ?? null);
  const [first] = rules;
  const next = rules.length > 1 && first !== undefined ? [`docket explain ${first.id}`] : [];
  return answer({ data: { rules }, render: (data, view) => renderRules(data.rules, view), next });
}
