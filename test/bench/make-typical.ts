import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openImport } from './typical/fast-import.ts';
import { phaseSteps } from './typical/phase-story.ts';
import type { Files, Step } from './typical/phase-story.ts';
import { sentence, sourcePaths } from './typical/prose.ts';
import { seeded } from './typical/random.ts';
import type { Random } from './typical/random.ts';

export interface Size {
  phases: number;
  /** Commits in all. What the phases do not need is filled with commits that touch no document. */
  commits: number;
  /** Markdown in the work tree, about. */
  megabytes: number;
  seed: number;
}

/** The typical repository: 60 phases, 250 files, 8 MB of markdown, 1,500 commits. */
export const typical: Size = { phases: 60, commits: 1500, megabytes: 8, seed: 7 };
export const stress: Size = { phases: 245, commits: 20_000, megabytes: 100, seed: 7 };
export const extreme: Size = { phases: 60, commits: 200_000, megabytes: 8, seed: 7 };

const start = Date.UTC(2026, 0, 1, 6) / 1000;
const gateNames = ['M1', 'M2', 'E0', 'W0.10a', 'Q4.6', 'DoD-1', 'U5', 'M2(c)', 'HC4'];

/** Builds the repository in `dir` (absent or empty); the same size and seed give the same shas. */
export async function makeTypical(dir: string, size: Size): Promise<{ head: string | null; files: number; bytes: number }> {
  const random = seeded(size.seed);
  const content = new Map<string, string>(firstFiles());
  const steps = interleave(planPhases(size, random), random);
  const idle = Math.max(0, size.commits - steps.length - 1);
  const importer = openImport(dir);
  let at = start;
  let changed = new Map<string, string | null>(content);
  const files: Files = {
    read: (path) => content.get(path) ?? '',
    put(path, text) {
      content.set(path, text);
      changed.set(path, text);
    },
    remove(path) {
      content.delete(path);
      changed.set(path, null);
    },
  };
  let head = await importer.add({ message: 'chore: skeleton', at, by: 'operator', files: changed }, true);
  const pause = Math.floor((size.commits > 50_000 ? 60 : 1200) / 2);
  let fillers = 0;
  for (const [index, step] of steps.entries()) {
    const due = Math.floor((idle * (index + 1)) / steps.length);
    for (; fillers < due; fillers += 1) {
      changed = new Map();
      at += random.between(pause, 2 * pause);
      const path = `src/part-${random.between(1, 400)}.ts`;
      files.put(path, `// ${sentence(random)}\nexport const part = ${fillers};\n`);
      await importer.add({ message: `${random.pick(['feat', 'fix', 'chore', 'note'])}: ${sentence(random)}`, at, by: 'builder', files: changed }, false);
    }
    changed = new Map();
    at += random.between(pause, 2 * pause);
    const message = step.write(files, at);
    head = await importer.add({ message, at, by: step.by, files: changed }, step.committedAs !== undefined || index === steps.length - 1);
    if (head !== null) step.committedAs?.(head);
  }
  await importer.finish();
  const markdown = [...content].filter(([path]) => path.endsWith('.md'));
  return { head, files: markdown.length, bytes: markdown.reduce((sum, [, text]) => sum + Buffer.byteLength(text), 0) };
}

/** The steps of each phase; how many gates a phase has follows from the commits that are there to spend. */
function planPhases({ phases, commits, megabytes }: Size, random: Random): Step[][] {
  const perPhase = Math.min(25, Math.floor(commits / phases));
  // Most of a phase's bytes are its journal entries, less than a third of its commits.
  const bytes = Math.round((megabytes * 1_000_000) / phases / (perPhase * 0.29));
  let before: string | null = null;
  return Array.from({ length: phases }, (_, index) => {
    const id = `${random.pick(['fix', 'warm', 'lvl', 'conc', 'p', 'canon'])}${index + 1}`;
    const offset = random.between(0, gateNames.length - 1);
    const gates = Array.from({ length: Math.max(1, Math.round((perPhase - 3) / 9)) }, (_, gate) => gateNames[(offset + gate) % gateNames.length] ?? 'M1');
    const steps = phaseSteps({ id, planned: index % 9 === 0, gates, bytes, before }, random);
    before = id;
    return steps;
  });
}

/** Phases follow one another, but two of them often overlap. */
function interleave(phases: Step[][], random: Random): Step[] {
  const waiting = phases.map((steps) => [...steps]);
  const order: Step[] = [];
  while (waiting.length > 0) {
    const which = waiting.length > 1 && random.chance(25) ? 1 : 0;
    const step = waiting[which]?.shift();
    if (step) order.push(step);
    if (waiting[which]?.length === 0) waiting.splice(which, 1);
  }
  return order;
}

function firstFiles(): [string, string][] {
  const deferred = '# DEFERRED\n\n## Format (one item per entry)\n\n```\n### YYYY-MM-DD — <slug>\n- [ ] **What:** <one sentence>\n```\n\n---\n\n## Open deferrals\n\n## Closed deferrals\n\n(none yet)\n';
  const decisions = '# DECISIONS — all phases, append-only\n\n## Settled\n\n- **Host:** one node carries everything.\n\n## Open (defaults)\n\n- **Alert delivery:** TBD.\n';
  return [
    ['machine-docs/DEFERRED.md', deferred],
    ['machine-docs/DECISIONS.md', decisions],
    ...sourcePaths.map((path): [string, string] => [path, `# ${path}\n`]),
  ];
}

if (process.argv[1]?.endsWith('make-typical.ts')) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { size: { type: 'string', default: 'typical' }, commits: { type: 'string' }, phases: { type: 'string' }, megabytes: { type: 'string' }, seed: { type: 'string' } },
  });
  const sizes: Record<string, Size> = { typical, stress, extreme };
  const base = sizes[values.size];
  const [dir] = positionals;
  if (!dir || !base || existsSync(resolve(dir, '.git'))) {
    console.error('usage: make-typical.ts DIR [--size typical|stress|extreme] [--commits N] [--phases N] [--megabytes N] [--seed N]; DIR may not be a repository yet');
    process.exit(2);
  }
  const number = (text: string | undefined, otherwise: number): number => (text === undefined ? otherwise : Number(text));
  const made = await makeTypical(resolve(dir), {
    phases: number(values.phases, base.phases),
    commits: number(values.commits, base.commits),
    megabytes: number(values.megabytes, base.megabytes),
    seed: number(values.seed, base.seed),
  });
  console.log(JSON.stringify(made));
}
