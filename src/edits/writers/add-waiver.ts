import { Failure } from '../../contract/failure.ts';
import type { Draft } from '../../documents/reading.ts';
import { isGate } from '../../documents/vocabulary/gates.ts';
import { listPaths } from '../../git/list-paths.ts';
import { suggestNearest } from '../../queries/nearest.ts';
import { findByTail, resolveId } from '../../queries/resolve-id.ts';
import { defaultLevel, ruleGroups } from '../../rules/rule-ids.ts';
import { printWaiver, readWaiver, type Waiver } from '../../rules/waivers/read-waiver.ts';
import { checkLine } from '../writer/check-text.ts';
import { composeEntry, datedHeadings, firstOf, judgeTitle, spellings } from '../writer/compose-heading.ts';
import type { Pen } from '../writer/pen.ts';
import { appendText } from '../writer/place-text.ts';
import { writeDocument, type Written } from '../writer/write-document.ts';
import { judgeDate, readWrittenDate } from '../writer/written-date.ts';
import { findSharedDocument } from './find-document.ts';

export interface GivenWaiver {
  /** An id or a unique tail of one, a gate, or a path. */
  target: string;
  rule: string;
  until: string;
  by: string;
  why: string;
  date: string | null;
}

/** Accepts a finding for a while: a decision of state exception that says of what, until when, by whom and why. */
export async function addWaiver(pen: Pen, given: GivenWaiver): Promise<Written> {
  const when = readWrittenDate(given.date);
  const { target, phase } = await findWaived(pen, checkLine('TARGET', given.target));
  const waiver: Waiver = { target, rule: checkRule(given.rule), until: checkUntil(given.until), by: checkLine('--by', given.by), why: checkLine('--why', given.why) };
  if (/\sbecause\s/u.test(` ${waiver.by} `)) throw new Failure('usage', `Unexpected "because" in --by, expected whose word it is.`, { next: 'Give the reason with --why.' });
  const title = `${phase === '-' ? '' : `${phase}: `}exception: ${waiver.rule} of ${waiver.target} until ${waiver.until}`;
  const judge = (draft: Draft): string | null =>
    firstOf(
      judgeTitle(draft, title),
      judgeDate(draft, when),
      draft.phase === phase ? null : `its phase would read ${draft.phase}`,
      draft.state === 'exception' ? null : `its state would read ${draft.state ?? 'as none'}, not exception`,
      draft.supersedes === undefined && draft.supersededBy === undefined ? null : 'it would read as superseding a decision, or as superseded',
      judgeWaiver(draft, waiver),
    );
  return writeDocument(pen, {
    ...findSharedDocument(pen, 'decisions'),
    plan: (page) =>
      datedHeadings(2, when.text, spellings(title)).flatMap((heading) =>
        fieldsOf(waiver).map((field) => ({ splices: [appendText(page, composeEntry(heading, field))], entry: { kind: 'decision' as const, judge } })),
      ),
  });
}

/** The field with the words as they are, then with those that markdown would take for marks escaped. */
function fieldsOf(waiver: Waiver): string[] {
  const [bys, whys] = [spellings(waiver.by), spellings(waiver.why)];
  const fields = [0, 1, 2].map((index) => `**Waiver:** ${printWaiver({ ...waiver, by: bys[index] ?? bys.at(-1) ?? '', why: whys[index] ?? whys.at(-1) ?? '' })}`);
  return [...new Set(fields)];
}

function judgeWaiver(draft: Draft, waiver: Waiver): string | null {
  const value = draft.fields.find(({ name }) => name === 'Waiver')?.value ?? '';
  const squeezed = { ...waiver, by: waiver.by.replace(/\s+/gu, ' '), why: waiver.why.replace(/\s+/gu, ' ') };
  return JSON.stringify(readWaiver(value)) === JSON.stringify(squeezed) ? null : `the waiver would read as "${value}"`;
}

function checkRule(rule: string): string {
  if (defaultLevel(rule) !== null) return rule;
  const names = Object.values(ruleGroups).flatMap((levels) => Object.keys(levels));
  throw new Failure('usage', `Unknown rule "${rule}".${suggestNearest(rule, names)}`, { next: 'docket explain' });
}

/** A day that has not passed: a waiver that has expired does not count. */
function checkUntil(given: string): string {
  const { date, time } = readWrittenDate(given);
  if (time !== null) throw new Failure('usage', `Unexpected time in "${given}" for --until, expected YYYY-MM-DD.`);
  if (date < new Date().toISOString().slice(0, 10)) throw new Failure('usage', `Unexpected date "${given}" for --until: that day has passed, so the waiver would not count.`, { next: 'Give the last day on which it is to count.' });
  return date;
}

/** What a waiver is of, as it is written: an entry's whole id, `gate:PHASE/GATE`, or a path of the repository. */
async function findWaived({ docket }: Pen, given: string): Promise<{ target: string; phase: string }> {
  const { ledger, repository } = docket;
  const gate = /^(?:gate:)?([A-Za-z0-9]+|-)\/([^/]+)$/u.exec(given);
  if (gate?.[2] !== undefined && isGate(gate[2]) && ledger.phases.some(({ id }) => id === gate[1])) return { target: `gate:${gate[1]}/${gate[2]}`, phase: gate[1] ?? '-' };
  if (findByTail(ledger.entries, given).length > 0) {
    const { id, phase } = resolveId(ledger, given);
    return { target: id, phase };
  }
  const path = given.replace(/^\.\//u, '');
  const document = ledger.documents.find((each) => each.path === path);
  if (document) return { target: path, phase: document.phase };
  if (repository.head !== null && (await listPaths(repository, repository.head)).has(path)) return { target: path, phase: '-' };
  // Says which ids are near.
  return { target: resolveId(ledger, given).id, phase: '-' };
}
