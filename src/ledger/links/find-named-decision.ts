import { posix } from 'node:path';
import type { Entry } from '../../contract/schema/entry.ts';

/** `[0010-other.md]`, `[../DECISIONS.md#wildcard-tls]`, `[#wildcard-tls]`: where a link leads, as it stands behind its words. */
const target = /\[([^\]\s]*\.md(?:#[^\]\s]*)?|#[^\]\s]+)\]/u;
/** `ADR-0006`, `decision 6`, `#6`, `0006`, `6. Other`: a number that stands for the whole name; `2 of them` is none. */
const numbered = /^(?:the\s+)?(?:([Aa][Dd][Rr]|MADR|[Dd]ecision|[Rr]ecord|[Nn]o\.?)[\s#-]{0,2}|([A-Z]{1,4})-|#|(?=0)|(?=\d+(?:$|[.,:—–-])))0*(\d{1,5})(?=$|[\s.:,—–-](?!\d))/u;

/** Does some text name decisions by a link or a number, so that nothing else can be meant? */
export function namesDecision(words: string): boolean {
  return target.test(words) || readNumber(words) !== null;
}

/** The decisions that a link leads to: those of its file, or the one below its heading. Null where the words hold no link. */
export function findLinked(decisions: readonly Entry[], words: string, self: Entry | undefined): Entry[] | null {
  const link = target.exec(words)?.[1];
  if (link === undefined) return null;
  const [path = '', heading] = link.split('#');
  const others = decisions.filter(({ id }) => id !== self?.id);
  const inFile = path === '' ? others.filter(({ place }) => place.path === self?.place.path) : fileOf(others, path, self);
  const below = heading === undefined ? [] : inFile.filter(({ title }) => lettersOf(heading).endsWith(lettersOf(title)));
  return below.length > 0 ? below : inFile;
}

/** As a reader of the page would follow it, else by the name of the file alone, as far as only one has it. */
function fileOf(decisions: readonly Entry[], path: string, self: Entry | undefined): Entry[] {
  const whole = self === undefined ? path : posix.join(posix.dirname(self.place.path), path);
  const exact = decisions.filter(({ place }) => place.path === whole || place.path === path.replace(/^\//u, ''));
  if (exact.length > 0) return exact;
  const name = posix.basename(path);
  const named = decisions.filter(({ place }) => posix.basename(place.path) === name);
  return new Set(named.map(({ place }) => place.path)).size === 1 ? named : [];
}

/** The decisions of a number, by their title or by the name of the file that is theirs alone. Null where the words are no number. */
export function findNumbered(decisions: readonly Entry[], words: string, self: Entry | undefined): Entry[] | null {
  const wanted = readNumber(words);
  if (wanted === null) return null;
  const found = decisions.filter((decision) => decision.id !== self?.id && isNumber(decision, wanted));
  const near = found.filter(({ place }) => self !== undefined && posix.dirname(place.path) === posix.dirname(self.place.path));
  return near.length > 0 ? near : found;
}

interface Numbered {
  /** `D` of `D-010`; null where the number alone is the name, with or without the word for a record before it. */
  series: string | null;
  number: string;
}

function readNumber(text: string): Numbered | null {
  const [, , series = null, number] = numbered.exec(text.trim().replace(/^[[(]/u, '').replace(/\]/u, ' ')) ?? [];
  return number === undefined ? null : { series, number };
}

function isNumber({ title, place }: Entry, { series, number }: Numbered): boolean {
  const ofTitle = readNumber(title);
  if (ofTitle !== null) return ofTitle.number === number && ofTitle.series === series;
  const ofFile = readNumber(posix.basename(place.path, '.md'));
  return ofFile !== null && ofFile.number === number && ofFile.series === series;
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{Nd}]+/gu, '');
}
