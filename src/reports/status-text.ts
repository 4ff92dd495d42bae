import type { GateStatus, PhaseStatus, Status } from '../contract/schema/status.ts';
import { alignColumns, widthOf } from './columns.ts';
import { markState, paintState } from './state-mark.ts';
import type { View } from './view.ts';

/**
 * The board: every phase with its gates, DONE, findings and vetoes, then deferred items, inboxes, alerts and disagreements. A phase that
 * is over takes one line, unless it is the only one shown. On a terminal phases that are over stand side by side, rows that do not fit are
 * told in several, and a long list of deferred items ends with how to see the rest.
 */
export function renderStatus(status: Status, view: View): string {
  const alone = status.phases.length === 1;
  const phases: string[] = [];
  for (let at = 0; at < status.phases.length; ) {
    const over = alone ? [] : countedOver(status.phases, at);
    const phase = status.phases[at];
    if (over.length > 0) phases.push(renderOvers(over, view));
    else if (phase) phases.push(renderPhase(phase, view));
    at += Math.max(1, over.length);
  }
  const rest = [renderDeferred(status, view), renderInbox(status, view), renderList('alerts', 'open', status.alerts, view), renderDisagreements(status, view)];
  return [phases.join(''), rest.join('')].filter((part) => part !== '').join('\n');
}

function isOver({ done, findings, vetoes, gates }: PhaseStatus): boolean {
  const quiet = findings.open.length === 0 && vetoes.every(({ state }) => state === 'cleared') && gates.every((gate) => gate.disagreements.length === 0);
  return done.marked && done.allowed && quiet;
}

/** The phases from here on that are over. */
function countedOver(phases: readonly PhaseStatus[], from: number): PhaseStatus[] {
  const end = phases.findIndex((phase, index) => index >= from && !isOver(phase));
  return phases.slice(from, end < 0 ? undefined : end);
}

const gap = 4;

/** One a line; side by side where a terminal has room for more. */
function renderOvers(phases: readonly PhaseStatus[], view: View): string {
  if (view.columns === null) return phases.map((phase) => `${overText(phase, view)}\n`).join('');
  const cells = phases.map((phase) => ({ plain: overText(phase, { ...view, paint: (_, text) => text }), painted: overText(phase, view) }));
  const widest = cells.reduce((most, { plain }) => Math.max(most, widthOf(plain)), 0);
  const perLine = Math.max(1, Math.floor((view.columns + gap) / (widest + gap)));
  const rows = Math.ceil(cells.length / perLine);
  // Read downwards, as a phase follows the one above it.
  const lineAt = (row: number): string => cells.filter((_, index) => index % rows === row).map(({ plain, painted }) => painted + ' '.repeat(widest + gap - widthOf(plain))).join('').trimEnd();
  return Array.from({ length: rows }, (_, row) => `${perLine === 1 ? (cells[row]?.painted ?? '') : lineAt(row)}\n`).join('');
}

function overText(phase: PhaseStatus, view: View): string {
  const gates = phase.gates.map(({ id, state }) => paintState(view, state, `${markState(state).charAt(0)} ${id}`)).join('  ');
  return `${view.paint('bold', phase.id)}  ${paintState(view, 'done', '● DONE')}  ${gates}`;
}

function renderPhase(phase: PhaseStatus, view: View): string {
  const { gates, findings, vetoes } = phase;
  const lines = [`${view.paint('bold', phase.id)}  ${doneText(phase, view)}`, ...gateLines(gates, view).map((line) => `  ${line}`)];
  if (!phase.done.allowed) lines.push(...phase.done.missing.map((missing) => `  ${view.paint('dim', 'missing for DONE:')} ${missing}`));
  if (findings.open.length > 0) lines.push(`  findings  ${paintState(view, 'open', `${markState('open')}: ${findings.open.join(', ')}`)}`);
  if (findings.closed.length > 0) lines.push(`  findings  ${markState('closed')}: ${findings.closed.length}`);
  lines.push(...vetoes.map(({ entry, state, scope, reason }) => `  veto      ${paintState(view, state, markState(state))}: ${reason}${scope === null ? '' : ` (${scope})`}  ${view.paint('dim', entry)}`));
  return `${lines.join('\n')}\n`;
}

/** A row for each gate; where rows are wider than the terminal, claim, verdict and evidence stand below one another. */
function gateLines(gates: readonly GateStatus[], view: View): string[] {
  const states = { paint: (text: string, row: number) => paintState(view, gates[row]?.state ?? null, text) };
  const whole = alignColumns(gates.map((gate) => [gate.id, markState(gate.state), claimText(gate), verdictText(gate), evidenceText(gate)]), [{}, {}, {}, {}, {}], null);
  const room = view.columns === null ? null : view.columns - 2;
  if (room === null || whole.every((line) => widthOf(line) <= room)) {
    return alignColumns(gates.map((gate) => [gate.id, markState(gate.state), claimText(gate), verdictText(gate), evidenceText(gate)]), [{}, states, {}, {}, {}], null);
  }
  const rows = gates.flatMap((gate) => {
    const facts = [claimText(gate), verdictText(gate), evidenceText(gate)].filter((fact) => fact !== '');
    return (facts.length === 0 ? [''] : facts).map((fact, index) => ({ cells: [index === 0 ? gate.id : '', index === 0 ? markState(gate.state) : '', fact], state: gate.state }));
  });
  return alignColumns(rows.map(({ cells }) => cells), [{}, { paint: (text, row) => paintState(view, rows[row]?.state ?? null, text) }, { elastic: true }], room);
}

function doneText({ done }: PhaseStatus, view: View): string {
  if (done.marked) return done.allowed ? paintState(view, 'done', '● DONE') : paintState(view, 'failed', '✘ DONE is marked, but not allowed');
  return done.allowed ? paintState(view, 'claimed', '◔ ready, DONE is not marked') : paintState(view, 'none', '○ not done');
}

function claimText({ claim }: GateStatus): string {
  return claim === null ? '' : `claimed ${eventText(claim)}`;
}

function verdictText({ verdict }: GateStatus): string {
  return verdict === null ? '' : `${verdict.result.toUpperCase()} ${eventText(verdict)}`;
}

function evidenceText({ evidence, state }: GateStatus): string {
  if (evidence.reproductions.length === 0 && state === 'none') return '';
  return evidence.level === 'none' ? 'no evidence' : `evidence: ${evidence.level}, ${evidence.verdict}`;
}

function eventText({ commit, at }: { commit: string | null; at: string | null }): string {
  return [commit?.slice(0, 12), at?.replace(/:\d{2}(?:\.\d+)?Z$/, 'Z')].filter((part) => part !== undefined).join(' ') || 'uncommitted';
}

const mostDeferred = 10;

function renderDeferred({ deferred }: Status, view: View): string {
  const { open, closed, triggered } = deferred;
  if (open.length + closed.length === 0) return '';
  // On a terminal the end of a long list would push away what stands above it.
  const shown = view.columns === null ? open : open.toSorted((a, b) => Number(triggered.includes(b)) - Number(triggered.includes(a))).slice(0, mostDeferred);
  const rest = open.length > shown.length ? `  … and ${open.length - shown.length} more: docket list deferred --state open\n` : '';
  const items = shown.map((id) => `  ${paintState(view, 'open', markState('open'))}  ${id}${triggered.includes(id) ? paintState(view, 'warning', '  ! triggered') : ''}\n`);
  return `${view.paint('bold', 'deferred')}  ${open.length} open, ${triggered.length} of them triggered, ${closed.length} closed\n${items.join('')}${rest}`;
}

function renderInbox({ inbox }: Status, view: View): string {
  return renderList('inbox', 'unread', [...inbox.builder, ...inbox.adversary], view);
}

function renderList(title: string, state: string, ids: readonly string[], view: View): string {
  if (ids.length === 0) return '';
  return `${view.paint('bold', title)}  ${ids.length} ${state}\n${ids.map((id) => `  ${paintState(view, state, markState(state))}  ${id}\n`).join('')}`;
}

function renderDisagreements({ phases }: Status, view: View): string {
  const lines = phases.flatMap((phase) => phase.gates.flatMap((gate) => gate.disagreements.map((text) => `  ${paintState(view, 'warning', '!')}  ${phase.id}/${gate.id}: ${text}\n`)));
  return lines.length === 0 ? '' : `${view.paint('bold', 'disagreements')}\n${lines.join('')}`;
}
