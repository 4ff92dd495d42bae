import type { Entry } from '../contract/schema/entry.ts';
import type { GateStatus, PhaseStatus, Status } from '../contract/schema/status.ts';
import type { Ledger, Phase } from '../ledger/ledger.ts';
import { findDisagreements } from './disagreements.ts';
import { judgeDone } from './done-of-phase.ts';
import { isClosed, isOpen } from './entry-state.ts';
import { findEvidence } from './evidence/evidence-of-gate.ts';
import { collectGateEvents, type GateEvents } from './gate-events.ts';
import { judgeGate, type GateCircumstances, type JudgedGate } from './gate-state.ts';
import { findTriggered } from './triggers/find-triggered.ts';
import { isVetoed, listVetoes, standingVetoes } from './vetoes.ts';

export interface StatusOptions {
  /** One phase only. The lists beside the phases stay whole. */
  phase?: string;
  /** Seconds since 1970: count the age of a PASS up to here instead of to the newest commit of the revision. */
  clock?: number;
}

/** Where every phase stands: gates, DONE, findings, vetoes; what is deferred, unread, and which alerts are open. */
export function getStatus(ledger: Ledger, options: StatusOptions = {}): Status {
  const events = collectGateEvents(ledger);
  const entries = groupByPhase(ledger.entries);
  const phases = ledger.phases.filter(({ id }) => options.phase === undefined || id === options.phase);
  const now = options.clock ?? clockOf(ledger);
  const deferred = ledger.entries.filter(({ kind }) => kind === 'deferred');
  const unread = ledger.entries.filter(({ kind, state }) => kind === 'inbox' && state === 'unread');
  return {
    phases: phases.map((phase) => statusOfPhase(ledger, { phase, entries: entries.get(phase.id) ?? [], events }, now)),
    deferred: {
      open: deferred.filter(isOpen).map(idOf),
      closed: deferred.filter(isClosed).map(idOf),
      triggered: findTriggered(ledger, events).map(({ entry }) => entry),
    },
    inbox: {
      builder: unread.map(idOf).filter((id) => id.startsWith('inbox:builder/')),
      adversary: unread.map(idOf).filter((id) => id.startsWith('inbox:adversary/')),
    },
    alerts: ledger.entries.filter(({ kind, state }) => kind === 'alert' && state === 'open').map(idOf),
  };
}

function clockOf(ledger: Ledger): number | null {
  return ledger.revision.at === null ? null : Date.parse(ledger.revision.at) / 1000;
}

function groupByPhase(entries: readonly Entry[]): Map<string, Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const group = groups.get(entry.phase);
    if (group) group.push(entry);
    else groups.set(entry.phase, [entry]);
  }
  return groups;
}

interface PhaseOfLedger {
  phase: Phase;
  /** Those of the phase alone. */
  entries: readonly Entry[];
  events: ReadonlyMap<string, GateEvents>;
}

function statusOfPhase(ledger: Ledger, { phase, entries, events }: PhaseOfLedger, now: number | null): PhaseStatus {
  const findings = entries.filter(({ kind }) => kind === 'finding');
  const standing = standingVetoes(entries);
  const gates = phase.gates.map((gate) => {
    const own = events.get(`${phase.id}/${gate}`) ?? { phase: phase.id, gate, claims: [], verdicts: [], pending: null };
    const circumstances: GateCircumstances = { vetoed: isVetoed(standing, gate), phaseDone: phase.done.marked, freshness: ledger.config.freshness, now };
    return { gate, events: own, judged: judgeGate(own, circumstances), unvetoed: judgeGate(own, { ...circumstances, vetoed: false }) };
  });
  return {
    id: phase.id,
    order: phase.order,
    gates: gates.map(({ events: own, judged }) => statusOfGate({ phase, entries, events: own }, judged)),
    done: judgeDone(phase, {
      gates: gates.map(({ gate, unvetoed }) => ({ gate, judged: unvetoed })),
      openFindings: findings.filter(isOpen),
      standingVetoes: standing,
    }),
    findings: { open: findings.filter(isOpen).map(idOf), closed: findings.filter(isClosed).map(idOf) },
    vetoes: listVetoes(entries),
  };
}

function statusOfGate({ phase, entries, events }: Omit<PhaseOfLedger, 'events'> & { events: GateEvents }, { state, claim, verdict }: JudgedGate): GateStatus {
  const shown = verdict ?? events.pending;
  return {
    id: events.gate,
    state,
    claim: claim && { entry: claim.entry, commit: claim.commit, at: claim.at },
    verdict: shown && { entry: shown.entry, result: shown.result, commit: shown.commit, at: shown.at, writtenTime: shown.writtenTime },
    evidence: findEvidence(entries, phase.id, events.gate),
    disagreements: findDisagreements(entries, phase, events).map(({ sentence }) => sentence),
  };
}

function idOf(entry: Entry): string {
  return entry.id;
}
