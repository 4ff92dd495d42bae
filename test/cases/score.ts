import type { Entry } from '../../src/contract/schema/entry.ts';
import type { Picture } from '../support/run-docket.ts';
import type { Expectation, ExpectedEntry, ExpectedFile, Miss } from './expectation.ts';

type Report = (line: number | null, form: number | undefined, what: string, expected: unknown, actual: unknown) => void;

/** Compares what was read with what is expected and gives every assertion that does not hold, in file order. */
export function missesOf(expectation: Expectation, picture: Picture): Miss[] {
  const misses: Miss[] = [];
  for (const [file, expected] of Object.entries(expectation.files)) {
    const report: Report = (line, form, what, wanted, actual) => {
      if (!same(wanted, actual)) misses.push({ file, line, form: form ?? null, what, expected: wanted, actual });
    };
    const here = picture.entries.filter((entry) => entry.place.path === `machine-docs/${file}` && entry.place.rev === null);
    compareDocument(expected, file, picture, report);
    compareEntries(expected, here, picture.entries, report);
    compareReproductions(expected, here, report);
    compareStatus(expected, picture, report);
  }
  return misses;
}

/** How many of the numbered forms of several expectations have no miss. */
export function scoreForms(expectations: Expectation[], misses: Miss[]): { read: number; of: number; missed: number[] } {
  const forms = new Set<number>();
  for (const file of expectations.flatMap((one) => Object.values(one.files))) {
    for (const item of [...file.entries, ...file.notEntries]) if (item.form) forms.add(item.form);
    for (const form of Object.values(file.formOf ?? {})) forms.add(form);
  }
  const missed = [...new Set(misses.flatMap((miss) => (miss.form === null ? [] : [miss.form])))].sort((a, b) => a - b);
  return { read: forms.size - missed.length, of: forms.size, missed };
}

/** One line for one miss, for a person to read. */
export function tellMiss(miss: Miss): string {
  const place = miss.line === null ? miss.file : `${miss.file}:${miss.line}`;
  return `${miss.form === null ? '' : `form ${miss.form} `}${place} ${miss.what}: expected ${JSON.stringify(miss.expected)}, read ${JSON.stringify(miss.actual)}`;
}

function compareDocument(expected: ExpectedFile, file: string, picture: Picture, report: Report): void {
  const document = picture.documents.find((one) => one.path === `machine-docs/${file}`);
  const form = expected.formOf?.document;
  report(null, form, 'document kind', expected.document.kind, document?.kind);
  report(null, form, 'document phase', expected.document.phase, document?.phase);
  for (const [name, value] of Object.entries(expected.frontMatter ?? {})) {
    report(null, expected.formOf?.frontMatter, `front matter ${name}`, value, document?.frontMatter?.[name]);
  }
}

function compareEntries(expected: ExpectedFile, here: Entry[], all: Entry[], report: Report): void {
  for (const entry of expected.entries) {
    const atLine = here.filter((one) => one.place.line === entry.line && one.kind === entry.kind);
    const found = atLine.find((one) => (entry.id ? one.id === entry.id : entry.gate ? one.gate === entry.gate : true)) ?? atLine[0];
    if (!found) {
      const others = here.filter((one) => one.place.line === entry.line).map((one) => one.id);
      report(entry.line, entry.form, 'entry', entry.kind, others.length > 0 ? others : null);
      continue;
    }
    compareEntry(entry, found, all, report);
  }
  for (const not of expected.notEntries) {
    // A gate is not written anywhere: it stands where it is named first, and that may be a line that claims nothing.
    const wrong = here.filter((one) => one.place.line === not.line && (not.kind ? one.kind === not.kind : one.kind !== 'gate'));
    report(not.line, not.form, `no entry (${not.why})`, [], wrong.map((one) => one.id));
  }
  for (const [state, count] of Object.entries(expected.counts ?? {})) {
    report(null, expected.formOf?.counts, `count of ${state}`, count, here.filter((one) => one.state === state).length);
  }
}

const plainKeys = ['id', 'phase', 'title', 'date', 'dateEnd', 'time', 'timeEnd', 'approximate', 'zone', 'state', 'section', 'gate', 'reclaim', 'severity', 'from', 'scope', 'clearedAtLine'] as const;

function compareEntry(expected: ExpectedEntry, actual: Entry, all: Entry[], report: Report): void {
  const tell = (what: string, wanted: unknown, got: unknown): void => report(expected.line, expected.form, `${actual.kind} ${what}`, wanted, got);
  for (const key of plainKeys) if (expected[key] !== undefined) tell(key, expected[key], actual[key]);
  if (expected.titleContains !== undefined && !actual.title.includes(expected.titleContains)) tell('title contains', expected.titleContains, actual.title);
  if (expected.fields) tell('fields', expected.fields, Object.keys(actual.fields));
  if (expected.claimCommit) tell('claimCommit', expected.claimCommit, shorten(actual.claimCommit, expected.claimCommit));
  if (expected.reopenedBy) tell('reopenedBy', expected.reopenedBy, shorten(actual.reopenedBy, expected.reopenedBy));
  for (const commit of expected.commits ?? []) {
    const cited = actual.refs.filter((ref) => ref.type === 'commit').map((ref) => shorten(ref.value, commit));
    if (!cited.includes(commit)) tell('cites commit', commit, cited);
  }
  if (expected.closedBy !== undefined) compareClosing(expected.closedBy, actual, tell);
  compareSuccession(expected, actual, all, tell);
}

function compareClosing(expected: NonNullable<ExpectedEntry['closedBy']>, actual: Entry, tell: (what: string, wanted: unknown, got: unknown) => void): void {
  const closing = typeof expected === 'string' ? { commit: expected } : expected;
  for (const [name, value] of Object.entries(closing)) {
    if (name !== 'commit') {
      tell(`closedBy.${name}`, value, actual.closedBy?.[name as 'date' | 'pr' | 'person' | 'route' | 'form']);
    } else if (value === 'the commit that ticked the box') {
      tell('closed with the commit that ticked it', true, actual.closedBy?.withThisCommit === true || typeof actual.closed?.commit === 'string');
    } else {
      tell('closedBy.commit', value, shorten(actual.closedBy?.commit, String(value)));
    }
  }
}

function compareSuccession(expected: ExpectedEntry, actual: Entry, all: Entry[], tell: (what: string, wanted: unknown, got: unknown) => void): void {
  const titleOf = (id: string | null): string | null => all.find((one) => one.id === id)?.title ?? null;
  const { supersedes, supersededBy } = expected;
  if (supersedes) {
    const link = actual.supersedes?.find((one) => bare(one.words).includes(bare(supersedes.words)));
    if (!link) tell('supersedes, in words', supersedes.words, actual.supersedes?.map((one) => one.words));
    else if (supersedes.target === null) tell('supersedes', null, link.target);
    else if (!titleOf(link.target)?.startsWith(supersedes.target)) tell('supersedes', supersedes.target, titleOf(link.target) ?? link.target);
  }
  if (supersededBy) {
    const successors = actual.supersededBy?.map((one) => titleOf(one.target)) ?? [];
    if (!successors.some((title) => title?.startsWith(supersededBy))) tell('superseded by', supersededBy, successors);
  }
}

function compareReproductions(expected: ExpectedFile, here: Entry[], report: Report): void {
  for (const wanted of expected.looseReproductions ?? []) {
    const steps = here.find((one) => one.kind === 'reproduction' && one.place.line === wanted.fenceLine)?.steps;
    const observations = steps?.flatMap((step) => step.observations);
    report(wanted.fenceLine, undefined, 'loose reproduction', { commands: wanted.commands, observations: wanted.observations, fails: wanted.fails }, {
      commands: steps?.flatMap((step) => step.commands).length,
      observations: observations?.length,
      fails: observations?.filter((one) => one.verdict === 'fails').length,
    });
  }
}

function compareStatus(expected: ExpectedFile, picture: Picture, report: Report): void {
  const phase = picture.status.phases.find((one) => one.id === expected.document.phase);
  if (expected.done) report(expected.done.line ?? null, expected.formOf?.done, 'DONE marked', expected.done.marked, phase?.done.marked ?? false);
  for (const id of expected.gatesNamedWithoutClaim ?? []) {
    const gate = phase?.gates.find((one) => one.id === id);
    report(null, expected.formOf?.gatesNamedWithoutClaim, `gate ${id}, named without a claim`, { named: true, claim: null }, { named: gate !== undefined, claim: gate?.claim ?? null });
  }
}

/** A sha cut to the length that is expected, so that short and full ones compare. */
function shorten(sha: string | null | undefined, like: string): string | null {
  return sha ? sha.slice(0, like.length) : null;
}

function bare(words: string): string {
  return words.toLowerCase().replace(/^(the|an?)\s+/, '');
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
