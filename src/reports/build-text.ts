import type { z } from 'zod';
import type { ciStatusSchema } from '../contract/schema/ci.ts';
import { alignColumns } from './columns.ts';
import type { Shade } from './shade.ts';
import type { View } from './view.ts';

const marks: Readonly<Record<string, { mark: string; shade: Shade }>> = { passed: { mark: '✔', shade: 'green' }, failed: { mark: '✘', shade: 'red' }, open: { mark: '…', shade: 'yellow' } };
const heads: Readonly<Record<string, { words: string; outcome: string }>> = {
  success: { words: 'is green', outcome: 'passed' }, failure: { words: 'stands under a failing build', outcome: 'failed' }, pending: { words: 'has no finished build', outcome: 'open' },
};

/** What the forge says of a commit, build by build, and how old that is where the forge did not answer. */
export function renderBuild({ commit, repository, state, statuses, required, cached, ageSeconds }: z.infer<typeof ciStatusSchema>, view: View): string {
  if (state === null) return `… ${commit.slice(0, 12)}: nothing is known of its builds in ${repository}\n`;
  const { words, outcome } = heads[state] ?? { words: state, outcome: 'open' };
  const age = cached ? view.paint('yellow', `  as it was ${ageWords(ageSeconds ?? 0)} ago`) : '';
  const rows = statuses.map(({ outcome: own, context, state: said, description, url }) => [marks[own]?.mark ?? '…', context, said, description ?? '', url ?? '']);
  const lines = alignColumns(rows, [{ paint: (text, row) => view.paint(marks[statuses[row]?.outcome ?? 'open']?.shade ?? 'yellow', text) }, {}, {}, { elastic: true }, { elastic: true }], view.columns === null ? null : view.columns - 2).map((line) => `  ${line}`);
  const lacks = required.missing.map((sentence) => `  required: ${sentence}`);
  return `${[`${view.paint(marks[outcome]?.shade ?? 'yellow', `${marks[outcome]?.mark ?? '…'} ${commit.slice(0, 12)} ${words}`)}${age}`, ...lines, ...lacks].join('\n')}\n`;
}

function ageWords(seconds: number): string {
  if (seconds < 120) return `${seconds} seconds`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} minutes`;
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} hours` : `${Math.round(seconds / 86_400)} days`;
}
