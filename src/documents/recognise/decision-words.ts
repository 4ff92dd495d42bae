import type { DraftField } from '../reading.ts';

const supersedes = /\b(?:supersed(?:es|ing)|overrid(?:es|ing)|retir(?:es|ing))\b:?\s+(?:[–—-]\s*)?([^()\n;]*?)(?=\)|;|\.(?:\s|$)|\n\n|$|,\s+(?:which|because|since|as|and)\b)/giu;
const replaces = /\(\s*replac(?:es|ing)\s+([^()]*)\)|^(?:[^.\n]*?[—–:-]\s*)?replac(?:es|ing)\s+(?:the\s+)?(decision[^.;()\n]*)/giu;
const supersededBy = /(?<!\b(?:to|will|would|may|might|can|could|shall|should|must|not|never|until|gets?|is to|soon)\s(?:be\s)?)\b(?:superseded|replaced|overridden|retired)\s+by\b:?\s+([^()\n;]*?)(?=\)|;|\.(?:\s|$)|\n|$|,\s+(?:which|because|since|as|and)\b)/giu;
const empty = /^(?:[—–-]|none|n\/a|nothing|no\b.*|)$/iu;

function collect(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map((hit) => (hit[1] ?? hit[2] ?? '').replace(/\s+/gu, ' ').trim().replace(/[\s.,:]+$/u, '')).filter((words) => !empty.test(words));
}

/** `Superseded by [10. Other](0010-other.md)`, as adr-tools writes it below `Status`, in its older spelling too. */
function collectLinks(status: string, verb: RegExp): string[] {
  return [...status.matchAll(/\b(super[sc]ed(?:es|ed by))\s*:?\s+\[([^\]\n]+)\]\(([^)\s]+)\)/giu)].flatMap(([, said = '', text = '', target = '']) => (verb.test(said) ? [`${text} [${target.replace(/#.*$/u, '')}]`] : []));
}

/** The words by which a decision names what it supersedes and what superseded it: title first, then its own field, then its first paragraphs. */
export function findSupersession(title: string, body: string, fields: DraftField[]): { supersedes: string[]; supersededBy: string[] } {
  const field = (name: RegExp): string[] => fields.filter((candidate) => name.test(candidate.name) && !empty.test(candidate.value)).map((candidate) => candidate.value.replace(/[\s.]+$/u, ''));
  const status = fields.find((candidate) => /^Status$/iu.test(candidate.name))?.value ?? '';
  const linked = /\]\(/u.test(status);
  const old = [...collectLinks(status, /es$/iu), ...collect(title, supersedes), ...collect(title, replaces), ...field(/^(?:Supersedes|Replaces|Retires)$/iu), ...collect(body, supersedes), ...collect(body, /\(\s*replac(?:es|ing)\s+([^()]*)\)/giu)];
  const next = [...collect(title, supersededBy), ...field(/^(?:Superseded by|Replaced by)$/iu), ...(linked ? collectLinks(status, /by$/iu) : collect(status, supersededBy)), ...collect(body, supersededBy)];
  return { supersedes: [...new Set(old)], supersededBy: [...new Set(next)] };
}

interface DecisionWords {
  title: string;
  body: string;
  fields: DraftField[];
  /** It stands in a section of open questions. */
  open: boolean;
  superseded: boolean;
}

const proposed = /^\s*(?:[:—–-]\s*)?(?:TBD|tbd|Leaning|leaning|(?:The |the )?[Dd]efault|Proposed|proposed|PROPOSED|Proposal|Undecided|Open question|To be (?:decided|confirmed)|Not (?:yet )?(?:decided|settled))\b|\bTBD\b|\bPROPOSED\b|\bnot (?:yet )?settled\b/u;
const settled = /\b(?:SETTLED|RATIFIED|DECIDED|ACCEPTED|APPROVED)\b/u;

/**
 * The state by words: "superseded by" → superseded; exception in the title → exception; SETTLED → settled; TBD, Leaning, default → proposed; in a
 * section of open questions proposed; else settled. A `Status:` field decides where there is one.
 */
export function readDecisionState(words: DecisionWords): string {
  const status = words.fields.find((field) => /^Status$/iu.test(field.name))?.value ?? '';
  if (words.superseded || /^(?:super[sc]eded|replaced|deprecated|retired|obsolete)\b/iu.test(status)) return 'superseded';
  if (/\bexception\b/iu.test(words.title) || /^exception\b/iu.test(status)) return 'exception';
  if (/^(?:proposed|draft|open|tbd|pending|under discussion|leaning|rfc)\b/iu.test(status)) return 'proposed';
  if (/^(?:settled|accepted|approved|decided|ratified|done|in force|active|final)\b/iu.test(status)) return 'settled';
  if (/\bnot (?:yet )?(?:SETTLED|settled|decided|DECIDED)\b|\bto be (?:SETTLED|DECIDED|settled|decided)\b/u.test(`${words.title} ${words.body}`)) return 'proposed';
  if (settled.test(words.title) || settled.test(words.body.slice(0, 400))) return 'settled';
  if (proposed.test(words.body.slice(0, 200)) || /\b(?:TBD|PROPOSED|proposed|proposal|leaning)\b/iu.test(words.title)) return 'proposed';
  return words.open ? 'proposed' : 'settled';
}
