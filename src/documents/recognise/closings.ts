import type { ClosedBy } from '../../contract/schema/entry.ts';
import type { DraftField } from '../reading.ts';
import { findRole } from '../vocabulary/words.ts';
import { findWhen } from '../vocabulary/when.ts';

const closingWord = /\b(RESOLVED|CLOSED|DROPPED|WITHDRAWN|DONE|FIXED|Closed|Resolved|closed|resolved|fixed|dropped|withdrawn)\b/u;
const commit = /\b(?:commits?|by|in|fix(?:ed)?|sha|at|with|via|as|see)\s*[:(`]*\s*(?:commit\s+)?`?([0-9a-f]{7,40})\b|[`(]([0-9a-f]{7,40})[`),\s]|@\s?`?([0-9a-f]{7,40})\b/iu;
const pull = /\b(?:PR|MR|pull request|merge request)\s*[:#]?\s*(#?\d+)|(?:^|[\s(,])(#\d+)\b|(https?:\/\/\S+\/(?:pulls?|merge_requests)\/\d+)/iu;
const thisCommit = /\b(?:with|by|in) this (?:very )?(?:fix |same )?(?:commit|change|fix)\b/iu;
const landed = /\blanded by (ancestor|patch-id|squash)\b|\b(by hand)\b/iu;
const person = /\b(operator|orchestrator|builder|adversary|maintainer|reviewer|user|owner|human)\b/iu;

function readSha(text: string): string | null {
  const found = commit.exec(text);
  const value = found?.[1] ?? found?.[2] ?? found?.[3] ?? null;
  return value !== null && /\d/u.test(value) ? value : (found?.[1] ?? null);
}

/** What a sentence says of a closing: when, by which commit, pull request or person, by which route. Null when it says none of these. */
function readClosing(written: string, form: string): ClosedBy | null {
  // The subject of a commit, which closing lines quote, says nothing of the closing.
  const text = written.replace(/\("[^"\n]*"\)/gu, ' ');
  const pr = pull.exec(text);
  const closed: ClosedBy = { date: findWhen(text)?.date ?? null, commit: readSha(text), form };
  const number = pr?.[1] ?? pr?.[2] ?? pr?.[3];
  if (number) closed.pr = /^\d/u.test(number) ? `#${number}` : number;
  if (thisCommit.test(text)) closed.withThisCommit = true;
  const route = landed.exec(text);
  if (route) closed.route = (route[1] ?? route[2] ?? '').toLowerCase();
  const by = person.exec(text)?.[1]?.toLowerCase();
  if (by && !closed.commit && !closed.pr) closed.person = findRole(by) ?? by;
  const says = closed.commit ?? closed.pr ?? closed.person ?? closed.route ?? closed.withThisCommit ?? (/\b(?:decision|DECISIONS)\b/u.test(text) ? 'decision' : null) ?? closed.date;
  return says === null ? null : closed;
}

/** The closing of an entry: its last `Closed:` or `Resolved:` field, else the words RESOLVED, CLOSED, "closed by …" in its text. */
export function findClosing(fields: DraftField[], text: string): ClosedBy | null {
  const field = fields.findLast((candidate) => /^(?:Closed|Resolved|Resolution|Dropped|Withdrawn|Fixed)\b/iu.test(candidate.name));
  if (field) return readClosing(field.value === '' ? field.name : field.value, field.name);
  for (const line of text.split('\n').toReversed()) {
    const word = closingWord.exec(line);
    if (!word) continue;
    const closing = readClosing(line.slice(word.index), (word[1] ?? '').toUpperCase());
    if (closing) return closing;
  }
  return null;
}
