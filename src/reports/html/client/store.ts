import { linkNames } from '../data/link-names.ts';
import type { PageCommit, PageData, PageEntry } from '../data/report.ts';
import { indexSteps, type StepsWithin } from '../data/steps-within.ts';
import type { LinkOf } from '../text/read-inline.ts';

/** Where a node stands in the numbering of the links. */
export type PageNode = { type: 'entry'; entry: PageEntry } | { type: 'commit'; commit: PageCommit } | { type: 'other'; what: string; id: string };

export interface Tie {
  other: number;
  relation: string;
  status: string;
  /** Whether it begins here. */
  out: boolean;
}

/** The data of the page, unpacked. */
export interface Store {
  data: PageData;
  linkOf: LinkOf;
  stepsIn: StepsWithin;
  node(number: number): PageNode | null;
  /** The number of `journal:…`, `commit:SHA`, `phase:P`, `path:P`; null for what is not in the page. */
  numberOf(id: string): number | null;
  ties(number: number): readonly Tie[];
  /** The text of an entry; null where the page was made without it. */
  textOf(entry: PageEntry): Promise<string | null>;
  /** All texts that are in the page, by entry, each line once or more. */
  allTexts(): Promise<Map<PageEntry, string>>;
}

/** Unpacks the data that stands in the page. The texts stay packed until they are asked for. */
export async function openStore(): Promise<Store> {
  const [data, places] = await Promise.all([unpack('docket-data'), unpack('docket-places')]).then((texts) => texts.map((text) => JSON.parse(text) as unknown) as [PageData, ([number, number] | null)[]]);
  const { entries, commits, others } = data;
  const numbers = new Map<string, number>();
  for (const [index, { id }] of entries.entries()) numbers.set(id, index);
  for (const [index, { commit }] of commits.entries()) numbers.set(`commit:${commit}`, entries.length + index);
  for (const [index, { type, id }] of others.entries()) if (!numbers.has(`${type}:${id}`)) numbers.set(`${type}:${id}`, entries.length + commits.length + index);
  const ties = tieUp(data);
  const chunks = new Map<number, Promise<string>>();
  const chunk = (index: number): Promise<string> => {
    const known = chunks.get(index) ?? unpack(`docket-text-${index}`);
    chunks.set(index, known);
    return known;
  };
  const textOf = async ({ text }: PageEntry): Promise<string | null> => {
    const place = text === null ? null : (places[text[0]] ?? null);
    if (text === null || place === null) return null;
    const whole = await chunk(place[0]);
    return whole.slice(place[1] + text[1], place[1] + text[2]);
  };
  return {
    data,
    linkOf: linkNames(data),
    stepsIn: indexSteps(entries),
    node: (number) => nodeAt(data, number),
    numberOf: (id) => numbers.get(id) ?? null,
    ties: (number) => ties.get(number) ?? [],
    textOf,
    allTexts: async () => {
      const texts = await Promise.all(entries.map(async (entry) => [entry, await textOf(entry)] as const));
      return new Map(texts.flatMap(([entry, text]) => (text === null ? [] : [[entry, text] as const])));
    },
  };
}

function nodeAt({ entries, commits, others }: PageData, number: number): PageNode | null {
  const entry = entries[number];
  if (entry) return { type: 'entry', entry };
  const commit = commits[number - entries.length];
  if (commit) return { type: 'commit', commit };
  const other = others[number - entries.length - commits.length];
  return other ? { type: 'other', what: other.type, id: other.id } : null;
}

function tieUp({ edges }: PageData): Map<number, Tie[]> {
  const ties = new Map<number, Tie[]>();
  const add = (at: number, tie: Tie): void => {
    const known = ties.get(at);
    if (known) known.push(tie);
    else ties.set(at, [tie]);
  };
  for (const [from, to, relation, status] of edges) {
    add(from, { other: to, relation, status, out: true });
    add(to, { other: from, relation, status, out: false });
  }
  return ties;
}

/** The text that a block of the page holds packed. */
async function unpack(id: string): Promise<string> {
  const packed = document.querySelector(`script#${id}`)?.textContent ?? '';
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'))).text();
}
