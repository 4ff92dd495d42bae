import { readGates } from '../../documents/vocabulary/gates.ts';
import type { Entry } from '../../contract/schema/entry.ts';
import { entriesOf } from '../engine/entries.ts';
import { placeOf } from '../engine/finding.ts';
import { defineRule } from '../engine/rule.ts';

/** Open tasks that are about a gate as a whole (their title begins with it, or claims it), where that gate has its PASS. */
export const backlogStale = defineRule({
  id: 'backlog-stale',
  inputs: ['ledger', 'gates'],
  *check({ ledger, gates }) {
    const verified = new Set(gates.status.phases.flatMap(({ id, gates: own }) => own.flatMap((gate) => (gate.state === 'verified' || gate.state === 'expired' ? [`${id}/${gate.id}`] : []))));
    for (const task of entriesOf(ledger, 'task')) {
      if (task.state !== 'open' && task.state !== 'partial') continue;
      const named = gatesOfTask(task);
      if (named.length === 0 || !named.every((gate) => verified.has(`${task.phase}/${gate}`))) continue;
      yield { found: `open task of ${named.join(', ')}, which has its PASS`, expected: 'it ticked or dropped', place: placeOf(task, task.place.line), entry: task.id, key: 'open' };
    }
  },
});

function gatesOfTask({ title }: Entry): string[] {
  const lead = /^\W*(?:(?:re-?)?claim(?:ing)?\s+)?(?:gates?\s+)?/iu.exec(title)?.[0].length ?? 0;
  return readGates(title, lead)?.gates ?? [];
}
