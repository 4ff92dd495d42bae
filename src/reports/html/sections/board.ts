import type { GateStatus, PhaseStatus } from '../../../contract/schema/status.ts';
import { h, hrefOf, type Markup } from '../markup.ts';
import { count, drawCommit, drawEntryLink, drawLevel, drawSection, drawSign, drawState, drawTime } from '../parts.ts';
import type { Report } from '../data/report.ts';

/** Phases and gates: those that are not over in full, the others as one line that opens. */
export function drawBoard({ status, data }: Report): Markup {
  const { phases } = status;
  const titles = new Map(data.entries.map(({ id, title }) => [id, title]));
  const over = phases.filter(isOver);
  const open = phases.filter((phase) => !isOver(phase));
  const lead = phases.length === 0 ? 'No phase yet.' : `${count(phases.length, 'phase')}, ${over.length} done. A gate is claimed by the Builder and judged by the Adversary; the four steps show how far its evidence goes: claimed, recorded, replayed, attested.`;
  return drawSection(
    'board',
    'Board',
    lead,
    open.length === 0 ? null : h('div', { class: 'phases' }, open.map((phase) => drawPhase(phase, titles))),
    over.length === 0 ? null : h('h3', {}, 'Done'),
    over.length === 0 ? null : h('div', { class: 'over' }, over.map((phase) => drawOver(phase, titles))),
  );
}

function isOver({ done, findings, vetoes, gates }: PhaseStatus): boolean {
  const quiet = findings.open.length === 0 && vetoes.every(({ state }) => state === 'cleared') && gates.every(({ disagreements }) => disagreements.length === 0);
  return done.marked && done.allowed && quiet;
}

type Titles = ReadonlyMap<string, string>;

function drawPhase(phase: PhaseStatus, titles: Titles): Markup {
  return h('article', { class: 'phase', id: `phase:${phase.id}`, 'aria-labelledby': `name:${phase.id}` }, h('header', {}, h('h3', { id: `name:${phase.id}` }, phase.id), drawDone(phase)), drawGates(phase), drawTroubles(phase, titles));
}

function drawOver(phase: PhaseStatus, titles: Titles): Markup {
  const gates = phase.gates.map((gate) => h('span', { class: 'chip' }, drawSign(gate.state), ' ', gate.id));
  return h('details', { id: `phase:${phase.id}` }, h('summary', {}, h('b', {}, phase.id), gates), drawGates(phase), drawTroubles(phase, titles));
}

function drawDone({ done }: PhaseStatus): Markup {
  if (done.marked) return done.allowed ? drawState('done', 'DONE') : drawState('failed', 'DONE is marked, but not allowed');
  return done.allowed ? drawState('claimed', 'ready, DONE is not marked') : drawState('none', 'not done');
}

function drawGates({ id, gates }: PhaseStatus): Markup | null {
  if (gates.length === 0) return h('p', { class: 'quiet' }, 'No gate is named.');
  const head = ['Gate', 'State', 'Claim', 'Verdict', 'Evidence'].map((name) => h('th', { scope: 'col' }, name));
  return h(
    'div',
    { class: 'wide', tabindex: 0, role: 'region', 'aria-label': `gates of ${id}` },
    h('table', { class: 'gates' }, h('caption', { class: 'unseen' }, `Gates of phase ${id}`), h('thead', {}, h('tr', {}, head)), h('tbody', {}, gates.map((gate) => drawGate(id, gate)))),
  );
}

function drawGate(phase: string, gate: GateStatus): Markup {
  const { id, state, claim, verdict, evidence } = gate;
  return h(
    'tr',
    { id: `gate:${phase}/${id}` },
    h('th', { scope: 'row' }, drawEntryLink(`gate:${phase}/${id}`, id)),
    h('td', { 'data-label': 'State' }, drawState(state)),
    h('td', { 'data-label': 'Claim' }, claim === null ? h('span', { class: 'quiet' }, '–') : [claim.entry === null ? 'by its commit' : drawEntryLink(claim.entry, 'claim'), ' ', drawCommit(claim.commit), ' ', drawTime(claim.at)]),
    h('td', { 'data-label': 'Verdict' }, verdict === null ? h('span', { class: 'quiet' }, '–') : [verdict.entry === null ? drawState(verdict.result, verdict.result.toUpperCase()) : h('a', { href: hrefOf(verdict.entry) }, drawState(verdict.result, verdict.result.toUpperCase())), ' ', drawCommit(verdict.commit), ' ', drawTime(verdict.at)]),
    h('td', { 'data-label': 'Evidence' }, drawLevel(evidence.level), evidence.level === 'none' ? null : [' ', h('span', { class: evidence.verdict === 'proven' ? 'good' : 'quiet' }, evidence.verdict)], drawReproductions(evidence.reproductions)),
  );
}

const mostReproductions = 3;

function drawReproductions(ids: readonly string[]): Markup | null {
  if (ids.length === 0) return null;
  const shown = ids.slice(0, mostReproductions).map((id, index) => [index === 0 ? '' : ', ', drawEntryLink(id, id.slice(id.indexOf('/') + 1))]);
  return h('small', { class: 'below' }, shown, ids.length > mostReproductions ? ` and ${ids.length - mostReproductions} more` : '');
}

function drawTroubles(phase: PhaseStatus, titles: Titles): Markup | null {
  const { done, findings, vetoes, gates } = phase;
  const items = [
    ...(done.allowed ? [] : done.missing.map((text) => h('li', {}, h('b', {}, 'Missing for DONE: '), text))),
    ...vetoes.map(({ entry, state, scope, reason }) => h('li', {}, drawState(state), ' veto: ', drawEntryLink(entry, reason), scope === null ? '' : ` (${scope})`)),
    ...findings.open.map((id) => h('li', {}, drawState('open'), ' finding: ', drawEntryLink(id, titles.get(id) ?? null))),
    ...gates.flatMap((gate) => gate.disagreements.map((text) => h('li', {}, drawState('warning', 'disagreement'), ` at ${gate.id}: ${text}`))),
    ...(findings.closed.length === 0 ? [] : [h('li', { class: 'quiet' }, `${count(findings.closed.length, 'finding')} closed: `, findings.closed.map((id, index) => [index === 0 ? '' : ', ', drawEntryLink(id, id.slice(id.indexOf('/') + 1))]))]),
  ];
  return items.length === 0 ? null : h('ul', { class: 'troubles' }, items);
}
