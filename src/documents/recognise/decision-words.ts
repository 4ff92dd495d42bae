import type { DraftField } from '../reading.ts';
import { isChoice } from './succession.ts';

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
  const said = words.fields.find((field) => /^Status$/iu.test(field.name))?.value ?? '';
  const status = isChoice(said) ? '' : said;
  if (words.superseded || /^(?:super[sc]eded|replaced|deprecated|retired|obsolete|rejected|declined|withdrawn)\b(?!,?\s+(?:in part|partially|partly)\b)/iu.test(status)) return 'superseded';
  if (isChoice(said)) return 'proposed';
  if (/\bexception\b/iu.test(words.title) || /^exception\b/iu.test(status)) return 'exception';
  if (/^(?:proposed|draft|open|tbd|pending|under discussion|leaning|rfc)\b/iu.test(status)) return 'proposed';
  if (/^(?:settled|accepted|approved|decided|ratified|done|in force|active|final)\b/iu.test(status)) return 'settled';
  if (/\bnot (?:yet )?(?:SETTLED|settled|decided|DECIDED)\b|\bto be (?:SETTLED|DECIDED|settled|decided)\b/u.test(`${words.title} ${words.body}`)) return 'proposed';
  if (settled.test(words.title) || settled.test(words.body.slice(0, 400))) return 'settled';
  if (proposed.test(words.body.slice(0, 200)) || /\b(?:TBD|PROPOSED|proposed|proposal|leaning)\b/iu.test(words.title)) return 'proposed';
  return words.open ? 'proposed' : 'settled';
}
