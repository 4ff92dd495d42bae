import type { Entry } from '../../contract/schema/entry.ts';
import type { BoxMark } from '../../git/history/box-mark.ts';
import type { BoxTransition } from '../history/line-origins.ts';
import type { Prepared } from './source-document.ts';

type HistoryItem = NonNullable<Entry['history']>[number];

const isDone = (mark: BoxMark): boolean => mark === 'x' || mark === '-';

/** What happened to a deferred item or a finding: filed, closed, reopened, each by the commit that did it; oldest first. */
export function readHistory(prepared: Prepared): HistoryItem[] {
  const { introduced, draft } = prepared;
  const filed = introduced ? [{ what: 'filed', ...introduced }] : [];
  const changes = boxTransitions(prepared).flatMap(({ event, from, to }): HistoryItem[] => {
    if (!event || isDone(from) === isDone(to)) return [];
    return [{ what: isDone(to) ? 'closed' : 'reopened', ...event }];
  });
  if (changes.length > 0 || draft.state !== 'closed') return [...filed, ...changes];
  const closing = closingEvent(prepared);
  return closing ? [...filed, { what: 'closed', ...closing }] : filed;
}

/** When an item that stands closed was closed: by the tick of its box, else by the line that says so, else with the item itself. */
export function readClosed(prepared: Prepared, history: readonly HistoryItem[]): NonNullable<Entry['closed']> | null {
  const { draft } = prepared;
  if (draft.state !== 'closed') return null;
  const last = history.findLast(({ what }) => what === 'closed');
  const tick = boxTransitions(prepared).at(-1);
  const event = tick && tick.event === null ? null : (last ?? null);
  return { commit: event?.commit ?? null, route: routeOf(draft.closedBy?.route), at: event?.at ?? null, by: draft.closedBy?.person ?? null };
}

function boxTransitions({ draft, origins, gitLine }: Prepared): BoxTransition[] {
  return draft.boxLine === undefined ? [] : origins.boxChanges(gitLine(draft.boxLine));
}

function closingEvent({ draft, origins, gitLine, introduced }: Prepared): { commit: string; at: string } | null {
  const field = draft.fields.findLast(({ name }) => /^(?:Closed|Resolved)\b/iu.test(name));
  const line = field?.line ?? draft.boxLine ?? draft.line;
  const event = origins.changed(gitLine(line), gitLine(line));
  return field || draft.kind === 'finding' ? event : (event ?? introduced);
}

function routeOf(route: string | null | undefined): NonNullable<Entry['closed']>['route'] {
  return route === 'ancestor' || route === 'patch-id' || route === 'squash' || route === 'by hand' ? route : null;
}
