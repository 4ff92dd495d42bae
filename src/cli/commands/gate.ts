import { exitCode } from '../../contract/exit-codes.ts';
import { Failure } from '../../contract/failure.ts';
import { askClaim, askDone, evidenceOf } from '../../gates/ask-gate.ts';
import { getStatus } from '../../gates/get-status.ts';
import { proposeClaim } from '../../gates/judge-claim-text.ts';
import type { ClaimContext, ClaimJudgement } from '../../gates/judge-claim.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { Docket } from '../../ledger/open-docket.ts';
import { isEmptyDocket } from '../../queries/is-empty.ts';
import { findNearest } from '../../queries/nearest.ts';
import { quoteWord } from '../../queries/shell-word.ts';
import { renderGate } from '../../reports/gate-text.ts';
import { isGiven, valueOf, valuesOf, type Invocation } from '../invocation.ts';
import { openFor } from '../open.ts';
import { answer, type Outcome } from '../outcome.ts';

/** `docket gate [PHASE/]GATE [--for claim|done] [--replay]`. */
export async function run(invocation: Invocation): Promise<Outcome> {
  const { arguments: [wanted = ''], options, globals } = invocation;
  const purpose = valueOf(options, '--for') === 'done' ? 'done' : 'claim';
  if (isGiven(options, '--consent') && !isGiven(options, '--replay')) throw new Failure('usage', 'Unexpected --consent without --replay: nothing is executed.');
  if (isGiven(options, '--replay') && globals.at !== null) throw new Failure('usage', 'Unexpected --replay with --at: what is replayed is HEAD.', { next: 'Check the revision out in a clone, and ask there.' });
  const docket = await openFor(globals);
  const { ledger } = docket;
  if (isEmptyDocket(ledger)) {
    const missing = [`there is no document that names the gate ${wanted}`];
    return answer({ data: { gate: wanted, purpose, allowed: false, missing, evidence: [] }, render: renderGate, exitCode: exitCode.no, diagnostics: ledger.diagnostics, next: ['docket init'], nextIsAnswer: true });
  }
  const { phase, gate } = findGate(ledger, wanted, purpose);
  const gates = gate === null ? (ledger.phases.find(({ id }) => id === phase)?.gates ?? []) : [gate];
  const replayed = isGiven(options, '--replay') ? await replayEvidence(docket, phase, gates, invocation) : null;
  const now = new Date();
  const judgement = purpose === 'done' ? await askDone(docket, { phase, replayed, now, placeholder: 'refused' }) : await askClaim(docket, { phase, gate: gate ?? '', text: null, replayed, now });
  return toOutcome(ledger, purpose === 'done' ? phase : `${phase}/${gate ?? ''}`, purpose, judgement);
}

/** Replays the evidence cold. The runner is loaded here and nowhere else: without `--replay` nothing can be executed. */
async function replayEvidence(docket: Docket, phase: string, gates: readonly string[], { options, globals }: Invocation): Promise<NonNullable<ClaimContext['replayed']>> {
  const [{ replay }, { readSubject }, { followProgress }] = await Promise.all([import('../../runner/replay/replay.ts'), import('../../runner/subject.ts'), import('../run-answers.ts')]);
  const entries = new Set(gates.flatMap((gate) => evidenceOf(docket, phase, gate)).filter(({ notation, recording, hidden }) => notation === 'strict' && recording !== undefined && hidden === undefined));
  const subjects = await Promise.all([...entries].map((entry) => readSubject(docket, entry)));
  const consent = { digests: valuesOf(options, '--consent'), canAsk: process.stdin.isTTY && process.stderr.isTTY };
  const replayed = await replay(docket, subjects, { cold: true, greenOnly: false, consent, progress: followProgress(globals) });
  return new Map(replayed.map(({ subject, judgement, aborted }) => [subject.entry.id, aborted ? 'inconclusive' : judgement.verdict]));
}

function toOutcome(ledger: Ledger, name: string, purpose: 'claim' | 'done', { allowed, missing, evidence, diagnostics }: ClaimJudgement): Outcome {
  const commands = [...new Set(diagnostics.flatMap(({ level, next }) => (level === 'error' && /^(?:docket|git) /u.test(next ?? '') ? [next ?? ''] : [])))];
  const unreadable = ledger.diagnostics.some(({ rule }) => rule === 'unreadable');
  return answer({
    data: { gate: name, purpose, allowed: allowed && !unreadable, missing, evidence },
    render: renderGate,
    exitCode: unreadable ? exitCode.usage : allowed ? exitCode.yes : exitCode.no,
    diagnostics: [...ledger.diagnostics, ...diagnostics],
    next: !allowed ? commands.slice(0, 5) : purpose === 'done' ? [`docket done ${name}`] : nextOfClaimable(ledger, name, evidence),
    nextIsAnswer: true,
  });
}

/** A claim that waits is for the Adversary to judge, and one that has its PASS leads on to DONE; what else may be claimed is to be claimed. */
function nextOfClaimable(ledger: Ledger, name: string, evidence: ClaimJudgement['evidence']): string[] {
  const [phase = '', gate] = name.split('/');
  const state = getStatus(ledger, { phase }).phases[0]?.gates.find(({ id }) => id === gate)?.state;
  if (state === 'claimed' || state === 'reclaimed') return [`docket replay ${quoteWord(name)} --plan`, `docket verdict ${quoteWord(name)} pass --body TEXT`];
  if (state === 'verified') return [`docket gate ${quoteWord(name)} --for done`];
  return [proposeClaim(name, ledger.entries.filter(({ id }) => evidence.some(({ reproduction }) => reproduction === id)))];
}

function findGate(ledger: Ledger, wanted: string, purpose: 'claim' | 'done'): { phase: string; gate: string | null } {
  const name = wanted.replace(/^gate:/, '');
  if (purpose === 'done' && ledger.phases.some(({ id }) => id === name)) return { phase: name, gate: null };
  const known = ledger.phases.flatMap((phase) => phase.gates.map((gate) => ({ phase: phase.id, gate })));
  const found = known.filter(({ phase, gate }) => `${phase}/${gate}` === name || gate === name);
  const [first] = found;
  if (first && found.length === 1) return purpose === 'done' ? { phase: first.phase, gate: null } : first;
  const names = known.map(({ phase, gate }) => `${phase}/${gate}`);
  if (first) throw new Failure('usage', `Several phases have a gate ${name}: ${found.map(({ phase, gate }) => `${phase}/${gate}`).join(', ')}.`, { next: `docket gate ${first.phase}/${first.gate}` });
  if (names.length === 0) throw new Failure('usage', `Unexpected gate "${wanted}": no document names a gate yet.`, { next: 'docket phase open 1 --gates M1' });
  const close = findNearest(name, names);
  throw new Failure('usage', `Unexpected gate "${wanted}", expected one of ${names.slice(0, 8).join(', ')}${names.length > 8 ? ' …' : ''}.`, { next: `docket gate ${close[0] ?? names[0] ?? ''}` });
}
