import type { Draft } from '../../documents/reading.ts';
import { claimPart } from '../../documents/recognise/read-claim.ts';
import { walkSections, type Section } from '../../documents/sections.ts';
import { askClaim } from '../../gates/ask-gate.ts';
import { collectGateEvents } from '../../gates/gate-events.ts';
import type { ClaimJudgement } from '../../gates/judge-claim.ts';
import { lastFullLine, lineEndOf, withLineEnds } from '../line-ends.ts';
import type { Splice } from '../splice.ts';
import { checkLine } from '../writer/check-text.ts';
import { composeEntry, firstOf, spellings } from '../writer/compose-heading.ts';
import type { OpenPage } from '../writer/open-page.ts';
import type { Pen } from '../writer/pen.ts';
import { appendText, endWithoutRules } from '../writer/place-text.ts';
import { roleName } from '../writer/warn.ts';
import { writeDocument, type Written } from '../writer/write-document.ts';
import { judgeDate, readWrittenMoment } from '../writer/written-date.ts';
import { composeClaim, joinFields, type GivenParts } from './compose-claim.ts';
import { findPhaseDocument } from './find-document.ts';
import type { GateName } from './gate-argument.ts';
import type { GivenBody } from './given-body.ts';

export interface Claim extends GateName {
  parts: GivenParts;
  /** In place of the parts. */
  file: GivenBody;
  date: string | null;
  /** Why it is claimed although it may not be; null: then it is not. */
  force: string | null;
}

export interface ClaimAnswer {
  /** Null where the claim was refused. */
  written: Written | null;
  judgement: ClaimJudgement;
  forced: boolean;
  /** What WHAT says first, for a commit's subject. */
  summary: string;
}

/**
 * Claims a gate in the status of its phase: `## Gate: M1 — CLAIMED @DATE, awaiting Adversary` with WHAT, HOW, EXPECTED, WHERE and perhaps TEETH. An
 * earlier claim of the gate that consists of nothing else is replaced, for history keeps it. What `docket gate` refuses is refused, unless by force:
 * then the reason stands in the claim.
 */
export async function writeClaim(pen: Pen, claim: Claim): Promise<ClaimAnswer> {
  const { phase, gate } = claim;
  const when = readWrittenMoment(claim.date);
  const { body, fields } = await composeClaim(pen, claim.parts, claim.file);
  const judgement = await askClaim(pen.docket, { phase, gate, text: fields, replayed: null, now: new Date() });
  const summary = summarise(fields['WHAT'] ?? '');
  if (!judgement.allowed && claim.force === null) return { written: null, judgement, forced: false, summary };
  const reason = judgement.allowed || claim.force === null ? null : checkLine('--reason', claim.force);
  const by = pen.role === null ? '' : ` by ${roleName(pen.role)}`;
  const again = wasClaimed(pen, claim);
  const heading = `## Gate: ${gate} — ${again ? 'RE-CLAIMED' : 'CLAIMED'} @${when.text}, awaiting Adversary`;
  const expected = JSON.stringify(fields);
  const judgeDraft = (draft: Draft): string | null =>
    firstOf(
      draft.key === gate && draft.phase === phase ? null : `it would read as a claim of ${draft.phase}/${draft.key ?? 'no gate'}`,
      judgeDate(draft, when),
      (draft.reclaim ?? false) === again ? null : 'it would not read as claimed again',
      judgeFields(draft, expected, reason),
    );
  const written = await writeDocument(pen, {
    ...findPhaseDocument(pen, 'status', phase),
    plan: (page) => {
      const old = findReplaceable(page, gate);
      return (reason === null ? [''] : spellings(reason).map((each) => `**Forced:** ${when.text}${by} — ${each}`)).map((forced) => {
        const text = composeEntry(heading, forced, body);
        return {
          splices: [old ? replaceSection(page, old.section, text) : appendText(page, text)],
          touched: old?.drafts ?? [],
          entry: { kind: 'claim' as const, judge: judgeDraft },
          gates: [gate],
          given: { name: claim.file.text === '' ? 'the claim' : claim.file.name, text: body },
        };
      });
    },
  });
  return { written, judgement, forced: reason !== null, summary };
}

/** The first line of WHAT, as a commit's subject can hold it. */
function summarise(what: string): string {
  const line = what.split('\n')[0]?.replace(/[`*_]/gu, '').trim() ?? '';
  return line.length > 60 ? `${line.slice(0, 59).trimEnd()}…` : line;
}

/** Was the gate claimed or judged in a commit before? A claim that is not committed yet may be written anew without being another one. */
function wasClaimed({ docket }: Pen, { phase, gate }: GateName): boolean {
  const events = collectGateEvents(docket.ledger).get(`${phase}/${gate}`);
  return events !== undefined && [...events.claims, ...events.verdicts].some(({ commit }) => commit !== null);
}

function judgeFields(draft: Draft, expected: string, reason: string | null): string | null {
  const { Forced: forced, ...fields } = joinFields(draft.fields);
  if (JSON.stringify(fields) !== expected) return 'its parts would not read as they were given';
  if (reason === null) return forced === undefined ? null : 'it would read as claimed by force';
  return forced?.endsWith(` — ${reason.replace(/\s+/gu, ' ')}`) ? null : `the reason would read as "${forced ?? ''}"`;
}

/** The last claim of the gate, alone in a section that holds nothing but parts of a claim; with the reproductions among these. */
function findReplaceable({ reading, root }: OpenPage, gate: string): { drafts: Draft[]; section: Section } | null {
  const draft = reading.drafts.findLast(({ kind, key }) => kind === 'claim' && key === gate);
  const section = [...walkSections(root)].find(({ heading, line }) => heading !== null && line === draft?.line);
  if (!draft || !section) return null;
  const drafts = reading.drafts.filter(({ line }) => line >= section.line && line <= section.endLine);
  const isOwn = drafts.every((each) => each === draft || each.kind === 'reproduction');
  const isPart = (part: Section): boolean => claimPart(part.text) !== null;
  const isForced = section.blocks.every((block) => block.type === 'paragraph' && block.prose.text.startsWith('Forced:'));
  return isOwn && isForced && section.children.every(isPart) ? { drafts, section } : null;
}

/** Puts a block of text in the place of a section; the blank lines and rules behind it stay. */
function replaceSection(page: OpenPage, section: Section, text: string): Splice {
  const { source } = page;
  const last = lastFullLine(source, section.line, endWithoutRules(page, section));
  const ended = /[\r\n]$/u.test(source.sliceLines(last, last));
  return { start: source.byteOffsetOfLine(section.line), end: source.byteOffsetOfLine(last + 1), text: withLineEnds(ended ? `${text}\n` : text, lineEndOf(source)) };
}
