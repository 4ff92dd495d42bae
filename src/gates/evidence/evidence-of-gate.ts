import type { Entry } from '../../contract/schema/entry.ts';
import { wholeOf } from '../../ledger/isolation/withheld.ts';
import type { GateStatus } from '../../contract/schema/status.ts';

type Level = GateStatus['evidence']['level'];

const strength: Level[] = ['none', 'claimed', 'recorded', 'replayed', 'attested'];

/**
 * What a gate rests on, given the entries of its phase: the reproductions that its claim cites, that name the gate themselves, or that stand in a journal entry of the phase
 * which speaks of the gate; one that names another gate proves that other one only. A loose one is no more than `claimed`, whoever ran it.
 */
export function findEvidence(entries: readonly Entry[], phase: string, gate: string): GateStatus['evidence'] {
  const claims = entries.filter((entry) => entry.kind === 'claim' && entry.gate === gate);
  const cited = new Set(claims.flatMap(({ refs }) => refs.filter(({ type }) => type === 'reproduction').map(({ target }) => target)));
  const found = entries.filter(
    (entry) =>
      entry.kind === 'reproduction' && entry.recording?.state !== 'superseded' && (entry.gate === gate || (entry.gate === undefined && (cited.has(entry.id) || speaksOf(wholeHolder(entries, entry), phase, gate)))),
  );
  const level = found.reduce<Level>((best, entry) => stronger(best, levelOf(entry)), 'none');
  return { level, verdict: verdictOf(found, level), reproductions: found.map(({ id }) => id) };
}

/** What the best of them comes to: a verdict of 4.3, or why its receipt proves nothing. */
function verdictOf(found: readonly Entry[], level: Level): string {
  const best = found.filter((entry) => levelOf(entry) === level && entry.recording !== undefined);
  const [recording] = best.toSorted((a, b) => Number(isProven(b)) - Number(isProven(a))).flatMap((entry) => entry.recording ?? []);
  if (recording === undefined) return level === 'none' ? 'none' : 'unrecorded';
  return recording.state === 'intact' ? recording.verdict : recording.state;
}

function isProven({ recording }: Entry): boolean {
  return recording?.state === 'intact' && recording.verdict === 'proven';
}

function levelOf(entry: Entry): Level {
  return strength.find((level) => level === entry.level) ?? 'claimed';
}

function stronger(a: Level, b: Level): Level {
  return strength.indexOf(b) > strength.indexOf(a) ? b : a;
}

function wholeHolder(entries: readonly Entry[], reproduction: Entry): Entry | undefined {
  const { path, line, endLine, rev } = reproduction.place;
  const holder = entries.find(({ kind, place }) => kind === 'journal' && place.path === path && place.rev === rev && place.line <= line && place.endLine >= endLine);
  return holder && wholeOf(holder);
}

function speaksOf(holder: Entry | undefined, phase: string, gate: string): boolean {
  return holder?.refs.some((ref) => ref.type === 'gate' && (ref.target === `gate:${phase}/${gate}` || (ref.target === null && ref.value === gate))) ?? false;
}
