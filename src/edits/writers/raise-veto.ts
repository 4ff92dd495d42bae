import type { Entry } from '../../contract/schema/entry.ts';
import type { Draft } from '../../documents/reading.ts';
import { tidyTitle } from '../../documents/vocabulary/punctuation.ts';
import { gatesOfVeto } from '../../gates/vetoes.ts';
import { checkBody, checkLine } from '../writer/check-text.ts';
import { composeEntry, firstOf, judgeField, spellings } from '../writer/compose-heading.ts';
import type { Pen } from '../writer/pen.ts';
import { appendText } from '../writer/place-text.ts';
import { roleName } from '../writer/warn.ts';
import { writeDocument, type Written } from '../writer/write-document.ts';
import { readWrittenMoment } from '../writer/written-date.ts';
import { findPhaseDocument } from './find-document.ts';
import { findDraft, findTarget } from './find-target.ts';
import type { GivenBody } from './given-body.ts';

export interface Veto {
  phase: string;
  /** Null: the whole phase. */
  gate: string | null;
  reason: string;
  date: string | null;
  body: GivenBody;
}

/** Raises a veto in the review of a phase: `## VETO <reason>`, or `## SCOPED VETO on M1: <reason>` for one gate; with the day below. */
export async function raiseVeto(pen: Pen, veto: Veto): Promise<Written> {
  const { phase, gate } = veto;
  const reason = checkLine('--reason', veto.reason);
  const when = readWrittenMoment(veto.date);
  const body = await checkBody(veto.body.name, veto.body.text, 2);
  const raised = `${when.text} by ${roleName(pen.role ?? 'adversary')}`;
  const judge = (draft: Draft): string | null =>
    firstOf(
      draft.phase === phase && draft.state === 'standing' ? null : `it would read as ${draft.state ?? 'no'} veto of phase ${draft.phase}`,
      sameGates(gatesOfVeto({ title: draft.title, scope: draft.scope ?? null }), gate) ? null : 'it would not read as a veto on what it is meant for',
      draft.title.endsWith(tidyTitle(reason)) && draft.name === null ? null : `the reason "${reason}" would read as "${draft.title}"`,
      judgeField(draft, 'Raised', raised),
    );
  const headings = spellings(reason).flatMap((each) => (gate === null ? [`## VETO ${each}`, `## VETO: ${each}`, `## VETO on phase ${phase}: ${each}`] : [`## SCOPED VETO on ${gate}: ${each}`]));
  return writeDocument(pen, {
    ...findPhaseDocument(pen, 'review', phase),
    plan: (page) =>
      headings.map((heading) => ({
        splices: [appendText(page, composeEntry(heading, `**Raised:** ${raised}`, body))],
        entry: { kind: 'veto' as const, judge },
        gates: gate === null ? [] : [gate],
        given: { name: veto.body.name, text: body },
      })),
  });
}

function sameGates(found: readonly string[] | null, gate: string | null): boolean {
  return gate === null ? found === null : found?.length === 1 && found[0] === gate;
}

export interface Lifting {
  id: string;
  why: string;
  date: string | null;
}

/** Lifts a veto by a later section of the same review: `## VETO #1 lifted @DATE`, then why. Does nothing where it does not stand. */
export async function liftVeto(pen: Pen, lifting: Lifting): Promise<Written & { before: Entry }> {
  const entry = findTarget(pen, lifting.id, ['veto']);
  const why = checkLine('--why', lifting.why);
  const when = readWrittenMoment(lifting.date);
  const written = await writeDocument(pen, {
    path: entry.place.path,
    preamble: null,
    plan: (page) => {
      const draft = findDraft(pen, page, entry);
      if (draft.state !== 'standing') return [];
      return spellings(why).map((each) => ({
        splices: [appendText(page, composeEntry(`## VETO #${draft.key ?? ''} lifted @${when.text}`, each))],
        touched: [draft],
        entry: {
          kind: 'veto' as const,
          elsewhere: true,
          judge: (now: Draft) => firstOf(now.title === draft.title && now.key === draft.key ? null : 'it would read as another veto', now.state === 'cleared' ? null : 'the veto would still stand'),
        },
      }));
    },
  });
  return { ...written, entry: written.entry ?? entry, before: entry };
}
