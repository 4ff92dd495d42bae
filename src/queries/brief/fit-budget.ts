/** A part of a brief before it is cut: its items, most important first, and the command that shows them all. */
export interface FullSection {
  title: string;
  items: readonly string[];
  command: string;
}

export interface BriefSection {
  title: string;
  items: string[];
  /** How many items were left out, or cut short; what shows them. */
  cut: number;
  command: string;
}

export interface Brief {
  sections: BriefSection[];
  /** What the text form comes to, as `countTokens` counts. */
  tokens: number;
  budget: number;
  /** Titles of sections that did not fit at all, and the command that shows the whole. */
  dropped: string[];
  whole: string | null;
}

/** The estimate that the budget is held against: one token for every four bytes of UTF-8, counted line by line, line end included. */
export function countTokens(text: string): number {
  return text.split('\n').reduce((sum, line) => sum + Math.ceil((Buffer.byteLength(line) + 1) / 4), 0);
}

/** The lines of an item as the text form has them. */
export function textOfItem(item: string): string {
  return `- ${item.trimEnd().replace(/\n(?=[^\n])/gu, '\n  ')}`;
}

export function textOfCut({ cut, command }: Pick<BriefSection, 'cut' | 'command'>): string {
  return `  … ${cut} cut: ${command}`;
}

export function textOfDropped(dropped: readonly string[], whole: string): string {
  return `${dropped.length} ${dropped.length === 1 ? 'section' : 'sections'} cut: ${whole}`;
}

/** Less than this says nothing. */
const leastOfItem = 24;
const countLength = 9999;

/**
 * As much of the sections as the budget holds, the first ones first: every section has its title and, where something of it is left out, the line that says how
 * much and what shows it; those for which there is no room even for that are named in one last line. `wholeCommand` gives the command for a budget.
 */
export function fitBudget(full: readonly FullSection[], budget: number, wholeCommand: (budget: number) => string): Brief {
  const filled = full.filter(({ items }) => items.length > 0);
  const whole = wholeCommand(sumOf(filled, costOfWhole));
  const kept = [...filled];
  const dropped: string[] = [];
  const reserved = (): number => sumOf(kept, frameOf) + (dropped.length === 0 ? 0 : countTokens(textOfDropped(dropped, whole)));
  while (kept.length > 0 && reserved() + sumOf(kept, leastOf) > budget) dropped.unshift(kept.pop()?.title ?? '');
  let left = budget - reserved();
  const sections = kept.map((section, index): BriefSection => {
    // What comes later still has room for its first words.
    const filledSection = fill(section, left - sumOf(kept.slice(index + 1), leastOf));
    left -= filledSection.items.reduce((sum, item) => sum + countTokens(textOfItem(item)), 0);
    if (filledSection.cut === 0) left += countTokens(textOfCut({ cut: countLength, command: section.command }));
    return filledSection;
  });
  const tokens = sections.reduce((sum, section) => sum + costOf(section), 0) + (dropped.length === 0 ? 0 : countTokens(textOfDropped(dropped, whole)));
  return { sections, tokens, budget, dropped, whole: dropped.length === 0 ? null : whole };
}

function sumOf(sections: readonly FullSection[], cost: (section: FullSection) => number): number {
  return sections.reduce((sum, section) => sum + cost(section), 0);
}

/** The least that a section has to say to be worth its title. */
function leastOf({ items }: FullSection): number {
  return Math.min(leastOfItem, countTokens(textOfItem(items[0] ?? '')));
}

/** Title, an empty line before it, and the line that says what is cut. */
function frameOf({ title, command }: FullSection): number {
  return titleCost(title) + countTokens(textOfCut({ cut: countLength, command }));
}

function titleCost(title: string): number {
  return countTokens(`## ${title}`) + 1;
}

function costOf(section: BriefSection): number {
  return titleCost(section.title) + section.items.reduce((sum, item) => sum + countTokens(textOfItem(item)), 0) + (section.cut === 0 ? 0 : countTokens(textOfCut(section)));
}

function costOfWhole(section: FullSection): number {
  return frameOf(section) + section.items.reduce((sum, item) => sum + countTokens(textOfItem(item)), 0);
}

/** The first items that fit; of the one that does not, its beginning. */
function fill({ title, items, command }: FullSection, room: number): BriefSection {
  const taken: string[] = [];
  let left = room;
  for (const [index, item] of items.entries()) {
    const cost = countTokens(textOfItem(item));
    if (cost <= left) {
      taken.push(item);
      left -= cost;
      continue;
    }
    const short = left < leastOfItem ? null : shorten(item, left);
    return { title, items: short === null ? taken : [...taken, short], cut: items.length - index, command };
  }
  return { title, items: taken, cut: 0, command };
}

/** The longest beginning that fits, whole characters, and a mark that it goes on; null where nothing does. */
function shorten(item: string, room: number): string | null {
  const characters = [...item];
  let [low, high] = [0, characters.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (countTokens(textOfItem(`${characters.slice(0, middle).join('').trimEnd()} …`)) <= room) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? null : `${characters.slice(0, low).join('').trimEnd()} …`;
}
