import type { Entry, Observation, Step } from '../../contract/schema/entry.ts';
import type { GateEvidence } from '../../gates/judge-claim.ts';
import { quoteWord } from '../shell-word.ts';
import type { BriefFacts, ClaimedCommits } from './facts.ts';
import type { FullSection } from './fit-budget.ts';
import { findingsOf, gateItem, inboxOf, vetoesOf } from './shared-sections.ts';

/** What an Adversary needs on waking: what is claimed and what would prove it, and nothing that the Builder says of it besides. */
export function adversarySections(facts: BriefFacts, waiting: readonly string[]): FullSection[] {
  const { phase } = facts;
  const status = phase === null ? 'docket status' : `docket status ${phase.id}`;
  const claims = waiting.map((gate) => claimOf(facts, gate)).filter((claim) => claim !== undefined);
  const first = waiting[0] === undefined ? status : `docket gate ${quoteWord(`${phase?.id ?? ''}/${waiting[0]}`)}`;
  return [
    { title: 'Claimed, and not judged', items: claims.flatMap((claim) => claimItems(claim, facts)), command: claims[0] === undefined ? status : `docket show ${quoteWord(claims[0].id)}` },
    { title: 'Evidence', items: waiting.flatMap((gate) => evidenceItems(facts, gate)), command: 'docket list reproduction --role adversary' },
    { title: 'Freshness', items: waiting.flatMap((gate) => freshnessItems(facts, gate)), command: first },
    { title: 'What gate misses', items: waiting.flatMap((gate) => missingItems(facts, gate)), command: first },
    inboxOf(facts, 'adversary'),
    findingsOf(facts),
    vetoesOf(facts),
    { title: 'Commits', items: facts.claimed.flatMap(commitItems), command: 'git log --stat' },
    { title: 'Gates', items: (phase?.gates ?? []).map(gateItem), command: status },
  ];
}

function claimOf({ ledger, phase }: BriefFacts, gate: string): Entry | undefined {
  const state = phase?.gates.find(({ id }) => id === gate);
  const entries = ledger.entries.filter((entry) => entry.kind === 'claim' && entry.phase === phase?.id && entry.gate === gate);
  return entries.find(({ id }) => id === state?.claim?.entry) ?? entries.at(-1);
}

const parts = ['WHAT', 'HOW', 'EXPECTED', 'WHERE', 'TEETH'];

/** The parts of the claim; its text as it stands where it has none. */
function claimItems(claim: Entry, { bodyOf }: BriefFacts): string[] {
  const named = Object.entries(claim.fields).filter(([name]) => parts.some((part) => name.toUpperCase().startsWith(part)));
  const head = `${claim.phase}/${claim.gate ?? ''}: ${claim.title} (${claim.id})`;
  if (named.length === 0) return [`${head}\n${bodyOf(claim).trim()}`];
  return [head, ...parts.flatMap((part) => named.filter(([name]) => name.toUpperCase().startsWith(part)).map(([name, value]) => `${name}: ${value.trim()}`))];
}

function evidenceItems({ ledger, judged }: BriefFacts, gate: string): string[] {
  const evidence = judged.get(gate)?.evidence ?? [];
  if (evidence.length === 0) return [`${gate}: no reproduction`];
  return evidence.map((each) => {
    const entry = ledger.entries.find(({ id }) => id === each.reproduction);
    return [headOf(each, entry), ...(entry?.hidden === true ? [] : stepsOf(entry))].join('\n');
  });
}

function headOf({ reproduction, level, verdict, roles }: GateEvidence, entry: Entry | undefined): string {
  const receipt = entry?.recording?.receipt?.slice(0, 12);
  const hidden = entry?.hidden === true ? ', not cited by the claim and hidden until the verdict' : '';
  return `${reproduction}: level ${level}, ${verdict}${roles.length === 0 ? '' : `, ${roles.join(' ')}`}${receipt === undefined ? '' : `, receipt ${receipt}`}${hidden}`;
}

const signs = { literal: '', exact: '=', pattern: '~', regex: '/', status: '?' } as const;

/** Role, command and contract of each step. */
function stepsOf(entry: Entry | undefined): string[] {
  const lines: string[] = [];
  for (const step of entry?.steps ?? []) {
    lines.push(headOfStep(step));
    for (const { text } of step.commands) lines.push(`$ ${text.replaceAll('\n', '\n> ')}`);
    for (const observation of step.observations) lines.push(contractOf(observation));
  }
  return lines;
}

function headOfStep({ role, at, patch }: Step): string {
  return `# ${role ?? 'check'}${at === undefined ? '' : ` @${at.slice(0, 12)}`}${patch === undefined ? '' : ` +${patch}`}`;
}

function contractOf({ text, stream, mode, verdict }: Observation): string {
  return `→${stream === 'stderr' ? '2' : ''}${signs[mode]} ${text}${verdict === null ? '' : ` ← ${verdict.toUpperCase()}`}`;
}

function freshnessItems({ judged }: BriefFacts, gate: string): string[] {
  return (judged.get(gate)?.evidence ?? []).flatMap(({ reproduction, freshness, changed }) => (freshness === null ? [] : [`${reproduction} is ${freshness}${changed.length === 0 ? '' : `: ${changed.join(', ')}`}`]));
}

function missingItems({ judged, phase }: BriefFacts, gate: string): string[] {
  const missing = judged.get(gate)?.missing ?? [];
  return missing.map((sentence) => `${phase?.id ?? ''}/${gate}: ${sentence}`);
}

function commitItems({ gate, commits, more, stat }: ClaimedCommits): string[] {
  const lines = commits.map(({ commit, at, subject }) => `${commit.slice(0, 12)} ${at} ${subject}`);
  return [...(stat.length === 0 ? [] : [`${gate} changes ${stat.join('\n')}`]), ...lines, ...(more === 0 ? [] : [`and ${more} commits before`])];
}
