import type { NewDraft, Page } from '../page.ts';
import type { DraftField } from '../reading.ts';
import type { Section } from '../sections.ts';
import { readTitle } from '../titles.ts';
import { findWhen, plainWhen } from '../vocabulary/when.ts';
import { findPhase } from '../vocabulary/words.ts';
import { readDecisionState } from './decision-words.ts';
import { findSuccession, spokenFields, withTargets, type Succession } from './succession.ts';

/** Where a decision stands. */
export interface Place {
  /** What the decision inherits from the section that groups it. */
  phase: string;
  /** The phase is that of a heading, not of the file. */
  named: boolean;
  when: ReturnType<typeof findWhen>;
  open: boolean;
}

/** `Phase 2w — …`, or `pxgate: …` where no section around it has named its phase. */
export function phaseOfTitle(text: string, isNamed = false): string | null {
  const bare = readTitle(text).rest.trim();
  const named = /^phase[ -]/iu.test(bare) ? findPhase(bare) : null;
  if (isNamed) return named;
  const prefixed = /^`?((?=[a-z0-9]*[a-z])[a-z0-9]{1,20}|\d+[a-z]?)`?:\s/u.exec(bare)?.[1];
  return named ?? (prefixed && !/^(?:note|fix|docs|feat|chore|todo|re|adr|update|decision|warning|caution)$/u.test(prefixed) ? prefixed : null);
}

/** What a decision is called and what it says, with the targets of links where they say which decision is meant. */
interface Said {
  text: string;
  /** `text`, links with their targets. */
  title?: string;
  body: string;
  fields: DraftField[];
}

/** The draft of a decision, but for its lines and its mentions. */
export function describeDecision(page: Page, { text, title, body, fields }: Said, place: Place): Omit<NewDraft, 'line' | 'endLine' | 'refs'> {
  const read = readTitle(text);
  const when = read.when ?? findWhen(text) ?? place.when;
  const spoken = spokenFields(fields, page.source);
  const succession = findSuccession(title ?? text, body, spoken);
  return {
    ...plainWhen(when),
    title: read.title,
    name: read.name,
    phase: phaseOfTitle(text, place.named) ?? place.phase,
    state: readDecisionState({ title: text, body, fields: spoken, open: place.open, superseded: succession.supersededBy.length > 0 }),
    fields,
    ...linksOf(succession),
  };
}

function linksOf(succession: Succession): Partial<Succession> {
  return Object.fromEntries(Object.entries(succession).filter(([, words]) => words.length > 0));
}

/** The title of a section as it is described. */
export function titleOf({ text, heading }: Section): Pick<Said, 'text' | 'title'> {
  return heading ? { text, title: withTargets(text, heading.prose) } : { text };
}
