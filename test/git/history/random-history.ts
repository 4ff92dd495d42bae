import { join } from 'node:path';
import * as fc from 'fast-check';
import { buildRepo, temporaryFolder, type TestRepo } from '../build-repo.ts';

/** One step in the making of a history. Numbers are taken modulo what there is. */
export type HistoryStep =
  | { kind: 'edit'; branch: number; file: number; edits: LineStep[] }
  | { kind: 'delete' | 'rename'; branch: number; file: number }
  | { kind: 'other'; branch: number }
  | { kind: 'fork'; branch: number; back: number }
  | { kind: 'merge'; branch: number; others: number[]; evil: LineStep[]; ours: boolean };

export interface LineStep {
  at: number;
  remove: number;
  insert: string[];
}

const texts = ['a', 'b', 'c', '', '}', '- [ ] one', '- [x] one', '- [ ] two things', '- [x] two things.', 'a longer line of words', 'a longer line of words,', 'bin\0ary', 'cr\r', 'é'];
const line = fc.constantFrom(...texts);
const lineStep: fc.Arbitrary<LineStep> = fc.record({ at: fc.nat(30), remove: fc.nat(3), insert: fc.array(line, { maxLength: 4 }) });
const branch = fc.nat(3);
const file = fc.nat(3);

export const historySteps: fc.Arbitrary<HistoryStep[]> = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.record({ kind: fc.constant('edit' as const), branch, file, edits: fc.array(lineStep, { minLength: 1, maxLength: 3 }) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), branch, file }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('rename' as const), branch, file }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('other' as const), branch }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('fork' as const), branch, back: fc.nat(2) }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('merge' as const), branch, others: fc.array(fc.nat(4), { minLength: 1, maxLength: 2 }), evil: fc.array(lineStep, { maxLength: 1 }), ours: fc.boolean() }) },
  ),
  { minLength: 3, maxLength: 24 },
);

type Files = Map<string, string>;

interface MadeCommit {
  mark: number;
  parents: MadeCommit[];
  files: Files;
}

const longEnough = 'a longer first line of this file\nand a second one\n';

export interface BuiltHistory {
  /** The tips of its branches. */
  tips: string[];
  /** The first tip as it was after some of the steps. */
  early: string;
  /** The documents at the first tip. */
  paths: string[];
}

/** Builds histories that have nothing in common, in one repository, with real git (`fast-import`). */
export async function buildHistories(histories: readonly { steps: readonly HistoryStep[]; split: number }[]): Promise<{ repo: TestRepo; built: BuiltHistory[] }> {
  const repo = await buildRepo({ dir: join(temporaryFolder(), 'repo') });
  const commits: MadeCommit[] = [];
  const commit = (parents: MadeCommit[], files: Files): MadeCommit => {
    const made = { mark: commits.length + 1, parents, files };
    commits.push(made);
    return made;
  };
  const made = histories.map(({ steps, split }) => runSteps(steps, split, commit));
  const refs = made.flatMap(({ tips, early }, index) => [...tips.map((tip, branch) => reset(`h${index}/b${branch}`, tip)), reset(`h${index}/early`, early)]);
  repo.run(['fast-import', '--quiet', '--force'], { input: commits.map(stream).join('') + refs.join('') });
  const ids = new Map(repo.git('for-each-ref', '--format=%(refname:lstrip=2) %(objectname)').split('\n').map((line) => line.split(' ') as [string, string]));
  const idOf = (name: string): string => ids.get(name) ?? '';
  const built = made.map(({ tips }, index) => ({
    tips: tips.map((_, branch) => idOf(`h${index}/b${branch}`)),
    early: idOf(`h${index}/early`),
    paths: [...(tips[0]?.files.keys() ?? [])].filter((path) => path.startsWith('machine-docs/')),
  }));
  return { repo, built };
}

function runSteps(steps: readonly HistoryStep[], split: number, commit: Building['commit']): { tips: MadeCommit[]; early: MadeCommit } {
  const root = commit([], new Map([['machine-docs/f0.md', longEnough]]));
  const tips = [root];
  let early = root;
  for (const [index, step] of steps.entries()) {
    if (index === split % steps.length) early = tips[0] ?? root;
    const at = step.branch % tips.length;
    applyStep(step, { tips, at, tip: tips[at] ?? root, commit });
  }
  return { tips, early };
}

function reset(name: string, { mark }: MadeCommit): string {
  return `reset refs/heads/${name}\nfrom :${mark}\n\n`;
}

interface Building {
  tips: MadeCommit[];
  at: number;
  tip: MadeCommit;
  commit: (parents: MadeCommit[], files: Files) => MadeCommit;
}

function applyStep(step: HistoryStep, { tips, at, tip, commit }: Building): void {
  const files = new Map(tip.files);
  if (step.kind === 'fork') {
    let from = tip;
    for (let back = 0; back < step.back; back++) from = from.parents[0] ?? from;
    if (tips.length < 4) tips.push(from);
    return;
  }
  if (step.kind === 'merge') {
    const others = [...new Set(step.others.map((other) => tips[other % tips.length]).filter((other) => other !== undefined && other !== tip))] as MadeCommit[];
    if (others.length === 0) return;
    const merged = step.ours ? files : joinFiles(files, others);
    if (step.evil.length > 0) editFile(merged, 'machine-docs/f0.md', step.evil);
    tips[at] = commit([tip, ...others], merged);
    return;
  }
  if (step.kind === 'other') files.set('src/code.txt', `${files.get('src/code.txt') ?? ''}x\n`);
  else changeFile(files, step);
  tips[at] = commit([tip], files);
}

function changeFile(files: Files, step: Extract<HistoryStep, { file: number }>): void {
  const path = `machine-docs/f${step.file}.md`;
  if (step.kind === 'edit') editFile(files, path, step.edits);
  else if (step.kind === 'delete') files.delete(path);
  else {
    const text = files.get(path);
    files.delete(path);
    if (text !== undefined) files.set(`machine-docs/sub/f${step.file}.md`, text);
  }
}

/** A merge as people resolve it: from files that several sides changed, the lines of all sides in turn. */
function joinFiles(files: Files, others: readonly MadeCommit[]): Files {
  const joined = new Map(files);
  for (const other of others) {
    for (const [path, text] of other.files) {
      const own = joined.get(path);
      if (own === undefined) joined.set(path, text);
      else if (own !== text) joined.set(path, interleave(own.split('\n'), text.split('\n')).join('\n'));
    }
  }
  return joined;
}

function interleave(a: readonly string[], b: readonly string[]): string[] {
  const half = Math.ceil(a.length / 2);
  return [...a.slice(0, half), ...b.slice(Math.floor(b.length / 2))];
}

function editFile(files: Files, path: string, steps: readonly LineStep[]): void {
  const lines = (files.get(path) ?? '').split('\n');
  for (const { at, remove, insert } of steps) lines.splice(at % (lines.length + 1), remove, ...insert);
  files.set(path, lines.join('\n'));
}

/** One commit as `git fast-import` takes it. The clock goes backwards at times, as clocks do. */
function stream({ mark, parents, files }: MadeCommit): string {
  const time = 1_770_000_000 + mark * 60 - (mark % 5 === 4 ? 200 : 0);
  const [first, ...others] = parents;
  const lines = [`commit refs/heads/b`, `mark :${mark}`, `committer T <t@example.org> ${time} +0000`, data(`step ${mark}\n`)];
  if (first) lines.push(`from :${first.mark}`);
  lines.push(...others.map((other) => `merge :${other.mark}`), 'deleteall');
  for (const [path, text] of files) lines.push(`M 100644 inline ${path}`, data(text));
  return `${first ? '' : 'reset refs/heads/b\n'}${lines.join('\n')}\n\n`;
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}`;
}
