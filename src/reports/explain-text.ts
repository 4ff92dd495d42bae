import type { ExplainedRule } from '../rules/wording.ts';
import { alignColumns } from './columns.ts';
import { markState, paintState } from './state-mark.ts';
import type { View } from './view.ts';

/** One rule in full, or several in a table, group by group. */
export function renderRules(rules: readonly ExplainedRule[], view: View): string {
  const [only, ...others] = rules;
  return only !== undefined && others.length === 0 ? renderRule(only, view) : renderTable(rules, view);
}

function renderRule(rule: ExplainedRule, view: View): string {
  return `${view.paint('bold', rule.id)}  ${paintState(view, rule.level, markState(rule.level))}  (${rule.group})
${rule.title}.

${view.paint('dim', 'why')}
${indent(rule.why)}

${view.paint('dim', 'wrong')}
${indent(rule.wrong)}

${view.paint('dim', 'right')}
${indent(rule.right)}

${view.paint('dim', 'what to do')}
${indent(rule.nextStep)}
`;
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}

function renderTable(rules: readonly ExplainedRule[], view: View): string {
  const lines = alignColumns(
    rules.map((rule) => [rule.id, markState(rule.level), rule.title]),
    [{}, { paint: (text, row) => paintState(view, rules[row]?.level ?? null, text) }, { elastic: true }],
    view.columns === null ? null : view.columns - 2,
  );
  let group = '';
  return rules
    .map((rule, at) => {
      const heading = rule.group === group ? '' : `${at === 0 ? '' : '\n'}${view.paint('bold', rule.group)}\n`;
      group = rule.group;
      return `${heading}  ${lines[at] ?? ''}\n`;
    })
    .join('');
}
