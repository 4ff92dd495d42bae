import type { GateStatus, PhaseStatus, Status } from '../contract/schema/status.ts';
import { alignColumns } from './columns.ts';
import { markState, paintState } from './state-mark.ts';
import type { View } from './view.ts';

/**
 * The board: every phase with its gates, DONE, findings and vetoes, then deferred items, inboxes, alerts and disagreements. A phase that
 * is over takes one line, unless it is the only one shown.
 */
export function renderStatus(status: Status, view: View): string {
  const alone = status.phases.length === 1;
  const phases = status.phases.map((phase) => (!alone && isOver(phase) ? renderOver(phase, view) : renderPhase(phase, view)));
  const rest = [renderDeferred(status, view), renderInbox(status, view), renderList('alerts', 'open', status.alerts, view), renderDisagreements(status, view)];
  return [phases.join(''), rest.join('')].filter((part) => part !== '').join('\n');
}

function isOver({ done, findings, vetoes, gates }: PhaseStatus): boolean {
  const quiet = findings.open.length === 0 && vetoes.every(({ state }) => state === 'cleared') && gates.every((gate) => gate.disagreements.length === 0);
  return done.marked && done.allowed && quiet;
}

function renderOver(phase: PhaseStatus, view: View): string {
  const gates = phase.gates.map(({ id, state }) => paintState(view, state, `${markState(state).charAt(0)} ${id}`)).join('  ');
  return `${view.paint('bold', phase.id)}  ${paintState(view, 'done', '● DONE')}  ${gates}\n`;
}

function renderPhase(phase: PhaseStatus, view: View): string {
  const { gates, findings, vetoes } = phase;
  const rows = gates.map((gate) => [gate.id, markState(gate.state), claimText(gate), verdictText(gate), evidenceText(gate)]);
  const columns = [{}, { paint: (text: string, row: number) => paintState(view, gates[row]?.state ?? null, text) }, {}, {}, { elastic: true }];
  const lines = [`${view.paint('bold', phase.id)}  ${doneText(phase, view)}`, ...alignColumns(rows, columns, view.columns === null ? null : view.columns - 2).map((line) => `  ${line}`)];
  if (!phase.done.allowed) lines.push(...phase.done.missing.map((missing) => `  ${view.paint('dim', 'missing for DONE:')} ${missing}`));
  if (findings.open.length > 0) lines.push(`  findings  ${paintState(view, 'open', `${markState('open')}: ${findings.open.join(', ')}`)}`);
  if (findings.closed.length > 0) lines.push(`  findings  ${markState('closed')}: ${findings.closed.length}`);
  lines.push(...vetoes.map(({ entry, state, scope, reason }) => `  veto      ${paintState(view, state, markState(state))}: ${reason}${scope === null ? '' : ` (${scope})`}  ${view.paint('dim', entry)}`));
  return `${lines.join('\n')}\n`;
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

function renderDeferred({ deferred }: Status, view: View): string {
  const { open, closed, triggered } = deferred;
  if (open.length + closed.length === 0) return '';
  const items = open.map((id) => `  ${paintState(view, 'open', markState('open'))}  ${id}${triggered.includes(id) ? paintState(view, 'warning', '  ! triggered') : ''}\n`);
  return `${view.paint('bold', 'deferred')}  ${open.length} open, ${triggered.length} of them triggered, ${closed.length} closed\n${items.join('')}`;
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
