import type { Diagnostic } from '../../contract/schema/envelope.ts';
import { nameDocument } from '../../documents/name-document.ts';
import type { Vocabulary } from '../../documents/vocabulary/vocabulary.ts';
import type { Shield } from './shield.ts';

/** What a finding says beside a diagnostic, where it says it in words of its own. */
type Told = Diagnostic & { found?: string; expected?: string };

/**
 * Findings of the whole record in the words of those that were found in the record as it is handed out: the same findings, at the same places, and nothing
 * in them that only a hidden journal says. `isBlind` tells the rules that never see a hidden text in the second pass; what others say of a hidden journal is
 * said without words.
 */
export function hideFindings<F extends Told>(whole: readonly F[], seen: readonly F[], shield: Shield, isBlind: (rule: string) => boolean): F[] {
  const known = new Map<string, F[]>();
  for (const finding of seen) known.set(keyOf(finding), [...(known.get(keyOf(finding)) ?? []), finding]);
  return whole.map((finding) => {
    const entry = finding.entry === null ? null : (shield.ids.get(finding.entry) ?? finding.entry);
    const shown = known.get(keyOf({ ...finding, entry }))?.shift();
    const isHidden = entry !== finding.entry || (finding.place !== null && shield.hides(finding.place.path) && !isBlind(finding.rule));
    return shown === undefined || isHidden ? withoutWords(finding, entry) : { ...finding, ...wordsOf(shown, shield), entry };
  });
}

function keyOf({ rule, place, entry }: Diagnostic): string {
  return JSON.stringify([rule, place?.path ?? '', place?.line ?? 0, place?.rev ?? '', entry ?? '']);
}

function wordsOf({ message, found, expected, related, next }: Told, shield: Shield): Partial<Told> {
  const shown = related.map((each) => (shield.hides(each.place.path) ? { ...each, message: 'a journal that is hidden until the verdict' } : each));
  return { message, next, related: shown, ...(found === undefined ? {} : { found }), ...(expected === undefined ? {} : { expected }) };
}

function withoutWords<F extends Told>(finding: F, entry: string | null): F {
  const [found, expected] = ['text in a journal that is hidden until the verdict', `none that ${finding.rule} speaks of`];
  const told = finding.found === undefined ? {} : { found, expected };
  return { ...finding, ...told, message: `Unexpected ${found}, expected ${expected}`, related: [], entry, next: `docket explain ${finding.rule}` };
}

/** What a hook says to the Adversary of what is staged: of the Builder's journals no word, whatever was judged. */
export function hideInJournals<F extends Told>(findings: readonly F[], vocabulary: Vocabulary): F[] {
  const isJournal = (path: string): boolean => nameDocument(path, vocabulary).kind === 'journal';
  return findings.map((finding) => {
    const isHidden = /^(?:journal|reproduction):/u.test(finding.entry ?? '') || (finding.place !== null && isJournal(finding.place.path));
    return isHidden ? withoutWords(finding, null) : { ...finding, related: finding.related.filter(({ place }) => !isJournal(place.path)) };
  });
}
