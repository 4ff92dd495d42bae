import { Failure } from '../../contract/failure.ts';
import type { Entry } from '../../contract/schema/entry.ts';
import type { List } from '../../documents/outline/types.ts';
import type { Draft } from '../../documents/reading.ts';
import { walkSections } from '../../documents/sections.ts';
import { markBox, type BoxMark } from '../close-item.ts';
import { lineEndOf } from '../line-ends.ts';
import type { Splice } from '../splice.ts';
import { checkTitle } from '../writer/check-text.ts';
import { firstOf, judgeTitle, spellings } from '../writer/compose-heading.ts';
import type { OpenPage } from '../writer/open-page.ts';
import type { DocumentPen, Pen } from '../writer/pen.ts';
import { appendText, placeInSection } from '../writer/place-text.ts';
import { writeDocument, type Written } from '../writer/write-document.ts';
import { judgeDate, readWrittenDate } from '../writer/written-date.ts';
import { choosePhase, findPhaseDocument } from './find-document.ts';
import { findDraft, findTarget } from './find-target.ts';

export interface Task {
  phase: string | null;
  title: string;
  /** Tasks carry no date unless one is given. */
  date: string | null;
}

/** Adds a task below *Build backlog* of a phase: `- [ ] Title`, at the end of the list that stands there. */
export async function addTask(pen: DocumentPen, task: Task): Promise<Written> {
  const phase = choosePhase(pen, task.phase);
  const title = checkTitle(task.title);
  const when = task.date === null ? null : readWrittenDate(task.date);
  return writeDocument(pen, {
    ...findPhaseDocument(pen, 'backlog', phase),
    plan: (page) =>
      spellings(title)
        .flatMap((each) => (when === null ? [each] : [`${when.text} — ${each}`, `${when.text}: ${each}`]))
        .flatMap((text) => findBacklog(page, `- [ ] ${text}`))
        .map((splice) => ({
          splices: [splice],
          entry: {
            kind: 'task' as const,
            judge: (draft: Draft) =>
              firstOf(
                judgeTitle(draft, title),
                when === null ? (draft.date === null ? null : `the title would read as dated ${draft.date}; give the date with --date`) : judgeDate(draft, when),
                draft.state === 'open' ? null : `its state would read ${draft.state ?? 'as none'}, not open`,
              ),
          },
        })),
  });
}

/** Where a task may go, best first: right behind the last item of the list, at the end of the section, in a section that is made for it. */
function findBacklog(page: OpenPage, item: string): Splice[] {
  const sections = [...walkSections(page.root)].filter(({ heading, depth }) => heading !== null && depth > 1);
  const section = sections.find(({ masked }) => /^\W*build(?:er)?\b/iu.test(masked)) ?? sections.find(({ masked }) => /\bbacklog\b|^\W*tasks?\b|^\W*to-?do\b/iu.test(masked));
  if (!section) return [appendText(page, `## Build backlog\n\n${item}`)];
  const last = section.blocks.at(-1);
  const own = { ...section, endLine: section.ownEnd, children: [] };
  return [...(last?.type === 'list' && last.items.some(({ box }) => box !== null) ? [extendList(page, last, item)] : []), placeInSection(page, own, item)];
}

function extendList({ source }: OpenPage, list: List, item: string): Splice {
  const lineEnd = lineEndOf(source);
  const start = source.byteOffsetOfLine(list.endLine + 1);
  const ended = /[\r\n]$/u.test(source.sliceLines(list.endLine, list.endLine));
  return { start, end: start, text: ended ? `${item}${lineEnd}` : `${lineEnd}${item}` };
}

export type TaskState = 'done' | 'partial' | 'dropped' | 'open';

const marks: Record<TaskState, BoxMark> = { done: 'x', partial: '~', dropped: '-', open: ' ' };

/** Throws a usage failure for anything but a state that a box can show. */
export function readTaskState(given: string | null): TaskState {
  if (given === null) return 'done';
  if (given === 'done' || given === 'partial' || given === 'dropped' || given === 'open') return given;
  throw new Failure('usage', `Unexpected state "${given}" for --state, expected done, partial, dropped or open.`, { next: 'docket task tick --help' });
}

/** Sets the mark of a task's box; does nothing where it has that mark. */
export async function tickTask(pen: Pen, id: string, state: TaskState): Promise<Written & { before: Entry }> {
  const entry = findTarget(pen, id, ['task']);
  const written = await writeDocument(pen, {
    path: entry.place.path,
    preamble: null,
    plan: (page) => {
      const draft = findDraft(pen, page, entry);
      const splice = draft.boxLine === undefined || draft.state === state ? null : markBox(page.source, draft.boxLine, marks[state]);
      if (!splice) return [];
      return [{ splices: [splice], touched: [draft], entry: { kind: 'task', judge: (now) => (now.title === draft.title && now.state === state ? null : `its state would read ${now.state ?? 'as none'}`) } }];
    },
  });
  return { ...written, entry: written.entry ?? entry, before: entry };
}
