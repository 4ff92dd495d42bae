import type { Entry } from '../contract/schema/entry.ts';
import type { Diagnostic } from '../contract/schema/envelope.ts';
import { findSupersessionFaults, type SupersessionFault } from '../ledger/links/supersession.ts';
import { ruleGroups, type RuleOf } from './rule-ids.ts';
import { ruleWording } from './wording.ts';

/** `supersede-cycle`, `supersede-twice`, `supersede-unknown`, `supersede-one-sided`: how the decisions replace each other, and what is wrong with it. */
export function checkSupersession(entries: readonly Entry[]): Diagnostic[] {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  return findSupersessionFaults(entries).map((fault) => diagnose(fault, (id) => byId.get(id)));
}

type Find = (id: string) => Entry | undefined;

function diagnose(fault: SupersessionFault, find: Find): Diagnostic {
  switch (fault.kind) {
    case 'cycle':
      return made('supersede-cycle', `Decisions replace each other in a circle, so none of them is in force: ${fault.decisions.join(' → ')}`, fault.decisions, find);
    case 'several-successors':
      return made('supersede-twice', `${fault.decision} is superseded by ${fault.successors.join(' and by ')}, and none of these replaces the others`, [fault.decision, ...fault.successors], find);
    case 'unknown':
      return made('supersede-unknown', `${fault.decision} ${fault.side === 'supersedes' ? 'supersedes' : 'is superseded by'} "${fault.words.replace(/^["“”]+|["“”]+$/gu, '')}", which names no decision of the record, or several`, [fault.decision], find);
    case 'one-sided':
      return made('supersede-one-sided', `${fault.decision} says that ${fault.successor} supersedes it, which does not say so`, [fault.decision, fault.successor], find);
  }
}

function made(rule: RuleOf<'decisions'>, message: string, [first = '', ...others]: readonly string[], find: Find): Diagnostic {
  const related = [...new Set(others)].flatMap((id) => {
    const entry = find(id);
    return entry && id !== first ? [{ message: entry.title, place: entry.place }] : [];
  });
  return { rule, level: ruleGroups.decisions[rule], message, place: find(first)?.place ?? null, related, entry: first, next: ruleWording[rule].nextStep, fixable: false };
}
