import type { Entry } from '../../contract/schema/entry.ts';
import { openDecisionFinder, type FindDecisions } from '../../ledger/links/find-decision.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { entriesOf } from '../engine/entries.ts';
import type { RuleFinding } from '../engine/finding.ts';
import { defineRule } from '../engine/rule.ts';

/** "DECISIONS 2026-06-13, pvfix manual workaround": a mention with what names the decision. */
const mention = /\bDECISIONS(?:\.md)?`?[\s,:(]+(?:entry\s+(?:of\s+)?)?(\d{4}-\d{2}-\d{2}(?:[\s,:—–-]+[\p{L}\p{N}_'’./ -]{3,80})?)/gu;
/** Documents that say what holds now; others tell what held when they were written. */
const present: ReadonlySet<string> = new Set(['status', 'backlog', 'plan', 'inbox']);

/**
 * Lines that cite a decision which was superseded: in documents that are rewritten, in comments of code, and in entries that were written after the
 * successor. A decision that names what it supersedes does not cite it.
 */
export const retiredDecisionCited = defineRule({
  id: 'retired-decision-cited',
  inputs: ['linked', 'texts', 'citations'],
  *check({ linked, texts, citations }) {
    const decisions = entriesOf(linked, 'decision');
    const find = openDecisionFinder(decisions);
    const retired = decisions.filter(({ state }) => state === 'superseded');
    if (retired.length === 0) return;
    for (const { path, kind } of linked.documents) {
      if (kind === 'decisions' || kind === 'unknown') continue;
      for (const [index, line] of (texts.get(path) ?? '').split(/\r\n|\r|\n/u).entries()) {
        for (const decision of citedIn(line, find, retired)) if (present.has(kind) || isNewer(linked, path, index + 1, decision)) yield findingOf(decision, decisions, path, index + 1);
      }
    }
    for (const { path, line, text } of citations) for (const decision of citedIn(text, find, retired)) yield findingOf(decision, decisions, path, line);
  },
});

function citedIn(line: string, find: FindDecisions, retired: readonly Entry[]): Entry[] {
  if (/\bsupersed|\breplac|\bretire/iu.test(line)) return [];
  const named = [...line.matchAll(mention)].flatMap((hit) => {
    const meant = withoutSuccessors(find(hit[1] ?? ''));
    return meant.length === 1 && meant[0] && retired.includes(meant[0]) ? [meant[0]] : [];
  });
  const titled = retired.filter((decision) => line.includes(decision.id) || (decision.title.length >= 12 && line.includes(`"${decision.title}"`)));
  return [...new Set([...named, ...titled])];
}

/** A title that says "supersedes X" holds the words of X: where both are found, X is meant. */
function withoutSuccessors(found: readonly Entry[]): Entry[] {
  const ids = new Set(found.map(({ id }) => id));
  return found.filter(({ supersedes }) => !supersedes?.some(({ target }) => target !== null && ids.has(target)));
}

/** Was the entry that holds a line written after the decision was superseded? */
function isNewer({ entries }: Ledger, path: string, line: number, decision: Entry): boolean {
  const holder = entries.find(({ place, kind }) => kind !== 'gate' && place.rev === null && place.path === path && place.line <= line && place.endLine >= line);
  const since = entries.find(({ id }) => id === decision.supersededBy?.[0]?.target)?.introduced?.at;
  if (holder === undefined || since === undefined) return false;
  return holder.introduced === null || (holder.introduced?.at ?? '') > since || (holder.kind === 'deferred' && holder.state === 'open');
}

function findingOf(decision: Entry, decisions: readonly Entry[], path: string, line: number): RuleFinding {
  const successor = decisions.find(({ id }) => id === decision.supersededBy?.[0]?.target);
  return {
    found: `citation of ${decision.id}, which is superseded`, expected: successor ? `${successor.id}, which holds` : 'a decision that holds', place: { path, line }, key: decision.id,
    related: [{ message: 'the decision that was superseded', place: { path: decision.place.path, line: decision.place.line } }],
  };
}
