import { findGates, readGates, type FoundGates } from '../../documents/vocabulary/gates.ts';
import { deniesVerdict, findResults, type FoundResult, type Result } from '../../documents/vocabulary/words.ts';

export interface SubjectVerdict {
  gate: string;
  result: Result;
  /** The commit that was judged, as written after an `@`, "claim" or "commit". */
  at: string | null;
}

const between = /^(?:[\s:=([—–-]|\*{1,2}|verdict|gate|is|now|cold|re-?claim|re-?judged|re-?verified)*$/iu;
const behind = /^(?:[\s:=(—–-]|on|for|of|gates?\b)*/iu;
const arrow = /^\s*(?:→|->|=>|⇒)\s*$/u;
/** What denies a verdict wherever it stands in the subject; other words deny only what follows them. */
const denial = /\b(?:not (?:a|yet a|the) (?:gate |formal |final )?verdict|no (?:formal |gate |final )*verdict|non-verdict|informal|pre-?assessment|provisional|preliminary)\b(?!\s+(?:on|for)\s+[A-Z])/iu;
const takenBack = /^\W*(?:is |was )?(?:withdrawn|revoked|retracted|rescinded|voided|void|overturned)\b/iu;
const takingBack = /\b(?:withdr[ae]w(?:s|n|ing)?|revok(?:e[ds]?|ing)|retract(?:ed|s|ing)?|rescind(?:ed|s|ing)?|void(?:ed|s|ing)?|overturn(?:ed|s|ing)?)\s+(?:the |its |my )?(?:[A-Z][\w.+/()-]* )?(PASS)\b/u;

/**
 * The verdicts that a review subject gives. A result goes with the gates right beside it, else with those of the scope, else with the nearest
 * named before it. Of several results of one gate the first counts, so that "FAIL — 5/6 PASS, relay FAIL" is a FAIL and what is told later of
 * parts changes nothing; where one result leads to another ("FAIL → PASS") the last does. A PASS that is taken back is a FAIL.
 */
export function readSubjectVerdicts(scopeGates: readonly string[], masked: string): SubjectVerdict[] {
  const lists = findGates(masked);
  const verdicts: SubjectVerdict[] = [];
  const results = meantResults(masked, scopeGates, lists);
  for (const [index, result] of results.entries()) {
    if (denial.test(masked) || deniedBefore(masked, result.start)) continue;
    const next = results[index + 1];
    if (next && arrow.test(masked.slice(result.end, next.start))) continue;
    const from = results[index - 1] && arrow.test(masked.slice(results[index - 1]?.end, result.start)) ? (results[index - 1] ?? result) : result;
    const beside = gatesBeside(masked, { ...result, start: from.start }, lists, scopeGates);
    const gates = beside ?? (scopeGates.length > 0 ? scopeGates : nearestBefore(lists, from.start));
    const final = weigh(masked, result, next);
    for (const gate of gates) {
      if (!verdicts.some((verdict) => verdict.gate === gate)) verdicts.push({ gate, result: final, at: judgedCommit(masked.slice(result.end, next?.start)) });
    }
  }
  return verdicts;
}

/** The results in capitals; where there are none, a lower-case word that stands where a result stands: at the head, or after "verdict:". */
function meantResults(masked: string, scopeGates: readonly string[], lists: readonly FoundGates[]): FoundResult[] {
  const found = findResults(masked);
  const back = takingBack.exec(masked);
  if (back) {
    const end = back.index + back[0].length;
    return [...found.filter((each) => each.end !== end), { result: 'fail', start: end - 4, end }];
  }
  if (found.length > 0) return found;
  const head = lists[0]?.start === 0 ? lists[0].end : 0;
  if (head === 0 && scopeGates.length === 0) return [];
  const words = /(?:^|\bverdict\b)[\s:=—–-]*(passe[sd]|pass|fail(?:ed|s)?|conditional)(?=\s*(?:$|[-—–:;,.@(+[]))/iu.exec(masked.slice(head));
  const marks = /^[\s:=—–-]*([✅✔✓]|[❌✗✘])/u.exec(masked.slice(head));
  const hit = words ?? marks;
  if (!hit) return [];
  const word = (hit[1] ?? '').toLowerCase();
  const end = head + hit.index + hit[0].length;
  const result: Result = /^(?:pass|[✅✔✓])/u.test(word) ? 'pass' : word === 'conditional' ? 'conditional' : 'fail';
  return [{ result, start: end - word.length, end }];
}

/** "orientation, M1 PASS seen earlier": what denies a verdict opens the subject or stands in the same breath. */
function deniedBefore(masked: string, start: number): boolean {
  const before = masked.slice(0, start).split(/[;:,.]\s|\s[—–-]{1,2}\s/u);
  return deniesVerdict(before[0] ?? '') || deniesVerdict(before.at(-1) ?? '');
}

/** Behind a dash only gates that the scope knows (or that open the subject) are meant: "after FAIL of M0 — PASS" says nothing of M0. */
function gatesBeside(masked: string, result: FoundResult, lists: readonly FoundGates[], scopeGates: readonly string[]): string[] | null {
  const before = lists.findLast((list) => list.end <= result.start && between.test(masked.slice(list.end, result.start)));
  const parted = before !== undefined && /\s[—–-]{1,2}\s/u.test(masked.slice(before.end, result.start));
  if (before && (!parted || before.start === 0 || scopeGates.length === 0 || before.gates.every((gate) => scopeGates.includes(gate)))) return before.gates;
  const gap = behind.exec(masked.slice(result.end))?.[0] ?? '';
  const after = /\b(?:on|for|of|gates?)\b/iu.test(gap) || /^\s$/u.test(gap) ? readGates(masked, result.end + gap.length) : null;
  return after ? after.gates : null;
}

function nearestBefore(lists: readonly FoundGates[], start: number): string[] {
  return lists.findLast((list) => list.end <= start)?.gates ?? [];
}

/** `CONDITIONAL PASS`, `PASS (conditional)` and a PASS that is taken back are less than a PASS. */
function weigh(masked: string, result: FoundResult, next: FoundResult | undefined): Result {
  if (result.result !== 'pass') return result.result;
  const after = masked.slice(result.end);
  if (takenBack.test(after)) return 'fail';
  if (/^[\s,(—–-]*(?:conditional(?:ly)?|with conditions?)\b/iu.test(after) || /\bconditional(?:ly)?\s+$/iu.test(masked.slice(0, result.start))) return 'conditional';
  return next?.result === 'conditional' && /^[\s,(—–-]*$/u.test(masked.slice(result.end, next.start)) ? 'conditional' : 'pass';
}

/** The sha after `@`, "claim" or "commit", as written. An all-digit word that could be a date is none. */
function judgedCommit(text: string): string | null {
  const found = /(?:@\s?|\b(?:claim|commit)\s+)([0-9a-f]{7,40})(?![\w:-])/iu.exec(text)?.[1];
  return found === undefined || /^20\d{6}$/u.test(found) ? null : found;
}
