import { Failure } from '../../contract/failure.ts';
import type { Draft } from '../../documents/reading.ts';
import type { Section } from '../../documents/sections.ts';
import { slugOf } from '../../ledger/ids/slug.ts';
import { quoteWord } from '../../queries/shell-word.ts';
import { addLine } from '../close-item.ts';
import { findFrame } from '../move-item.ts';
import type { Splice } from '../splice.ts';
import { checkBody, checkLineIfGiven, checkTitle } from '../writer/check-text.ts';
import { composeEntry, datedHeadings, firstOf, judgeEnding, judgeField, judgeTitle, spellings } from '../writer/compose-heading.ts';
import type { OpenPage } from '../writer/open-page.ts';
import type { DocumentPen } from '../writer/pen.ts';
import type { Plan } from '../writer/plan.ts';
import { appendText, placeBefore, placeInSection } from '../writer/place-text.ts';
import { roleName } from '../writer/warn.ts';
import { writeDocument, type Written } from '../writer/write-document.ts';
import { judgeDate, readWrittenDate, type WrittenDate } from '../writer/written-date.ts';
import { chooseSharedPhase, findSharedDocument } from './find-document.ts';
import type { GivenBody } from './given-body.ts';

export interface DeferredItem {
  title: string;
  /** Both may be missing only where an item is seen again. */
  what: string | null;
  reason: string | null;
  trigger: string | null;
  linked: string | null;
  phase: string | null;
  date: string | null;
  body: GivenBody;
  /** Where an open item says the same, note on it that it was seen again. */
  again: boolean;
}

/** An item whose lines were checked, and who files it. */
interface Item {
  title: string;
  when: WrittenDate;
  fields: [name: string, value: string][];
  what: string | null;
  reason: string | null;
  filedBy: string;
  phase: string;
  role: DocumentPen['role'];
  body: GivenBody;
}

/**
 * Files a deferred item among the open ones, in place of `(none yet)`. Throws a usage failure where an open item has the same title or the same
 * *What*, unless it was seen again: then that item gets a line that says so.
 */
export async function addDeferred(pen: DocumentPen, deferred: DeferredItem): Promise<Written> {
  const item = await checkItem(pen, deferred);
  const document = findSharedDocument(pen, 'deferred');
  return writeDocument(pen, {
    ...document,
    plan: (page) => {
      const same = findSame(page.reading.drafts, item);
      if (same && !deferred.again) throw duplicate(document.path, same);
      if (same) return seenAgain(page, same, item);
      if (item.what === null || item.reason === null) throw new Failure('usage', `Missing ${item.what === null ? '--what' : '--reason'}: no open item "${item.title}" is there to be seen again.`, { next: 'docket defer --help' });
      return newItem(page, item);
    },
  });
}

async function checkItem(pen: DocumentPen, deferred: DeferredItem): Promise<Item> {
  const phase = chooseSharedPhase(pen, deferred.phase);
  const [what, reason, trigger, linked] = [checkLineIfGiven('--what', deferred.what), checkLineIfGiven('--reason', deferred.reason), checkLineIfGiven('--trigger', deferred.trigger), checkLineIfGiven('--linked', deferred.linked)];
  const filedBy = [pen.role === null ? '' : roleName(pen.role), phase === '-' ? '' : `phase ${phase}`].filter((part) => part !== '').join(', ');
  const fields = [['What', what], ['Filed by', filedBy], ['Reason for deferral', reason], ['Re-entry trigger', trigger], ['Linked IDEA / BACKLOG', linked]] as const;
  return {
    title: checkTitle(deferred.title),
    when: readWrittenDate(deferred.date),
    fields: fields.flatMap(([name, value]) => (value === null || value === '' ? [] : [[name, value] as [string, string]])),
    what,
    reason,
    filedBy,
    phase,
    role: pen.role,
    body: { name: deferred.body.name, text: await checkBody(deferred.body.name, deferred.body.text, 3) },
  };
}

function findSame(drafts: readonly Draft[], { title, what }: Item): Draft | undefined {
  const open = drafts.filter(({ kind, state }) => kind === 'deferred' && (state === 'open' || state === 'reopened'));
  const whatOf = (draft: Draft): string => slugOf(draft.fields.find(({ name }) => name === 'What')?.value ?? '');
  return open.find((draft) => slugOf(draft.title) === slugOf(title)) ?? (what === null ? undefined : open.find((draft) => whatOf(draft) !== '' && whatOf(draft) === slugOf(what)));
}

function duplicate(path: string, same: Draft): Failure {
  return new Failure('usage', `${path}:${same.line} holds the open item "${same.title}", which says the same`, { place: { path, line: same.line }, next: `docket defer --again --title ${quoteWord(same.title)}` });
}

function seenAgain(page: OpenPage, same: Draft, { when, filedBy, reason, what }: Item): Plan[] {
  const note = reason ?? what;
  const line = `**Seen again:** ${when.text}${filedBy === '' ? '' : ` by ${filedBy}`}`;
  const notes = note === null ? [line] : spellings(note).map((spelling) => `${line} — ${spelling}`);
  return notes.map((text) => ({
    splices: [addLine(page.source, same, text)],
    touched: [same],
    entry: { kind: 'deferred', judge: (draft) => firstOf(draft.title === same.title && draft.state === same.state ? null : 'the item would not read as it did', judgeEnding(draft, 'Seen again', note ?? when.text)) },
  }));
}

function newItem(page: OpenPage, item: Item): Plan[] {
  const place = findOpenSection(page);
  const depth = Math.min((place.section?.depth ?? 2) + 1, 6);
  // All values as they are, or all escaped in the same way.
  const bodies = [0, 1, 2].map((index) => item.fields.map(([name, value], at) => `- ${at === 0 ? '[ ] ' : ''}**${name}:** ${spellings(value)[index] ?? spellings(value).at(-1) ?? value}`).join('\n'));
  return datedHeadings(depth, item.when.text, spellings(item.title)).flatMap((heading) =>
    [...new Set(bodies)].map((fields) => ({
      splices: [place.put(composeEntry(heading, fields, item.body.text).replace('\n\n', '\n'))],
      entry: { kind: 'deferred' as const, judge: (draft: Draft) => judgeItem(draft, item) },
      given: item.body,
    })),
  );
}

function judgeItem(draft: Draft, { title, when, phase, role, fields }: Item): string | null {
  return firstOf(
    judgeTitle(draft, title),
    judgeDate(draft, when),
    draft.state === 'open' && draft.closedBy === undefined && draft.reopenedBy === undefined ? null : `its state would read ${draft.state ?? 'as none'}, not open`,
    draft.phase === phase ? null : `its phase would read ${draft.phase}`,
    draft.author === role ? null : 'who filed it would not read as such',
    ...fields.map(([name, value]) => judgeField(draft, name, value)),
  );
}

interface OpenPlace {
  section: Section | null;
  put: (text: string) => Splice;
}

/** The section of the open items; where there is none it is made, before that of the closed ones. */
function findOpenSection(page: OpenPage): OpenPlace {
  const open = findFrame(page, 'open');
  if (open) return { section: open, put: (text) => placeInSection(page, open, text) };
  const closed = findFrame(page, 'closed');
  const heading = '## Open deferrals\n\n';
  return { section: null, put: (text) => (closed?.depth === 2 ? placeBefore(page, closed.line, `${heading}${text}`) : appendText(page, `${heading}${text}`)) };
}
