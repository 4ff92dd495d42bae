import { Failure } from '../../contract/failure.ts';
import type { Entry } from '../../contract/schema/entry.ts';
import type { Diagnostic } from '../../contract/schema/envelope.ts';
import type { Draft } from '../../documents/reading.ts';
import { closingLine } from '../close-item.ts';
import { moveWith } from '../move-item.ts';
import { checkLine, checkLineIfGiven } from '../writer/check-text.ts';
import { firstOf, judgeEnding, spellings } from '../writer/compose-heading.ts';
import type { OpenPage } from '../writer/open-page.ts';
import type { Pen } from '../writer/pen.ts';
import type { Plan } from '../writer/plan.ts';
import { roleName } from '../writer/warn.ts';
import { writeDocument, type Written } from '../writer/write-document.ts';
import { readWrittenDate } from '../writer/written-date.ts';
import { changeState } from './change-state.ts';
import { findDraft, findTarget } from './find-target.ts';
import { judgeClosing, type JudgedClosing } from './judge-closing.ts';

export interface Closing {
  id: string;
  /** What closed it: one of these. */
  commit: string | null;
  pr: string | null;
  by: string | null;
  note: string | null;
  date: string | null;
}

export interface WrittenClosing extends Written {
  /** The entry as it was before. */
  before: Entry;
  warnings: Diagnostic[];
}

/** What a closing line says, and what it has to read back as. */
interface Words {
  line: string;
  commit: string | null;
  pr: string | null;
  how: string;
  /** What the line has to end with, as it reads. */
  ending: string;
}

/**
 * Closes a deferred item or a finding: ticks its box (or sets its status) and adds one line that points to the commit, the pull request or the person.
 * A commit that sync would not take closes by hand, and the line says so. Does nothing where the entry is closed already.
 */
export async function closeEntry(pen: Pen, closing: Closing): Promise<WrittenClosing> {
  const entry = findTarget(pen, closing.id, ['deferred', 'finding']);
  const given = [closing.commit, closing.pr, closing.by].filter((value) => value !== null);
  if (given.length > 1) throw new Failure('usage', 'Unexpected --commit, --pr and --by together, expected one of them.', { next: 'docket close --help' });
  if (given.length === 0 && closing.note === null) throw new Failure('usage', 'Missing what closed it: a closing points to a commit, a pull request or a person.', { next: 'Add --commit SHA, --pr REF or --by WHO.' });
  const judged = closing.commit === null ? null : await judgeClosing(pen, entry, closing.commit);
  const words = wordsOf(pen, closing, judged);
  const written = await writeDocument(pen, {
    path: entry.place.path,
    preamble: null,
    plan: (page) => {
      const draft = findDraft(pen, page, entry);
      if (draft.state === 'closed') return [];
      return words.flatMap((each) => {
        const judge = (now: Draft): string | null => firstOf(judgeClosed(draft, now, each), judgeEnding(now, 'Closed', each.ending));
        return plansOf(pen, page, draft, { state: 'closed', line: each.line, judge });
      });
    },
  });
  return { ...written, entry: written.entry ?? entry, before: entry, warnings: warningsOf(entry, judged) };
}

function wordsOf(pen: Pen, closing: Closing, judged: JudgedClosing | null): Words[] {
  const date = readWrittenDate(closing.date).text;
  const note = checkLineIfGiven('--note', closing.note);
  const how = judged?.how ?? 'by hand';
  const ending = note === null ? how : `${how} — ${note}`;
  const tails = note === null ? [how] : spellings(note).map((each) => `${how} — ${each}`);
  if (judged) {
    const { commit, subject } = judged.commit;
    return tails.map((tail) => ({ line: closingLine({ date, commit, subject, how: tail }), commit, pr: null, how, ending }));
  }
  if (closing.pr !== null) {
    const pr = readPullRequest(closing.pr);
    return tails.map((tail) => ({ line: `**Closed:** ${date} by ${pr.startsWith('#') ? `PR ${pr}` : pr} · ${tail}`, commit: null, pr, how, ending }));
  }
  const who = closing.by === null ? (pen.role === null ? null : roleName(pen.role)) : checkLine('--by', closing.by);
  const whose = who === null ? [''] : spellings(who).map((each) => ` by ${each}`);
  return whose.flatMap((by) => tails.map((tail) => ({ line: `**Closed:** ${date}${by} · ${tail}`, commit: null, pr: null, how, ending: who === null ? ending : `by ${who} · ${ending}` })));
}

/** `12` and `#12` are numbers of the forge; else the address of a pull or merge request. */
function readPullRequest(given: string): string {
  const pr = checkLine('--pr', given);
  const number = /^#?(\d+)$/u.exec(pr)?.[1];
  if (number !== undefined) return `#${number}`;
  if (/^https?:\/\/\S+\/(?:pulls?|merge_requests)\/\d+$/u.test(pr)) return pr;
  throw new Failure('usage', `Unexpected pull request "${pr}" for --pr, expected its number or its address.`, { next: 'Give --pr 12, or its address, which ends in /pull/12.' });
}

function judgeClosed(before: Draft, now: Draft, { commit, pr, how }: Words): string | null {
  const closed = now.closedBy;
  return firstOf(
    now.title === before.title ? null : `it would read as another ${now.kind}`,
    now.state === 'closed' ? null : `its state would read ${now.state ?? 'as none'}, not closed`,
    (closed?.commit ?? null) === (commit?.slice(0, 12) ?? null) ? null : `it would read as closed by commit ${closed?.commit ?? 'none'}; name the commit with --commit`,
    (closed?.pr ?? null) === pr ? null : `it would read as closed by ${closed?.pr ?? 'no pull request'}; name the pull request with --pr`,
    `landed by ${closed?.route ?? ''}` === how || closed?.route === how ? null : 'it would not read as closed that way',
    closed?.withThisCommit === undefined ? null : 'it would read as closed with the commit that writes this',
  );
}

function warningsOf(entry: Entry, judged: JudgedClosing | null): Diagnostic[] {
  if (judged === null || judged.why === null) return [];
  const { commit } = judged.commit;
  const rule = judged.why.startsWith('has not landed') ? 'unlanded-commit' : 'misattributed-close';
  return [{ rule, level: 'warning', message: `${commit.slice(0, 12)} ${judged.why}, so ${entry.id} is closed by hand`, place: null, related: [], entry: entry.id, next: rule === 'unlanded-commit' ? 'docket sync' : 'Say with --note why this commit closes it.', fixable: false }];
}

interface Change {
  state: 'open' | 'closed';
  line: string;
  judge: (now: Draft) => string | null;
}

/** The change where the item stands; before it, where the configuration wants that, the change together with the move to its new section. */
function plansOf(pen: Pen, page: OpenPage, draft: Draft, { state, line, judge }: Change): Plan[] {
  const moves = draft.kind === 'deferred' && pen.config.deferred.sections === 'move';
  return changeState(page, draft, state, line).flatMap((here) => {
    const move = moves ? moveWith(page, draft, here, state) : null;
    const stays: Plan = { splices: here, touched: [draft], entry: { kind: draft.kind, judge } };
    return move ? [{ ...stays, splices: [move.left, move.put], written: [move.put] }, stays] : [stays];
  });
}

export interface Reopening {
  id: string;
  why: string;
  date: string | null;
}

/** Opens a deferred item or a finding again, with a line that says why; what closed it before stays readable. Does nothing where it is open. */
export async function reopenEntry(pen: Pen, reopening: Reopening): Promise<WrittenClosing> {
  const entry = findTarget(pen, reopening.id, ['deferred', 'finding']);
  const why = checkLine('--why', reopening.why);
  const lead = `**Reopened:** ${readWrittenDate(reopening.date).text} by hand${pen.role === null ? '' : ` (${roleName(pen.role)})`}`;
  const written = await writeDocument(pen, {
    path: entry.place.path,
    preamble: null,
    plan: (page) => {
      const draft = findDraft(pen, page, entry);
      if (draft.state !== 'closed') return [];
      const judge = (now: Draft): string | null => firstOf(now.title === draft.title ? null : `it would read as another ${now.kind}`, now.state === 'closed' ? 'it would still read as closed' : null, judgeEnding(now, 'Reopened', why));
      return spellings(why).flatMap((each) => plansOf(pen, page, draft, { state: 'open', line: `${lead} — ${each}`, judge }));
    },
  });
  return { ...written, entry: written.entry ?? entry, before: entry, warnings: [] };
}
