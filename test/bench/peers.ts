import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { measure, type Subject } from './measure.ts';

// The same work by docket and by what people would use instead, side by side: each tool on items in its own form, in a repository of its own.
// Every figure is a ratio to an empty Node process of the same run. What does not install that day is named with its error.

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '7' }, items: { type: 'string', default: '1000' }, keep: { type: 'boolean', default: false } } });
const count = Number(values.items);
const scratch = mkdtempSync(join(tmpdir(), 'docket-peers-'));
const docketBinary = fileURLToPath(new URL('../../dist/bin/docket.js', import.meta.url));

type Work = 'start' | 'list' | 'check' | 'hook';
const works: Readonly<Record<Work, string>> = { start: 'cold start (`--version`)', list: `list ${count} items`, check: `check ${count} items`, hook: 'check one commit, as its hook' };

/** A tool, how its items are laid out, and the arguments that make it do each work; a work that it does not know is left out. */
interface Peer {
  name: string;
  /** Its name on the registry; null for docket itself. */
  install: string | null;
  binary: string;
  layOut: (dir: string) => void;
  run: Partial<Record<Work, string[]>>;
}

const numbers = Array.from({ length: count }, (_, index) => index + 1);
const write = (dir: string, path: string, text: string): void => {
  mkdirSync(join(dir, path, '..'), { recursive: true });
  writeFileSync(join(dir, path), text);
};

const peers: Peer[] = [
  {
    name: 'docket',
    install: null,
    binary: docketBinary,
    layOut: (dir) => {
      write(dir, 'machine-docs/JOURNAL-one.md', '# JOURNAL: phase one\n\n## 2026-11-01 — started\n\nThe work has begun.\n');
      for (const n of numbers) write(dir, `src/part-${n}.ts`, '');
      write(dir, 'machine-docs/DEFERRED.md', `# DEFERRED\n\n## Open deferrals\n\n${numbers.map((n) => `### 2026-10-${String((n % 28) + 1).padStart(2, '0')} — item number ${n}\n- [ ] **What:** part ${n} of the work (\`src/part-${n}.ts\`)\n- **Filed by:** Builder, phase one\n- **Reason for deferral:** it can wait.\n- **Re-entry trigger:** the release\n`).join('\n')}\n## Closed deferrals\n\n(none yet)\n`);
    },
    run: { start: ['--version'], list: ['list', 'deferred', '--limit', String(count)], check: ['check'], hook: ['hook', 'pre-commit'] },
  },
  {
    name: 'Backlog.md',
    install: 'backlog.md',
    binary: 'backlog',
    layOut: (dir) => {
      write(dir, 'backlog/config.yml', 'project_name: "peers"\ndefault_status: "To Do"\nstatuses: ["To Do", "In Progress", "Done"]\nlabels: []\ndate_format: yyyy-mm-dd\nremote_operations: false\nauto_commit: false\ncheck_active_branches: false\n');
      for (const n of numbers) write(dir, `backlog/tasks/task-${n} - item-number-${n}.md`, `---\nid: TASK-${n}\ntitle: item number ${n}\nstatus: To Do\nassignee: []\ncreated_date: '2026-11-24'\nlabels: []\ndependencies: []\nordinal: ${n}000\n---\n\n## Description\n\nPart ${n} of the work.\n`);
    },
    run: { start: ['--version'], list: ['task', 'list', '--plain'], check: ['doctor'] },
  },
  {
    name: 'OpenSpec',
    install: '@fission-ai/openspec',
    binary: 'openspec',
    layOut: (dir) => {
      write(dir, 'openspec/config.yaml', 'schema: spec-driven\n');
      for (const n of numbers) write(dir, `openspec/specs/item-${n}/spec.md`, `# item-${n}\n\n## Purpose\nItem number ${n} stands for one part of the work, and this sentence is long enough to be its purpose.\n\n## Requirements\n\n### Requirement: Part ${n}\nThe system SHALL do part ${n}.\n\n#### Scenario: it is done\n- **WHEN** it is asked\n- **THEN** it answers\n`);
    },
    run: { start: ['--version'], list: ['list', '--specs'], check: ['validate', '--specs'] },
  },
  {
    name: 'log4brains',
    install: 'log4brains',
    binary: 'log4brains',
    layOut: (dir) => {
      write(dir, '.log4brains.yml', 'project:\n  name: peers\n  tz: Etc/UTC\n  adrFolder: ./docs/adr\n  packages: []\n');
      for (const n of numbers) write(dir, `docs/adr/20261124-item-number-${n}.md`, `# Item number ${n}\n\n- Status: accepted\n- Date: 2026-11-24\n\n## Context\n\nPart ${n} of the work.\n`);
    },
    run: { start: ['--version'], list: ['adr', 'list'] },
  },
  {
    name: 'task-master',
    install: 'task-master-ai',
    binary: 'task-master',
    layOut: (dir) => {
      const tasks = numbers.map((id) => ({ id, title: `item number ${id}`, description: `Part ${id} of the work.`, status: 'pending', dependencies: [], priority: 'medium', details: '', testStrategy: '', subtasks: [] }));
      write(dir, '.taskmaster/tasks/tasks.json', JSON.stringify({ master: { tasks, metadata: { created: '2026-11-24T00:00:00Z', updated: '2026-11-24T00:00:00Z', description: 'peers' } } }));
    },
    run: { start: ['--version'], list: ['list'], check: ['validate-dependencies'] },
  },
  {
    name: 'commitlint',
    install: '@commitlint/cli',
    binary: 'commitlint',
    layOut: (dir) => {
      write(dir, '.commitlintrc.json', '{"rules": {"type-empty": [2, "never"], "subject-empty": [2, "never"], "header-max-length": [2, "always", 100]}}');
      write(dir, 'message', 'feat: one more\n');
    },
    run: { start: ['--version'], check: ['--from', `HEAD~${count}`], hook: ['--edit', 'message'] },
  },
  { name: 'archgate', install: 'archgate', binary: 'archgate', layOut: () => undefined, run: { start: ['--version'] } },
];

/** A repository with the items of a tool, committed; for the one that judges commits, with as many commits as the others have items. */
function prepare(peer: Peer): string {
  const dir = join(scratch, `${peer.name}-items`);
  mkdirSync(dir);
  const git = (args: string[], input?: string): void => {
    const { status, stderr } = spawnSync('git', ['-c', 'user.name=Bench', '-c', 'user.email=bench@example.org', ...args], { cwd: dir, encoding: 'utf8', ...(input === undefined ? {} : { input }) });
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  };
  git(['init', '-q', '-b', 'main']);
  peer.layOut(dir);
  git(['add', '.']);
  git(['commit', '-q', '-m', 'feat: the items']);
  if (peer.name === 'commitlint') git(['fast-import', '--quiet', '--force'], history());
  return dir;
}

function history(): string {
  const commits = numbers.map((n) => `commit refs/heads/main\ncommitter Bench <bench@example.org> ${1_790_000_000 + n} +0000\ndata <<end\nfeat: item number ${n}\nend\n\n${n === 1 ? 'from refs/heads/main^0\n' : ''}`);
  return commits.join('');
}

/** Installs a tool into a folder of its own; null and its error where that fails. Install scripts are not run. */
function install(peer: Peer): { binary: string; version: string } | { error: string } {
  if (peer.install === null) return { binary: peer.binary, version: '' };
  const dir = join(scratch, `${peer.name}-tool`);
  mkdirSync(dir);
  writeFileSync(join(dir, 'package.json'), '{"private": true}');
  const { status, stderr } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', peer.install], { cwd: dir, encoding: 'utf8', timeout: 600_000 });
  const binary = join(dir, 'node_modules/.bin', peer.binary);
  if (status !== 0 || !existsSync(binary)) return { error: /npm error code (\S+)/.exec(stderr)?.[1] ?? 'it did not install' };
  return { binary, version: (JSON.parse(readFileSync(join(dir, 'node_modules', peer.install, 'package.json'), 'utf8')) as { version: string }).version };
}

/** A copy with one more item staged, as its hook meets it. */
function stageOne(dir: string): string {
  const copy = `${dir}-staged`;
  cpSync(dir, copy, { recursive: true });
  const file = join(copy, 'machine-docs/DEFERRED.md');
  const item = '### 2026-11-02 — one more\n- [ ] **What:** what is left (`src/part-1.ts`)\n- **Filed by:** Builder, phase one\n- **Reason for deferral:** it can wait.\n- **Re-entry trigger:** the release\n\n';
  writeFileSync(file, readFileSync(file, 'utf8').replace('## Closed deferrals', `${item}## Closed deferrals`));
  spawnSync('git', ['add', '.'], { cwd: copy });
  return copy;
}

try {
  const subjects: Record<Work, Subject[]> = { start: [], list: [], check: [], hook: [] };
  const columns: string[] = [];
  const absent: string[] = [];
  for (const peer of peers) {
    const tool = install(peer);
    if ('error' in tool) {
      absent.push(`${peer.name}: not measured, npm says ${tool.error}`);
      continue;
    }
    columns.push(peer.name);
    absent.push(...(tool.version === '' ? [] : [`${peer.name} ${tool.version}`]));
    const dir = prepare(peer);
    const staged = peer.install === null ? stageOne(dir) : dir;
    for (const work of Object.keys(works) as Work[]) {
      const args = peer.run[work];
      if (args !== undefined) subjects[work].push({ name: `${work} ${peer.name}`, program: tool.binary, args, cwd: work === 'hook' ? staged : dir, exits: [0, 1] });
    }
  }
  const empty: Subject = { name: 'empty Node process', args: ['-e', '0'] };
  // Whoever keeps a cache has it from the second run on, and so does every user.
  for (const { program, args, cwd } of Object.values(subjects).flat()) spawnSync(program ?? process.execPath, args, { cwd, stdio: 'ignore' });
  const figures = measure([empty, ...Object.values(subjects).flat()], Number(values.rounds), scratch);
  const base = figures[0]?.ms ?? Number.NaN;
  const cell = (work: Work, column: string): string => {
    const figure = figures.find(({ name }) => name === `${work} ${column}`);
    return figure === undefined ? '–' : (figure.ms / base).toFixed(2);
  };
  console.log(`${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${cpus().length} cores, medians of ${values.rounds} rounds, × an empty Node process (${base.toFixed(0)} ms)\n`);
  console.log(`| work | ${columns.join(' | ')} |\n|---|${columns.map(() => '---:').join('|')}|`);
  for (const work of Object.keys(works) as Work[]) console.log(`| ${works[work]} | ${columns.map((column) => cell(work, column)).join(' | ')} |`);
  console.log(`\n${absent.join('; ')}.`);
} finally {
  if (values.keep) console.error(`kept: ${scratch}`);
  else rmSync(scratch, { recursive: true, force: true });
}
