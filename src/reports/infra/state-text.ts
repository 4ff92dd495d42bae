import type { AppStateReport } from '../../reconcile/run/types.ts';
import { alignColumns } from '../columns.ts';
import type { View } from '../view.ts';

/** What is remembered of each app, and what a command changed about it. */
export function renderStates(apps: readonly AppStateReport[], view: View): string {
  const rows = apps.map(({ app, state, changed, kept }) => [
    app,
    state === null ? view.paint('red', '✘ not readable') : view.paint(state.phase === 'stuck' ? 'red' : state.phase === 'idle' ? 'green' : 'yellow', state.phase),
    ...(state === null ? [''] : [[`last good ${state.last_good ?? 'none'}`, ...(state.bad.length > 0 ? [`bad ${state.bad.join(' ')}`] : []), ...(state.attempt === null ? [] : [`trying ${state.attempt.version}`])].join(', ')]),
    [...(changed ? ['changed'] : []), ...(kept === null ? [] : [`the old file is ${kept}`])].join(', '),
  ]);
  return alignColumns(rows, [{}, {}, { elastic: true }, {}], view.columns).map((line) => `${line}\n`).join('');
}
