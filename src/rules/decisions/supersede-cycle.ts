import type { Entry } from '../../contract/schema/entry.ts';
import { entriesOf } from '../engine/entries.ts';
import { placeOf } from '../engine/finding.ts';
import { defineRule } from '../engine/rule.ts';

/** Decisions that lead back to themselves by what they supersede. Each circle is told once, at its last entry. */
export const supersedeCycle = defineRule({
  id: 'supersede-cycle',
  inputs: ['linked'],
  *check({ linked }) {
    const decisions = entriesOf(linked, 'decision');
    const byId = new Map(decisions.map((decision) => [decision.id, decision]));
    const told = new Set<string>();
    for (const decision of decisions) {
      const circle = findCircle(decision, byId);
      if (circle === null || circle.some(({ id }) => told.has(id))) continue;
      for (const { id } of circle) told.add(id);
      const last = circle.toSorted((a, b) => b.place.line - a.place.line)[0] ?? decision;
      yield {
        found: `circle of decisions: ${[...circle, decision].map(({ id }) => id).join(' supersedes ')}`, expected: 'one of them that is superseded by none',
        place: placeOf(last, last.place.line), entry: last.id, key: circle.map(({ id }) => id).toSorted().join(' '),
        related: circle.filter(({ id }) => id !== last.id).map((each) => ({ message: `${each.id} is part of the circle`, place: placeOf(each, each.place.line) })),
      };
    }
  },
});

/** The shortest way from a decision back to itself; null where there is none. */
function findCircle(start: Entry, byId: ReadonlyMap<string, Entry>): Entry[] | null {
  const cameFrom = new Map<string, Entry | null>([[start.id, null]]);
  const open = [start];
  for (let at = open.shift(); at; at = open.shift()) {
    for (const { target } of at.supersedes ?? []) {
      if (target === start.id) return wayTo(at, cameFrom);
      const next = target === null ? undefined : byId.get(target);
      if (!next || cameFrom.has(next.id)) continue;
      cameFrom.set(next.id, at);
      open.push(next);
    }
  }
  return null;
}

function wayTo(end: Entry, cameFrom: ReadonlyMap<string, Entry | null>): Entry[] {
  const way: Entry[] = [];
  for (let at: Entry | null = end; at; at = cameFrom.get(at.id) ?? null) way.push(at);
  return way.toReversed();
}
