import type { Level } from '../contract/schema/envelope.ts';
import { ruleGroups, type RuleGroup, type RuleId } from './rule-ids.ts';
import { commitsWording, timeWording } from './wording/commits.ts';
import { decisionsWording } from './wording/decisions.ts';
import { deferredWording } from './wording/deferred.ts';
import { controlsWording, evidenceWording, notationWording } from './wording/evidence.ts';
import { filesWording } from './wording/files.ts';
import { freshnessWording } from './wording/freshness.ts';
import { gatesWording } from './wording/gates.ts';
import { infraWording, safetyWording } from './wording/infra.ts';
import { linksWording } from './wording/links.ts';
import { inboxWording, rolesWording } from './wording/roles.ts';
import type { Wording } from './wording/wording.ts';

/** The wording of every rule; the compiler refuses a rule without one. */
export const ruleWording: Record<RuleId, Wording> = {
  ...filesWording,
  ...linksWording,
  ...deferredWording,
  ...decisionsWording,
  ...gatesWording,
  ...evidenceWording,
  ...controlsWording,
  ...notationWording,
  ...freshnessWording,
  ...rolesWording,
  ...inboxWording,
  ...timeWording,
  ...commitsWording,
  ...infraWording,
  ...safetyWording,
};

/** A rule as `docket explain` shows it; `level` is the one that counts where the configuration sets none. */
export interface ExplainedRule extends Wording {
  id: RuleId;
  group: RuleGroup;
  level: Level;
}

/** All rules, group by group. */
export function explainRules(): ExplainedRule[] {
  return Object.entries(ruleGroups).flatMap(([group, levels]) =>
    Object.entries(levels).map(([id, level]) => explain(group as RuleGroup, id as RuleId, level)),
  );
}

function explain(group: RuleGroup, id: RuleId, level: Level): ExplainedRule {
  const { title, why, wrong, right, nextStep } = ruleWording[id];
  return { id, group, level, title, why, wrong, right, nextStep };
}
