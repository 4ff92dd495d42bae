import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Entry } from '../../src/contract/schema/entry.ts';
import { askDocket, pictureOf } from '../support/run-docket.ts';
import type { Picture } from '../support/run-docket.ts';
import { buildExample } from './build-example.ts';
import type { Example } from './build-example.ts';
import { facts, tags } from './facts.ts';
import type { Tag } from './facts.ts';
import { openDocket } from '../../src/index.ts';
import type { CommitFact } from '../../src/index.ts';

let example: Example;
beforeAll(() => {
  example = buildExample();
});

const pictures = new Map<string, Promise<Picture>>();
/** Each way to open a revision is asked once. */
function pictured(how: How, tag: Tag): Promise<Picture> {
  const key = `${tag} ${how}`;
  const known = pictures.get(key) ?? (how === 'with --at' ? pictureOf(example.dir, tag) : pictureOf(example.checkedOut(tag)));
  pictures.set(key, known);
  return known;
}
afterAll(() => example.remove());

it('the example is the same repository on every machine', () => {
  const main = execFileSync('git', ['-C', example.dir, 'rev-parse', 'main'], { encoding: 'utf8' }).trim();
  expect(main).toBe('a0454dc9a481985d3ceaf799accf933637313092');
  const journal = readFileSync(fileURLToPath(new URL('JOURNAL-pxgate.md', import.meta.url)));
  expect(readFileSync(`${example.dir}/machine-docs/JOURNAL-pxgate.md`).equals(journal)).toBe(true);
});

type How = 'with --at' | 'checked out';
const cases = tags.flatMap((tag) => (['with --at', 'checked out'] as const).map((how) => ({ tag, how })));

describe.each(cases)('$tag, $how', ({ tag, how }) => {
  const expected = facts.revisions[tag];
  const orderOf = (commit: string): number => facts.commits.findIndex((one) => one.commit === commit);
  /** Had this commit been made by then? */
  const isAt = (commit: string): boolean => orderOf(commit) <= orderOf(expected.commit);
  const bySent = (a: { sent?: string | undefined }, b: { sent?: string | undefined }): number => orderOf(a.sent ?? '') - orderOf(b.sent ?? '');
  let picture: Picture;
  let tree: Entry[];
  beforeAll(async () => {
    picture = await pictured(how, tag);
    tree = picture.entries.filter((entry) => entry.place.rev === null);
  });

  it('phases, in order', () => {
    expect(picture.status.phases.map(({ id, order }) => ({ id, order }))).toEqual(facts.phases.map(({ id, order }) => ({ id, order })));
  });

  it('documents', () => {
    expect(picture.documents.map((document) => document.path).sort()).toEqual(expected.documents);
  });

  it('entries of each kind, in the tree and in history', () => {
    const count = (entries: Entry[], kinds: string[]): Record<string, number> => Object.fromEntries(kinds.map((kind) => [kind, entries.filter((entry) => entry.kind === kind).length]));
    expect(count(tree, Object.keys(expected.counts.inTree))).toEqual(expected.counts.inTree);
    expect(count(picture.entries, Object.keys(expected.counts.inHistoryToo))).toEqual(expected.counts.inHistoryToo);
  });

  it('gates', () => {
    const gates = picture.status.phases.flatMap((phase) => phase.gates.map((gate) => [`${phase.id}/${gate.id}`, { state: gate.state, claim: gate.claim ?? undefined, verdict: gate.verdict ?? undefined }] as const));
    expect(Object.fromEntries(gates.filter(([id]) => id in expected.gates))).toMatchObject(expected.gates);
    expect(gates.map(([id]) => id).sort()).toEqual(Object.keys(expected.gates).sort());
  });

  it('DONE, where it is marked', () => {
    const marked = picture.status.phases.map((phase) => [phase.id, phase.done.marked]);
    expect(Object.fromEntries(marked)).toEqual(Object.fromEntries(Object.entries(expected.done).map(([id, done]) => [id, done.marked])));
  });

  it('findings', () => {
    const ids = (state: 'open' | 'closed'): string[] => picture.status.phases.flatMap((phase) => phase.findings[state]).sort();
    expect({ open: ids('open'), closed: ids('closed') }).toEqual({ open: [...expected.findings.open].sort(), closed: [...expected.findings.closed].sort() });
  });

  it('deferred items', () => {
    const { open, closed, triggered } = picture.status.deferred;
    expect({ open: [...open].sort(), closed: [...closed].sort(), triggered: [...triggered].sort() }).toEqual({
      open: [...expected.deferred.open].sort(),
      closed: [...expected.deferred.closed].sort(),
      triggered: [...expected.deferred.triggered].sort(),
    });
  });

  it.each(['builder', 'adversary'] as const)('unread messages to the %s', (side) => {
    const unread = picture.status.inbox[side].map((id) => tree.find((entry) => entry.id === id));
    expect(unread.map((entry) => ({ path: entry?.place.path, sent: entry?.sent?.commit, grown: entry?.grown?.map((event) => event.commit) }))).toEqual(expected.inbox[side]);
  });

  it('decisions, and which of them is in force', () => {
    const decisions = tree.filter((entry) => entry.kind === 'decision');
    const states = Object.fromEntries(Object.keys(expected.decisions).map((state) => [state, decisions.filter((entry) => entry.state === state).length]));
    expect(states).toEqual(expected.decisions);
    const known = facts.decisions.filter((one) => tag !== 'before-fix' || one.supersedes === undefined);
    for (const one of known) {
      const found = decisions.find((entry) => entry.phase === one.phase && entry.title.includes(one.titleContains));
      expect(found).toMatchObject({ state: one.stateBefore?.[tag] ?? one.state, date: one.date ?? null, place: one.place });
    }
  });

  it('alerts and vetoes', () => {
    expect(picture.status.alerts).toEqual(expected.alerts.open);
    expect(picture.status.phases.flatMap((phase) => phase.vetoes)).toEqual([]);
  });

  it('loose reproductions', () => {
    const journal = 'machine-docs/JOURNAL-pxgate.md';
    const found = tree.filter((entry) => entry.kind === 'reproduction');
    expect(found.filter((entry) => entry.place.path !== journal)).toEqual([]);
    const steps = found.flatMap((entry) => entry.steps ?? []);
    const observations = steps.flatMap((step) => step.observations);
    const counted = {
      reproductions: found.length,
      steps: steps.length,
      commands: steps.flatMap((step) => step.commands).length,
      observations: observations.length,
      fails: observations.filter((one) => one.verdict === 'fails').length,
    };
    const none = { reproductions: 0, steps: 0, commands: 0, observations: 0, fails: 0 };
    expect(counted).toEqual(tag === 'before-fix' ? none : facts.looseReproductions[journal]);
  });

  it('cited commits: landed, rewritten, on a branch only, never there', () => {
    const cited = tree.flatMap((entry) => entry.refs.filter((ref) => ref.type === 'commit').map((ref) => ({ path: entry.place.path, ref })));
    const rules: Record<string, string> = { rewritten: 'rewritten-commit', dangling: 'dangling-commit', unlanded: 'unlanded-commit' };
    const odd = cited.filter(({ ref }) => ref.status !== 'resolved').map(({ path, ref }) => `${rules[ref.status]} ${path}:${ref.line}`);
    const wanted = expected.expected.filter(({ rule }) => Object.values(rules).includes(rule)).map(({ rule, place }) => `${rule} ${place?.path}:${place?.line}`);
    expect(odd.toSorted()).toEqual(wanted.toSorted());
    for (const { value, target, via } of expected.expected.filter(({ rule }) => rule === 'rewritten-commit')) {
      expect(cited.find(({ ref }) => ref.value === value)?.ref).toMatchObject({ target, via, status: 'rewritten' });
    }
  });

  it('nothing else that is mentioned is missing or has moved', () => {
    const odd = tree.flatMap((entry) => entry.refs.filter((ref) => ref.type !== 'commit' && !['resolved', 'external'].includes(ref.status)).map((ref) => `${entry.id} ${ref.type} ${ref.value} ${ref.status}`));
    expect(odd).toEqual([]);
  });

  it('closings, by which commit and route', () => {
    for (const { entry, closedIn, landedAs, route } of facts.deferredClosings) {
      const item = tree.find(({ id }) => id === entry);
      if (isAt(closedIn)) {
        expect(item).toMatchObject({ state: 'closed', closed: { commit: landedAs, route } });
        expect(item?.history?.filter(({ what }) => what === 'closed').map(({ commit }) => commit)).toEqual([closedIn]);
      } else if (item) {
        expect(item).toMatchObject({ state: 'open', closed: null });
      }
    }
  });

  it('messages: sent, grown and consumed by which commit', () => {
    const messages = picture.entries.filter(({ kind }) => kind === 'inbox').map(({ id, sent, grown, consumed }) => ({ to: id.slice('inbox:'.length, id.indexOf('/')), sent: sent?.commit, grown: grown?.map(({ commit }) => commit), consumed: consumed?.commit ?? null }));
    const known = facts.inboxLedger.filter(({ sent }) => isAt(sent)).map(({ to, sent, grown, consumed }) => ({ to, sent, grown: grown.filter(isAt), consumed: consumed !== null && isAt(consumed) ? consumed : null }));
    expect(messages.toSorted(bySent)).toEqual(known.toSorted(bySent));
  });

  it('decisions that retire others', () => {
    for (const one of facts.decisions.filter((decision) => decision.supersedes && tag !== 'before-fix')) {
      const successor = tree.find((entry) => entry.kind === 'decision' && entry.title.includes(one.titleContains));
      const retired = tree.find((entry) => entry.id === successor?.supersedes?.[0]?.target);
      expect(retired).toMatchObject({ kind: 'decision', phase: one.supersedes?.phase, state: 'superseded' });
      expect(retired?.supersededBy?.map((link) => link.target)).toEqual([successor?.id]);
    }
  });
});

it.each(tags)('%s reads the same from history and from the files', async (tag) => {
  const [past, files] = [await pictured('with --at', tag), await pictured('checked out', tag)];
  expect(files.status).toEqual(past.status);
  expect(files.entries).toEqual(past.entries);
  expect(files.documents).toEqual(past.documents);
});

it('messages that were consumed live on in history', async () => {
  const { entries } = await pictured('checked out', 'head');
  const ledger = entries
    .filter((entry) => entry.kind === 'inbox')
    .map((entry) => ({
      to: entry.id.startsWith('inbox:builder/') ? 'builder' : 'adversary',
      date: entry.date,
      sent: entry.sent?.commit,
      grown: entry.grown?.map((event) => event.commit),
      consumed: entry.consumed?.commit ?? null,
    }))
    .sort((a, b) => String(a.date).localeCompare(String(b.date)));
  expect(ledger).toEqual(facts.inboxLedger);
});

it('sync: what closes by which commit and route, what waits, what is refused', async () => {
  const { data } = await askDocket(['sync', '--dry-run', '--landing', 'main'], example.dir);
  const { closed, pending, refused, reopened } = facts.sync;
  expect(data).toMatchObject({ closed, pending, refused, reopened });
});

describe('commits', () => {
  let commits: CommitFact[];
  beforeAll(async () => {
    commits = (await openDocket(example.dir)).ledger.commits;
  });

  it.each(facts.commits)('$n $subject', ({ commit, at, subject, role, roleFrom }) => {
    const fact = commits.find((one) => one.commit === commit);
    expect(fact).toMatchObject({ at, subject });
    // Where nothing in the message tells the role, the author map of a configuration would; the example has none.
    expect(roleFrom.startsWith('nothing') ? [role, null] : [role]).toContain(fact?.role);
  });
});
