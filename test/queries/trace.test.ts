import { beforeAll, describe, expect, test } from 'vitest';
import { Failure, openDocket, traceDocket, type OpenOptions, type Trace } from '../../src/index.ts';
import { renderDot } from '../../src/reports/trace/dot.ts';
import { renderMermaid } from '../../src/reports/trace/mermaid.ts';
import { buildRepo, type TestRepo } from '../git/build-repo.ts';

async function ask(repo: TestRepo, id: string, depth = 1, options: OpenOptions = {}): Promise<Trace> {
  return (await traceDocket(await openDocket(repo.dir, options), id, depth)).trace;
}

const edgesOf = ({ edges }: Trace): string[] => edges.map(({ from, to, relation, status }) => `${from} ${relation} ${to}${status === 'resolved' ? '' : ` (${status})`}`).toSorted();
const idsOf = ({ nodes }: Trace): string[] => nodes.map(({ id }) => id);

/** A finding, a fix that closes it, a claim, a verdict, a message that was read, three decisions of one line. */
async function story(): Promise<{ repo: TestRepo; opened: string; fix: string; claim: string; verdict: string }> {
  const repo = await buildRepo();
  repo.write('src/a.ts', 'one\n');
  repo.write('machine-docs/BACKLOG-k2.md', '# BACKLOG\n\n## Build backlog\n\n## Adversary findings\n\n- [ ] **A1** — the upload gives up (`src/a.ts:1`)\n');
  repo.write('machine-docs/BUILDER-INBOX.md', '# BUILDER-INBOX @2026-01-01\n\nLook at A1 (k2).\n');
  repo.write('machine-docs/DECISIONS.md', '# DECISIONS\n\n## 2026-01-01 — k1: retry by hand\n\nSo.\n');
  const opened = repo.commit('review(k2): A1 found, no verdict');
  repo.write('src/a.ts', 'two\n');
  repo.write('machine-docs/BACKLOG-k2.md', '# BACKLOG\n\n## Build backlog\n\n## Adversary findings\n\n- [x] **A1** — the upload gives up (`src/a.ts:1`)\n');
  repo.remove('machine-docs/BUILDER-INBOX.md');
  repo.write('machine-docs/DECISIONS.md', '# DECISIONS\n\n## 2026-01-01 — k1: retry by hand\n\nSo.\n\n## 2026-01-02 — k1: retry at night (supersedes "retry by hand")\n\nSo.\n\n## 2026-01-03 — k2: retry at once (supersedes "retry at night")\n\nSo.\n');
  const fix = repo.commit('fix(k2): try again\n\nCloses-Finding: k2/A1\nDecision: decision:k2/k2-retry-at-once-supersedes-retry-at-night\n');
  repo.write('machine-docs/STATUS-k2.md', `# STATUS\n\n## Gate: M1 — CLAIMED, awaiting Adversary\n\nWHAT: finding A1 is closed by ${fix.slice(0, 10)}.\n`);
  const claim = repo.commit('claim(k2-M1): the upload tries again');
  repo.write('machine-docs/REVIEW-k2.md', '# REVIEW\n\n## M1 — PASS @2026-01-04\n\nSeen. The sha 1234abc is not there.\n');
  const verdict = repo.commit('review(k2-M1): M1 PASS');
  return { repo, opened, fix, claim, verdict };
}

describe('around a thing', () => {
  let all: Awaited<ReturnType<typeof story>>;
  beforeAll(async () => {
    all = await story();
  });

  test('a finding: its commits, what it mentions, what mentions it; each end of an edge is a node', async () => {
    const { repo, opened, fix } = all;
    const trace = await ask(repo, 'A1');
    expect(trace).toMatchObject({ root: 'finding:k2/A1', depth: 1, inForce: null });
    expect(edgesOf(trace)).toEqual(
      [
        `claim:k2/M1#1 mentions finding:k2/A1`, `finding:k2/A1 closed-by ${fix}`, `finding:k2/A1 changed-by ${fix}`, `finding:k2/A1 introduced-by ${opened}`, 'finding:k2/A1 mentions src/a.ts',
        'finding:k2/A1 of-phase k2', 'inbox:builder/2026-01-01-builder-inbox-2026-01-01 mentions finding:k2/A1', `${fix} closes finding:k2/A1`,
      ].toSorted(),
    );
    for (const { from, to } of trace.edges) expect(idsOf(trace)).toEqual(expect.arrayContaining([from, to]));
    expect(trace.nodes.find(({ id }) => id === fix)).toMatchObject({ type: 'commit', title: 'fix(k2): try again', depth: 1 });
    expect(trace.nodes[0]).toMatchObject({ type: 'finding', state: 'closed', depth: 0, place: { path: 'machine-docs/BACKLOG-k2.md' } });
  });

  test('a gate: who claims it, who judges it, entries and commits', async () => {
    const { repo, claim, verdict } = all;
    expect(edgesOf(await ask(repo, 'k2/M1'))).toEqual(expect.arrayContaining([`${claim} claims gate:k2/M1`, `${verdict} judges gate:k2/M1`, 'claim:k2/M1#1 claims gate:k2/M1', 'verdict:k2/M1#1 judges gate:k2/M1']));
  });

  test('a phase: its gates, findings and decisions, not everything of it', async () => {
    const trace = await ask(all.repo, 'k2');
    expect(trace.root).toBe('k2');
    expect(idsOf(trace)).toEqual(expect.arrayContaining(['gate:k2/M1', 'finding:k2/A1', 'decision:k2/k2-retry-at-once-supersedes-retry-at-night']));
    for (const id of ['verdict:k2/M1#1', all.fix]) expect(idsOf(trace)).not.toContain(id);
    expect(await ask(all.repo, 'phase:k2')).toEqual(trace);
  });

  test('a commit by its digits, by HEAD; as of a revision', async () => {
    const { repo, opened, fix, verdict } = all;
    const trace = await ask(repo, fix.slice(0, 8));
    expect(trace.root).toBe(fix);
    expect(edgesOf(trace)).toEqual(expect.arrayContaining([`${fix} closes finding:k2/A1`, `${fix} decides decision:k2/k2-retry-at-once-supersedes-retry-at-night`, `inbox:builder/2026-01-01-builder-inbox-2026-01-01 consumed-by ${fix}`]));
    expect((await ask(repo, 'HEAD')).root).toBe(verdict);
    expect((await ask(repo, `commit:${fix}`)).root).toBe(fix);
    expect(edgesOf(await ask(repo, 'A1', 1, { at: opened }))).toEqual(['finding:k2/A1 introduced-by ' + opened, 'finding:k2/A1 mentions src/a.ts', 'finding:k2/A1 of-phase k2', 'inbox:builder/2026-01-01-builder-inbox-2026-01-01 mentions finding:k2/A1']);
  });

  test('a sha that nobody has leads to those who cite it', async () => {
    const trace = await ask(all.repo, '1234abc');
    expect(edgesOf(trace)).toEqual(['verdict:k2/M1#1 mentions 1234abc (dangling)']);
    expect(trace.nodes.map(({ id, type }) => [id, type])).toEqual([['1234abc', 'unknown'], ['verdict:k2/M1#1', 'verdict']]);
  });

  test('steps: none, one, two; phases and files are ends', async () => {
    const [none, one, two] = [await ask(all.repo, 'A1', 0), await ask(all.repo, 'A1', 1), await ask(all.repo, 'A1', 2)];
    expect(none).toMatchObject({ nodes: [{ id: 'finding:k2/A1' }], edges: [] });
    expect(idsOf(two)).toEqual(expect.arrayContaining([...idsOf(one), 'gate:k2/M1']));
    expect(two.nodes.filter(({ depth }) => depth === 1).map(({ id }) => id).toSorted()).toEqual(idsOf(one).slice(1).toSorted());
    expect(idsOf(await ask(all.repo, 'A1', 3)).filter((id) => id.startsWith('decision:k1'))).not.toEqual([]);
    expect(idsOf(two)).not.toContain('gate:k1/M1');
  });

  test('a decision: the whole line, whatever the depth, and what holds', async () => {
    const line = ['decision:k1/k1-retry-by-hand', 'decision:k1/k1-retry-at-night-supersedes-retry-by-hand', 'decision:k2/k2-retry-at-once-supersedes-retry-at-night'];
    for (const [index, id] of line.entries()) {
      const trace = await ask(all.repo, id, 0);
      expect(idsOf(trace).toSorted()).toEqual(line.toSorted());
      expect(trace.inForce).toEqual([line[2]]);
      expect(trace.nodes.find((node) => node.id === line[0])?.depth).toBe(index);
    }
  });

  test('what is not there says so, and what is near', async () => {
    await expect(ask(all.repo, 'k2/A2')).rejects.toThrow(/Unknown id "k2\/A2".*A1/);
    await expect(ask(all.repo, 'deadbeef')).rejects.toThrow(/Unknown commit "deadbeef"/);
    await expect(ask(all.repo, 'HEAD~99')).rejects.toBeInstanceOf(Failure);
  });
});

describe('drawings', () => {
  test('hold every node and edge, and nothing that a title could smuggle in', async () => {
    const repo = await buildRepo();
    repo.write('machine-docs/DECISIONS.md', '# DECISIONS\n\n## 2026-01-01 — a "quoted" \\ title]) --> X; <script>alert(1)</script> %% `x` {y} | z\n\nSee `src/a"b.ts` and M1.\n\n## 2026-01-02 — on (supersedes 2026-01-01)\n\nSo.\n');
    repo.write('src/a"b.ts', 'x\n');
    repo.commit('feat: it');
    const [first] = (await openDocket(repo.dir)).ledger.entries;
    const trace = await ask(repo, first?.id ?? '', 2);
    expect(trace.edges.length).toBeGreaterThan(2);
    const mermaid = renderMermaid(trace);
    expect(mermaid.split('\n').filter((line) => / n\d+\["/.test(line))).toHaveLength(trace.nodes.length);
    expect(mermaid.split('\n').filter((line) => /^ {2}n\d+ -->\|"[^"|]*"\| n\d+$/.test(line))).toHaveLength(trace.edges.length);
    for (const line of mermaid.trimEnd().split('\n').slice(1)) expect(line).toMatch(/^ {2}n\d+(?:\["[^"<>`{}\\]*(?:<br\/>[^"<>`{}\\]*)*"\]| -->\|"[^"]*"\| n\d+)$/);
    const dot = renderDot(trace);
    for (const line of dot.trimEnd().split('\n').slice(3, -1)) expect(line).toMatch(/^ {2}n\d+(?: -> n\d+)? \[label="(?:[^"\\]|\\["\\n])*"(?:, style=dashed)?\];$/);
  });
});
