import type { Diagnostic } from '../contract/schema/envelope.ts';
import type { Entry } from '../contract/schema/entry.ts';
import type { Config, EvidenceLevel } from '../ledger/config/config.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { findWaiver, gateWaivers, type ActiveWaiver } from '../rules/waivers/active-waivers.ts';
import { describeRecording, recordAgain } from '../queries/describe-recording.ts';
import { findEvidence } from './evidence/evidence-of-gate.ts';
import type { Freshness } from './evidence/freshness.ts';
import type { GateFacts } from './evidence/read-facts.ts';

/** One reproduction that a gate rests on. */
export interface GateEvidence {
  reproduction: string;
  notation: 'strict' | 'loose';
  level: string;
  /** `unrecorded`, a verdict of the recording, or what is wrong with its receipt. */
  verdict: string;
  /** Whether it is about the code of now; null where nothing was recorded. */
  freshness: Freshness['state'] | null;
  /** Paths that have changed since. */
  changed: string[];
  /** Roles of its steps that the notation states; guessed ones prove nothing and are not among them. */
  roles: string[];
  /** What a cold replay gave just now; null where none was asked for. */
  replayed: string | null;
}

export interface ClaimJudgement {
  allowed: boolean;
  /** Sentences, each naming what is missing. */
  missing: string[];
  evidence: GateEvidence[];
  /** The same with rule, place and the command that mends it; and what is worth knowing besides. */
  diagnostics: Diagnostic[];
}

/** What is known beside the record. */
export interface ClaimContext {
  /** Null where git has no commit yet. */
  facts: GateFacts | null;
  /** What cold replays of the reproductions gave just now, by id; null where none was asked for: then receipts are believed as far as they go. */
  replayed: ReadonlyMap<string, string> | null;
  /** For a claim, or for DONE, which asks for more. */
  purpose: 'claim' | 'done';
  /** `YYYY-MM-DD`: waivers that have expired by then do not count. */
  today: string;
}

const strength: readonly EvidenceLevel[] = ['claimed', 'recorded', 'replayed', 'attested'];

const required = [
  ['red', 'a red step: the check failing before the change'],
  ['green', 'a green step: the same check passing now'],
  ['neg', 'a neg step: a negative control that shows the check can fail'],
] as const;

/** The least level that a gate needs. */
function neededLevel({ evidence }: Config, phase: string, gate: string, purpose: ClaimContext['purpose']): EvidenceLevel {
  return evidence.gates[`${phase}/${gate}`] ?? evidence.gates[gate] ?? evidence[purpose];
}

/**
 * May this gate be claimed? Every reproduction that names the gate has to be recorded, intact, proven and about the code of now, at the level that
 * the configuration asks for; red, green and neg have to be among them; the tree has to be clean and HEAD on a remote-tracking branch where there is
 * a remote. It fails closed: no reproduction, an unreadable receipt, a base that is gone are refusals. Without `context` only the record is judged.
 */
export function judgeClaim(ledger: Ledger, phase: string, gate: string, context?: ClaimContext): ClaimJudgement {
  const entries = ledger.entries.filter((entry) => entry.phase === phase);
  const found = findEvidence(entries, phase, gate).reproductions.flatMap((id) => entries.filter((entry) => entry.id === id));
  const level = neededLevel(ledger.config, phase, gate, context?.purpose ?? 'claim');
  const judging = openJudging({ phase, gate, level, context, waivers: gateWaivers(ledger.entries, context?.today ?? ledger.revision.at?.slice(0, 10) ?? ''), seals: ledger.config.evidence.seals, isShallow: ledger.revision.shallow });
  const evidence = found.map((entry) => describe(entry, judging));
  const strict = found.filter(({ notation }) => notation === 'strict');
  if (found.length === 0) judging.refuse('claim-without-evidence', `gate ${phase}/${gate} rests on no reproduction, expected at least one recorded with red, green and neg`, null, recordCommand(phase, gate));
  for (const entry of strict) judgeStrict(entry, judging);
  // One that is refused says so itself; what it would have shown is not called missing besides.
  const covered = new Set(strict.flatMap(rolesOf));
  const lacking = required.filter(([role]) => !covered.has(role));
  // What was written by hand is in nobody's way where the gate is proven without it.
  if (lacking.length > 0) for (const entry of found.filter(({ notation }) => notation !== 'strict')) judging.refuse('claim-without-evidence', `${entry.id} is loose: written by hand, never recorded (level claimed), expected a recorded reproduction`, entry, recordCommand(phase, gate));
  for (const [role, what] of found.length === 0 ? [] : lacking) judging.refuse('claim-without-evidence', `gate ${phase}/${gate} has no ${role} ${judging.level}, expected ${what}`, null, recordCommand(phase, gate));
  judgeCode(judging);
  const told = new Set(judging.diagnostics.map(({ entry, rule }) => `${entry} ${rule}`));
  const lint = judging.missing.length === 0 ? [] : adviseFrom(judging, found).filter(({ entry, rule }) => !told.has(`${entry} ${rule}`));
  const diagnostics = [...judging.diagnostics, ...lint];
  return { allowed: judging.missing.length === 0, missing: judging.missing, evidence, diagnostics };
}

interface Asked {
  phase: string;
  gate: string;
  level: EvidenceLevel;
  context: ClaimContext | undefined;
  waivers: readonly ActiveWaiver[];
  /** Fingerprints of the keys of which one has to seal a recording; empty: none has to. */
  seals: readonly string[];
  /** History may be cut off before what a receipt names. */
  isShallow: boolean;
}

interface Judging extends Asked {
  missing: string[];
  diagnostics: Diagnostic[];
  refuse: (rule: string, message: string, entry: Entry | null, next: string) => void;
  warn: (rule: string, message: string, entry: Entry, next: string) => void;
}

function openJudging(asked: Asked): Judging {
  const { phase, gate, waivers } = asked;
  const [missing, diagnostics] = [[] as string[], [] as Diagnostic[]];
  const compose = (level: Diagnostic['level'], rule: string, message: string, about: { entry: Entry | null; next: string }): Diagnostic => {
    const { entry, next } = about;
    const place = entry === null ? null : { path: entry.place.path, line: entry.place.line, endLine: entry.place.endLine, rev: entry.place.rev };
    return { rule, level, message, place, related: [], entry: entry?.id ?? `gate:${phase}/${gate}`, next, fixable: false };
  };
  return {
    ...asked, missing, diagnostics,
    refuse: (rule, message, entry, next) => {
      const found = compose('error', rule, message, { entry, next });
      const waiver = findWaiver(waivers, { rule, entry: entry?.id ?? null, path: entry?.place.path ?? null, gates: [`${phase}/${gate}`] });
      diagnostics.push(waiver === null ? found : asAccepted(found, waiver));
      if (waiver === null) missing.push(message);
    },
    warn: (rule, message, entry, next) => void diagnostics.push(compose('warning', rule, message, { entry, next })),
  };
}

/** A finding that a decision accepts, with whose word it is. */
export function asAccepted(found: Diagnostic, { by, until, why, decision }: ActiveWaiver): Diagnostic {
  return { ...found, level: 'info', message: `${found.message} (accepted by ${by} until ${until}: ${why})`, next: `docket show ${decision}` };
}

function recordCommand(phase: string, gate: string): string {
  return `docket record ${phase}-${gate.toLowerCase().replace(/[^a-z0-9.-]+/gu, '-')} --claim ${phase}/${gate} --red 'REV' 'COMMAND' --green 'COMMAND' --neg revert`;
}

function rolesOf({ steps = [] }: Entry): string[] {
  return [...new Set(steps.flatMap(({ role, guessed, commands }) => (role === null || guessed || commands.length === 0 ? [] : [role])))];
}

function describe(entry: Entry, { context }: Judging): GateEvidence {
  const { recording } = entry;
  const fresh = context?.facts?.freshness.get(entry.id);
  const replayed = context?.replayed?.get(entry.id) ?? null;
  return {
    reproduction: entry.id, notation: entry.notation ?? 'loose', level: replayed === 'proven' ? 'attested' : (entry.level ?? 'claimed'),
    verdict: recording === undefined ? 'unrecorded' : recording.state === 'intact' ? recording.verdict : recording.state,
    freshness: fresh?.state ?? null, changed: fresh?.changed ?? [], roles: rolesOf(entry), replayed,
  };
}

/** One reproduction in the exact notation that names the gate. */
function judgeStrict(entry: Entry, judging: Judging): void {
  const { recording } = entry;
  const again = recordAgain(entry);
  if (recording === undefined) {
    judging.refuse('claim-without-evidence', `${entry.id} was never recorded (level claimed), expected a receipt beside it`, entry, again);
    return;
  }
  const [against] = describeRecording(entry);
  if (against !== undefined) {
    judging.refuse(against.rule, against.message, entry, again);
    return;
  }
  // Green is about what is claimed: the commit of now, and no other.
  if (entry.steps?.some(({ role, at }) => role === 'green' && at !== undefined) === true) judging.refuse('not-green', `the green of ${entry.id} names a revision, expected it to run at what is claimed`, entry, again);
  if (recording.runs < 2) judging.warn('flaky', `${entry.id} was run once, so that a check that wavers would not show`, entry, again);
  const history = entry.steps?.flatMap(({ commands }) => commands.flatMap(({ text }) => readsHistory.exec(text)?.[0].trim() ?? []))[0];
  if (history !== undefined) judging.warn('inputs-too-narrow', `a command of ${entry.id} reads the history (${history}), which is no input: look whether it tells the code apart, or the commits`, entry, `docket show ${entry.id}`);
  const { seals } = judging;
  const { seal } = recording;
  if (seal !== null && !seal.valid) judging.refuse('tampered', `the seal of ${entry.id} is not one of its receipt`, entry, again);
  else if (seals.length > 0 && (seal === null || !seals.includes(seal.key))) judging.refuse('claim-without-evidence', `${entry.id} is ${seal === null ? 'not sealed' : `sealed by ${seal.key}`}, expected the seal of ${seals.join(' or ')}`, entry, `${again} --seal KEYFILE`);
  judgeFresh(entry, judging, again);
  for (const { commit, verdict, time } of judging.context?.facts?.hidden.get(entry.id) ?? []) judging.refuse('append-only', `an attempt of ${entry.id} that was ${verdict} (${time}, in ${commit.slice(0, 12)}) was taken out of the document`, entry, `git show ${commit.slice(0, 12)}`);
  judgeLevel(entry, judging);
}

/** What differs between red and green whatever the code is. Another repository (`-C`) is not meant. */
const readsHistory = /\bgit\s+(?:rev-parse|rev-list|log|describe|reflog|show-ref|symbolic-ref|name-rev|merge-base|status|diff|branch|tag)\b|(?:^|[\s"'=(/])\.git\/(?:HEAD|refs|logs|packed-refs|index)/u;

function judgeFresh(entry: Entry, { context, isShallow, refuse, warn }: Judging, again: string): void {
  if (context === undefined) return;
  const fresh = context.facts?.freshness.get(entry.id);
  if (fresh === undefined) {
    refuse('lost', `whether ${entry.id} is about the code of now cannot be told, expected a commit to hold it against`, entry, 'git commit');
    return;
  }
  const holds = fresh.state === 'fresh' || fresh.state === 'fresh-by-tree';
  // When a phase is done its first gates are long behind: what they were proven for has been built on since.
  if (!holds && context.purpose === 'done' && fresh.state === 'stale-code') warn(fresh.state, `${entry.id} was recorded before other work: ${fresh.why ?? ''}`, entry, again);
  else if (!holds && isShallow && (fresh.state === 'unresolved-base' || fresh.state === 'lost')) refuse(fresh.state, `${entry.id} is ${fresh.state}: ${fresh.why ?? ''}; this clone is shallow`, entry, 'git fetch --unshallow');
  else if (!holds) refuse(fresh.state, `${entry.id} is ${fresh.state}: ${fresh.why ?? ''}`, entry, again);
  else if (fresh.drift !== null) warn('env-drift', `${entry.id} was recorded in another environment: ${fresh.drift}`, entry, `docket replay ${entry.id} --cold`);
}

function judgeLevel(entry: Entry, { context, phase, gate, level, refuse }: Judging): void {
  const name = entry.id.slice(entry.id.indexOf('/') + 1).replace(/~\d+$/u, '');
  if (context?.replayed) {
    const verdict = context.replayed.get(entry.id) ?? 'not replayed';
    if (verdict !== 'proven') refuse(verdict === 'inconclusive' || verdict === 'flaky' ? verdict : 'mismatch', `a cold replay of ${entry.id} just now came out ${verdict}, expected proven`, entry, `docket replay ${name} --cold`);
    return;
  }
  const own = strength.find((each) => each === entry.level) ?? 'claimed';
  if (strength.indexOf(own) >= strength.indexOf(level)) return;
  const next = level === 'attested' ? `docket gate ${phase}/${gate} --replay` : `docket replay ${name} --cold --role adversary`;
  refuse('claim-without-evidence', `${entry.id} is of level ${own}, expected ${level}`, entry, next);
}

function judgeCode({ context, phase, gate, refuse }: Judging): void {
  if (context === undefined || context.facts === null || context.purpose === 'done') return;
  const { facts } = context;
  if (facts.dirty.length > 0) {
    const shown = facts.dirty.slice(0, 8).join(', ') + (facts.dirty.length > 8 ? ` and ${facts.dirty.length - 8} more` : '');
    refuse('claim-dirty-tree', `what ${phase}/${gate} would be claimed of is not committed: ${shown}`, null, 'git status');
  }
  if (facts.unpushed) refuse('claim-not-pushed', `HEAD is on no remote-tracking branch, so that nobody else has what ${phase}/${gate} would be claimed of`, null, 'git push');
}

/** What the reproductions of a refused gate lack; where it has no negative control, one that is only reasoned is a reason of its own. */
function adviseFrom({ context, missing, phase, gate }: Judging, found: readonly Entry[]): Diagnostic[] {
  const ids = new Set(found.map(({ id }) => id));
  const hasNeg = found.some((entry) => rolesOf(entry).includes('neg'));
  const lint = context?.facts?.lint.filter(({ entry, rule }) => (rule === 'reasoned-evidence' && !hasNeg) || (entry !== null && ids.has(entry))) ?? [];
  for (const { rule, place } of lint) if (rule === 'reasoned-evidence' && place) missing.push(`evidence of ${phase}/${gate} is reasoned, not run: ${place.path}:${place.line}`);
  return lint;
}
