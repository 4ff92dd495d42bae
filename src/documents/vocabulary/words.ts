/**
 * The words of the record. All of them are looked for in masked text: what stands in code, in a comment or between quotes is talked about, not
 * meant. Upper case matters where agents use it as a signal (CLAIMED, PASS, VETO, DONE).
 */

export type Result = 'pass' | 'fail' | 'conditional' | 'pending';

const results: Record<string, Result> = {
  PASS: 'pass', PASSED: 'pass', PASSES: 'pass', FAIL: 'fail', FAILED: 'fail', FAILS: 'fail', CONDITIONAL: 'conditional', PENDING: 'pending',
};

export interface FoundResult {
  result: Result;
  start: number;
  end: number;
}

/** A result that is only told of, or denied: "after FAIL", "no PASS", "5/6 PASS", "PASS criteria". */
const toldBefore = /(?:\b(?:after|was|were|previous(?:ly)?|prior|earlier|former|from|no|not|never|without|until|till|unless|if|once|when|before|cannot|need(?:s|ed)?|await(?:s|ing)?|toward[s]?|old|first|every|each|all|any|of|supersedes|replaces|will|would|should|can|could|may|to|a|an|the)\s+(?:a\s+|an\s+|the\s+|its\s+)?|\d+\s*\/\s*\d+\s+|[×x]\s*)$/iu;
const toldAfter = /^(?:\/[A-Z]|\s+(?:criteri|condition|when|if\b|requires|needs|means|would|will)|-(?:criteri|condition|count))/u;

/** All results that are meant in a masked text, in order. */
export function findResults(masked: string): FoundResult[] {
  const found: FoundResult[] = [];
  for (const hit of masked.matchAll(/(?<![\p{L}\p{N}_/-])(PASS(?:ED|ES)?|FAIL(?:ED|S)?|CONDITIONAL|PENDING)(?![\p{L}\p{N}_])/gu)) {
    const start = hit.index;
    const end = start + hit[0].length;
    const before = masked.slice(Math.max(0, start - 40), start).replace(/[*_"'“”(]+$/u, '');
    if (toldBefore.test(before) || toldAfter.test(masked.slice(end, end + 16))) continue;
    const result = results[hit[0]];
    if (result) found.push({ result, start, end });
  }
  return found;
}

const noVerdict = /\bnot (?:a|yet a|the) (?:gate |formal |final )?verdict\b|\bno (?:formal |gate |final )*verdict\b|\bnon-verdict\b|\bverdict(?:-free|less)\b|\binformal\b|\bpre-?assessment\b|\bprovisional\b|\bpreliminary\b|\bfalse[ -](?:positive|alarm)\b|\borientation\b|\bbreak-it[ -]probe|\bidle\b.*\bprobe\b|\bwatchdog\b|\bnon-gate\b|\bno gate\b|\bdry[ -]run\b|\bnot judged\b|\bwithout (?:a )?verdict\b|\bpreview\b|\bheads?-up\b/iu;

/** True when the words say that this is no verdict: informal, provisional, an orientation, a probe… */
export function deniesVerdict(masked: string): boolean {
  return noVerdict.test(masked);
}

/** What makes an undated section of a review or a status a note. */
export function isNoteTitle(masked: string): boolean {
  return deniesVerdict(masked) || /^(?:NOTE|Note|INFO|FYI)\b/u.test(masked.trim());
}

export interface FoundClaim {
  start: number;
  end: number;
  reclaim: boolean;
}

const claimDenied = /(?:\b(?:will|would|shall|should|may|might|can(?:not)?|must|to|flips?|flipping|not|never|none|nothing|no|un|until|till|before|once|when|after|if|unless|yet|ready|about|going|next|awaiting|instead of|rather than|could|cannot be|may be|isn't|aren't|wasn't|hasn't|haven't|don't|n't)\b[^.;:([—–|]*)$/iu;

/** The claim words that are meant in a masked text: CLAIMED, RE-CLAIMED, RECLAIMED; not "will flip to CLAIMED", "not CLAIMED". */
export function findClaims(masked: string): FoundClaim[] {
  const found: FoundClaim[] = [];
  for (const hit of masked.matchAll(/(?<![\p{L}\p{N}_-])(RE-?\s?)?CLAIM(?:ED|ING)?(?![\p{L}\p{N}_-])/gu)) {
    if (/^(?:RE-?\s?)?CLAIM$/u.test(hit[0]) && !/^\s+(?:gate\s+)?`?[A-Z]/iu.test(masked.slice(hit.index + hit[0].length))) continue;
    if (claimDenied.test(masked.slice(Math.max(0, hit.index - 60), hit.index))) continue;
    found.push({ start: hit.index, end: hit.index + hit[0].length, reclaim: hit[1] !== undefined });
  }
  return found;
}

/** True when a masked text holds a claim word at all, meant or not. */
export function hasClaimWord(masked: string): boolean {
  return /(?<![\p{L}\p{N}_])(?:RE-?\s?)?(?:CLAIM(?:ED|S)?)(?![\p{L}\p{N}_])|\bclaim(?:ed|s)?\b/iu.test(masked);
}

const placeholder = /^(?:not (?:yet|done|complete|started|reached|there|marked|ready|before|until|all|while|claimed|verified)\b|not$|pending\b|tbd\b|tba\b|todo\b|to do\b|to be\b|will (?:be|come|stand|follow)\b|comes? (?:here|when)|when\b|once\b|after\b|until\b|only (?:when|once|after)\b|if\b|awaiting\b|waiting\b|in (?:progress|flight|work)\b|open\b|blocked\b|none\b|nothing\b|no\b|n\/a\b|empty\b|placeholder\b|reserved\b|unset\b|false\b|incomplete\b|unfinished\b|<[^>]*>|\{\{?[^}]*\}?\}|\[[^\]]*\]$|_+$|[-—–.…?]+$|\(\s*(?:none|nothing|empty|not|pending|tbd|todo|when|once|to be|will|open|no)\b)/iu;

/** Says which placeholder a line holds (`Not yet`, `(none yet)`, `<…>`, nothing at all), or null when it says something. */
export function findPlaceholder(line: string): string | null {
  const bare = line.replace(/^[\s>*_~#-]*(?:\d+[.)]\s+)?[*_"“'`(]*(?=\S)/u, (lead) => (lead.includes('(') ? '(' : '')).replace(/[*_]+/gu, '').trim();
  if (bare === '' || bare === '(') return 'empty';
  const found = placeholder.exec(bare);
  return found ? found[0].replace(/^\(\s*/u, '') : null;
}

/** `(none yet)`, `(none)`, `- none`: a list that holds nothing. */
export function isNothing(text: string): boolean {
  return /^[\s(*_[<-]*(?:none|nothing|n\/a|empty|—|-|–|tbd|no (?:entries|items|messages|unread|open|standing|active)\b[^.]*)(?:\s+(?:yet|so far|claimed yet|at present|currently|open|recorded|filed|claimed|now|here|standing))*[\s)*_.>\]]*$/iu.test(text.trim()) && text.trim() !== '';
}

/** Roles by the names that agents give each other. */
export function findRole(text: string): 'builder' | 'adversary' | 'operator' | null {
  const found = /\b(builder|adversary|operator|orchestrator|reviewer)\b/iu.exec(text)?.[1]?.toLowerCase();
  if (!found) return null;
  if (found === 'reviewer') return 'adversary';
  return found === 'orchestrator' ? 'operator' : (found as 'builder' | 'adversary' | 'operator');
}

/** `phase 2`, `Phase pvfix`: ids are letters and digits. Words that follow "phase" in plain English are no ids. */
export function findPhase(text: string): string | null {
  for (const hit of text.matchAll(/\bphase[ :-]+`?([A-Za-z0-9]+)\b/giu)) {
    const id = hit[1] ?? '';
    if (!/^(?:start|started|open|opens|opened|plan|with|of|by|its|is|was|and|the|a|an|goal|done|complete|ends?|id|ids|in|itself|for|has|that|this|to|now|close[sd]?|order)$/iu.test(id)) return id;
  }
  return null;
}
