import { Failure } from '../../contract/failure.ts';
import type { Diagnostic } from '../../contract/schema/envelope.ts';
import type { Draft } from '../../documents/reading.ts';
import { walkSections, type Section } from '../../documents/sections.ts';
import { getStatus } from '../../gates/get-status.ts';
import type { Splice } from '../splice.ts';
import { checkBody } from '../writer/check-text.ts';
import { composeEntry, firstOf } from '../writer/compose-heading.ts';
import type { OpenPage } from '../writer/open-page.ts';
import type { Pen } from '../writer/pen.ts';
import type { Plan } from '../writer/plan.ts';
import { appendText, placeInSection } from '../writer/place-text.ts';
import { writeDocument, type Written } from '../writer/write-document.ts';
import { judgeDate, readWrittenMoment, type WrittenDate } from '../writer/written-date.ts';
import { findCommit } from './find-commit.ts';
import { findPhaseDocument } from './find-document.ts';
import type { GateName } from './gate-argument.ts';
import type { GivenBody } from './given-body.ts';

export type VerdictResult = 'pass' | 'fail' | 'conditional';

/** Throws a usage failure for anything but a result. */
export function readVerdictResult(given: string): VerdictResult {
  const result = given.toLowerCase();
  if (result === 'pass' || result === 'fail' || result === 'conditional') return result;
  throw new Failure('usage', `Unexpected result "${given}", expected pass, fail or conditional.`, { next: 'docket verdict --help' });
}

export interface Verdict extends GateName {
  result: VerdictResult;
  /** The commit of the claim that was judged; null: that of the gate's claim. */
  claim: string | null;
  date: string | null;
  body: GivenBody;
}

export interface WrittenVerdict extends Written {
  warnings: Diagnostic[];
}

/** What the heading of a verdict says. */
interface Words {
  gate: string;
  result: VerdictResult;
  when: WrittenDate;
  /** First digits of the claim's commit. */
  claim: string | null;
}

/**
 * Judges a gate in the review of its phase: in place of `PENDING` where a heading says so of the gate, else `## M1 — PASS @DATE — claim `SHA`` at the end.
 * The commit that is judged is that of the gate's claim, unless another is named. Throws a usage failure for a commit that is not there.
 */
export async function writeVerdict(pen: Pen, verdict: Verdict): Promise<WrittenVerdict> {
  const { phase, gate, result } = verdict;
  const current = getStatus(pen.docket.ledger, { phase }).phases[0]?.gates.find(({ id }) => id === gate)?.claim ?? null;
  const commit = verdict.claim === null ? (current?.commit ?? null) : await findCommit(pen, '--claim', verdict.claim);
  const words: Words = { gate, result, when: readWrittenMoment(verdict.date), claim: commit?.slice(0, 12) ?? null };
  const body = await checkBody(verdict.body.name, verdict.body.text, 2);
  const document = findPhaseDocument(pen, 'review', phase);
  const written = await writeDocument(pen, {
    ...document,
    plan: async (page) => {
      const pending = findPending(page, gate);
      if (pending) await checkBody(verdict.body.name, verdict.body.text, pending.section.depth);
      const entry = { kind: 'verdict' as const, judge: (draft: Draft) => judgeVerdict(draft, phase, words) };
      const given = { name: verdict.body.name, text: body };
      const fresh: Plan = { splices: [appendText(page, composeEntry(`## ${gate} — ${stamp(words)}`, body))], entry, gates: [gate], given };
      const inPlace = pending === null ? [] : judgePending(page, pending.section, words, body).map((splices): Plan => ({ splices, touched: [pending.draft], entry, gates: [gate], given }));
      return [...inPlace, fresh];
    },
  });
  return { ...written, warnings: warningsOf({ path: document.path, phase, gate }, current, commit) };
}

function stamp({ result, when, claim }: Words): string {
  return `${result.toUpperCase()} @${when.text}${claim === null ? '' : ` — claim \`${claim}\``}`;
}

function judgeVerdict(draft: Draft, phase: string, { gate, result, when, claim }: Words): string | null {
  return firstOf(
    draft.key === gate && draft.phase === phase ? null : `it would read as a verdict on ${draft.phase}/${draft.key ?? 'no gate'}`,
    draft.state === result ? null : `it would read as ${draft.state ?? 'no result'}`,
    judgeDate(draft, when),
    (draft.claimCommit ?? null) === claim ? null : `it would read as a verdict on the claim ${draft.claimCommit ?? 'of no commit'}`,
  );
}

/** The heading by which a gate waits for its verdict. */
function findPending({ reading, root }: OpenPage, gate: string): { draft: Draft; section: Section } | null {
  const draft = reading.drafts.findLast(({ kind, key, state }) => kind === 'verdict' && key === gate && state === 'pending');
  const section = [...walkSections(root)].find(({ heading, line }) => heading !== null && line === draft?.line);
  const alone = reading.drafts.filter(({ kind, line }) => kind === 'verdict' && line === draft?.line).length === 1;
  return draft && section && alone ? { draft, section } : null;
}

/** `### PENDING` becomes `### PASS @DATE`: what stood behind the word in its heading gives way. */
function judgePending(page: OpenPage, section: Section, words: Words, body: string): Splice[][] {
  const { source } = page;
  const line = source.sliceLines(section.line, section.line).replace(/[\r\n]+$/u, '');
  const at = line.search(/\bPENDING\b/u);
  if (at < 0) return [];
  const head = line.slice(0, at).replace(/[*_]+$/u, '');
  const start = source.byteOffsetOfLine(section.line);
  const heading: Splice = { start, end: start + Buffer.byteLength(line), text: `${head}${stamp(words)}` };
  const own = { ...section, endLine: section.ownEnd, children: [] };
  return [body === '' ? [heading] : [heading, placeInSection(page, own, body)]];
}

function warningsOf({ path, phase, gate }: GateName & { path: string }, current: { commit: string | null } | null, judged: string | null): Diagnostic[] {
  const warn = (rule: string, message: string, next: string): Diagnostic[] => [{ rule, level: 'warning', message, place: { path, line: 1 }, related: [], entry: `gate:${phase}/${gate}`, next, fixable: false }];
  if (current === null) return warn('verdict-without-claim', `${phase}/${gate} was never claimed`, 'Have the Builder claim the gate, or say in the heading that it is NOT a verdict.');
  if (current.commit === null) return warn('verdict-without-claim', `the claim of ${phase}/${gate} is not committed yet, so the verdict names no commit`, 'Commit the claim first: a verdict is on what everybody can see.');
  if (judged !== current.commit) return warn('verdict-stale', `${phase}/${gate} was claimed last by ${current.commit.slice(0, 12)}, and this judges ${judged?.slice(0, 12) ?? 'nothing'}`, `docket verdict ${phase}/${gate} RESULT --claim ${current.commit.slice(0, 12)}`);
  return [];
}
