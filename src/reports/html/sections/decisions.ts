import { h, type Markup } from '../markup.ts';
import { drawEntryLink, drawPhaseName, drawSection, drawState } from '../parts.ts';
import type { PageEntry, Report } from '../data/report.ts';
import { drawRows } from './rows.ts';

/** What is in force, and what was retired with what replaced it. */
export function drawDecisions({ data }: Report): Markup {
  const decisions = data.entries.filter(({ kind }) => kind === 'decision');
  const byId = new Map(decisions.map((decision) => [decision.id, decision]));
  const successors = new Map<string, string[]>();
  for (const { id, replaces = [] } of decisions) for (const old of replaces) successors.set(old, [...(successors.get(old) ?? []), id]);
  const retired = decisions.filter(({ state }) => state === 'superseded');
  const inForce = decisions.filter(({ state }) => state !== 'superseded').toReversed();
  const columns = [['State', 'state'], ['Decision', 'title'], ['Phase', 'phase'], ['Since', 'age']] as const;
  const lead = decisions.length === 0 ? 'Nothing is decided yet.' : `${inForce.length} in force, ${retired.length} retired.`;
  return drawSection(
    'decisions',
    'Decisions',
    lead,
    inForce.length === 0 ? null : h('h3', {}, 'In force'),
    inForce.length === 0 ? null : drawRows({ caption: 'Decisions in force', columns, list: 'docket list decision' }, inForce.map((decision) => drawRow(decision, drawTies('replaces', decision.replaces ?? [], byId)))),
    retired.length === 0 ? null : h('h3', {}, `Retired`),
    retired.length === 0 ? null : drawRows({ caption: 'Retired decisions', columns, list: 'docket list decision --state superseded' }, retired.toReversed().map((decision) => drawRow(decision, drawTies('replaced by', [...new Set([...(successors.get(decision.id) ?? []), ...(decision.replacedBy ?? [])])], byId)))),
  );
}

function drawRow(decision: PageEntry, ties: Markup | null): Markup {
  return h('tr', { id: decision.id }, h('td', {}, drawState(decision.state ?? 'settled')), h('td', {}, drawEntryLink(decision.id, decision.title), ties), h('td', {}, drawPhaseName(decision.phase)), h('td', { class: 'day' }, decision.written?.slice(0, 10) ?? decision.at?.slice(0, 10) ?? '–'));
}

function drawTies(word: string, ids: readonly string[], byId: ReadonlyMap<string, PageEntry>): Markup | null {
  if (ids.length === 0) return null;
  return h('small', { class: 'below' }, `${word} `, ids.map((id, index) => {
    const known = byId.get(id);
    return [index === 0 ? '' : ', ', known ? drawEntryLink(id, known.title) : `“${id}” (no decision of that name)`];
  }));
}
