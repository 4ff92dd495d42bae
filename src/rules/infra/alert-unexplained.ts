import { entriesOf } from '../engine/entries.ts';
import { placeOf } from '../engine/finding.ts';
import { defineRule } from '../engine/rule.ts';

export const alertUnexplained = defineRule({
  id: 'alert-unexplained',
  inputs: ['linked'],
  *check({ linked }) {
    const named = new Set(linked.entries.flatMap(({ kind, refs }) => (kind === 'alert' ? [] : refs.flatMap(({ type, target }) => (type === 'alert' ? [target] : [])))));
    for (const alert of entriesOf(linked, 'alert')) {
      if (alert.state !== 'open' || named.has(alert.id)) continue;
      yield { found: `open alert ${alert.id.slice('alert:'.length)} that no entry names`, expected: 'an entry that says what it was', place: placeOf(alert, 1), entry: alert.id, key: 'unexplained' };
    }
  },
});
