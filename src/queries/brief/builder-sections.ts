import type { Entry } from '../../contract/schema/entry.ts';
import type { GateStatus } from '../../contract/schema/status.ts';
import { quoteWord } from '../shell-word.ts';
import type { BriefFacts } from './facts.ts';
import type { FullSection } from './fit-budget.ts';
import { findingsOf, gateItem, inboxOf, vetoesOf } from './shared-sections.ts';

/** What a Builder needs on waking, the most pressing first. */
export function builderSections(facts: BriefFacts): FullSection[] {
  const { phase } = facts;
  const status = phase === null ? 'docket status' : `docket status ${phase.id}`;
  return [
    { title: 'Phase', items: phaseItems(facts), command: status },
    inboxOf(facts, 'builder'),
    vetoesOf(facts),
    { title: 'Gates', items: (phase?.gates ?? []).map(gateItem), command: status },
    { title: 'Next, as the journal ends', items: nextItems(facts), command: phase === null ? 'docket list journal' : `docket list journal --phase ${phase.id}` },
    { title: 'What gate still misses', items: missingItems(facts), command: firstGate(facts) },
    findingsOf(facts),
    { title: 'Deferred, and due', items: facts.status.deferred.triggered.map((id) => entryItem(facts, id)), command: 'docket list deferred --state open' },
    { title: 'Alerts', items: facts.status.alerts.map((id) => entryItem(facts, id)), command: 'docket list alert --state open' },
    { title: 'Decisions in force', items: decisionItems(facts), command: 'docket list decision --state settled,exception' },
  ];
}

function phaseItems({ ledger, phase }: BriefFacts): string[] {
  if (phase === null) return ['there is no phase yet: docket phase open P'];
  const done = phase.done.marked ? (phase.done.allowed ? 'DONE' : 'DONE is marked, but not allowed') : phase.done.allowed ? 'ready for DONE' : 'not done';
  const plans = ledger.entries.filter((entry) => entry.kind === 'plan' && entry.phase === phase.id).map(({ id, place, title }) => `plan ${place.path}: ${title} (docket show ${id})`);
  return [`${phase.id}, ${done}`, ...plans, ...(phase.done.missing.length === 0 ? [] : [`missing for DONE: ${phase.done.missing.join('; ')}`])];
}

/** The word `Next` of the last journal entry that has one. */
function nextItems({ ledger, phase }: BriefFacts): string[] {
  const journals = ledger.entries.filter((entry) => entry.kind === 'journal' && entry.phase === phase?.id);
  const last = journals.findLast(({ fields }) => nextOf(fields) !== null);
  const latest = journals.at(-1);
  if (latest === undefined) return [];
  const next = last === undefined ? null : nextOf(last.fields);
  return next === null ? [`the last entry is ${latest.id}; it names no next step`] : [`${next} (${last?.id ?? ''})`];
}

function nextOf(fields: Readonly<Record<string, string>>): string | null {
  const found = Object.entries(fields).find(([name, value]) => /^next\b/iu.test(name) && value.trim() !== '');
  return found?.[1] ?? null;
}

function missingItems({ judged, phase }: BriefFacts): string[] {
  return [...judged].flatMap(([gate, { allowed, missing, diagnostics }]) => {
    if (allowed) return [`${phase?.id ?? ''}/${gate} may be claimed: docket claim ${phase?.id ?? ''}/${gate} --what … --how … --expected … --where …`];
    const next = diagnostics.find(({ level, next: command }) => level === 'error' && command !== null)?.next;
    return [`${phase?.id ?? ''}/${gate}: ${missing.join('; ')}${next ? `\n${next}` : ''}`];
  });
}

function firstGate({ judged, phase }: BriefFacts): string {
  const [gate] = judged.keys();
  return gate === undefined || phase === null ? 'docket status' : `docket gate ${quoteWord(`${phase.id}/${gate}`)}`;
}

/** Those of the phase and of none first, the newest first. */
function decisionItems({ ledger, phase }: BriefFacts): string[] {
  const inForce = ledger.entries.filter(({ kind, state }) => kind === 'decision' && (state === 'settled' || state === 'exception')).toReversed();
  const isNear = (entry: Entry): number => Number(entry.phase !== phase?.id);
  return inForce.toSorted((a, b) => isNear(a) - isNear(b)).map(({ id, title, state }) => `${title === '' ? id : title}${state === 'exception' ? ' (exception)' : ''} (${id})`);
}

function entryItem({ ledger }: BriefFacts, id: string): string {
  const entry = ledger.entries.find((each) => each.id === id);
  return `${entry?.title ?? ''} (${id})`;
}

/** Gates of the phase about which `gate` has something to say. */
export function openGates(gates: readonly GateStatus[]): string[] {
  return gates.filter(({ state }) => state !== 'verified' && state !== 'claimed' && state !== 'reclaimed').map(({ id }) => id);
}
