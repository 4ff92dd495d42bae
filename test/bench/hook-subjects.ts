import { spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure, Subject } from './measure.ts';

/** What git waits for, measured as git starts it, with what is allowed to it (design 5.2). */
interface HookRow {
  name: string;
  /** So many times an empty Node process; with `status`, so many times that and one `git status`. */
  target: number;
  status: boolean;
}

const emptyNode = 'an empty Node process';
const gitStatus = 'git status';
const journalBytes = 33_000;

const judgedBefore = 'judged before';

interface HookBench {
  subjects: Subject[];
  rows: HookRow[];
}

/** The cases of a repository of its own: hooks are installed, and what stands in its index and working tree is thrown away. */
export function hookSubjects(bin: string, dir: string): HookBench {
  const stage = openStage(bin, dir);
  const subject = (name: string, before: () => void): Subject => ({ name, program: stage.hook, args: [], before });
  return {
    subjects: [
      { name: emptyNode, args: ['-e', '0'] },
      { name: gitStatus, program: 'git', args: ['status'], before: stage.reset },
      subject('nothing of the record staged', stage.code),
      subject(judgedBefore, stage.known),
      subject('one section of a journal of 33 KB', stage.section),
      subject('a new journal of 33 KB', stage.file),
    ],
    rows: [
      { name: 'nothing of the record staged', target: 0.1, status: false },
      { name: judgedBefore, target: 1.5, status: true },
      { name: 'one section of a journal of 33 KB', target: 2.5, status: true },
      { name: 'a new journal of 33 KB', target: 4, status: true },
    ],
  };
}

/** Of a large record only what was judged before, and one more section. */
export function largeSubjects(bin: string, dir: string): HookBench {
  const { subjects, rows } = hookSubjects(bin, dir);
  const wanted = new Set([emptyNode, gitStatus, judgedBefore, 'one section of a journal of 33 KB']);
  return {
    subjects: subjects.filter(({ name }) => wanted.has(name)),
    rows: rows.flatMap(({ name }) => (wanted.has(name) ? [{ name, target: 3, status: false }] : [])),
  };
}

interface Stage {
  hook: string;
  reset(): void;
  /** Stages what no hook has seen yet: a source file, one more section, a new journal. */
  code(): void;
  section(): void;
  file(): void;
  /** Stages what the hook has judged. */
  known(): void;
}

function openStage(bin: string, dir: string): Stage {
  const git = (...words: string[]): void => run(dir, 'git', ['-c', 'user.name=Bench', '-c', 'user.email=bench@example.org', ...words]);
  const hook = join(dir, '.git/hooks/pre-commit');
  const documents = join(dir, 'machine-docs');
  git('reset', '-q', '--hard');
  run(dir, process.execPath, [bin, 'install', 'hooks']);
  const journal = join(documents, nearest(documents, journalBytes));
  resize(journal, journalBytes);
  git('add', '-A');
  git('commit', '-q', '--no-verify', '-m', 'journal: of the size that is measured');
  let count = 0;
  const reset = (): void => git('reset', '-q', '--hard');
  const append = (path: string, text: string): void => {
    reset();
    appendFileSync(path, text);
    git('add', path);
  };
  return {
    hook,
    reset,
    code: () => append(join(dir, 'src/part-1.ts'), `// ${(count += 1)}\n`),
    section: () => append(journal, `\n## 2027-01-01 — edit ${(count += 1)}\n\nOne more entry, with \`code\` and **Next:** the ${count}th.\n`),
    known: () => {
      append(journal, '\n## 2027-01-01 — judged before\n\nOne more entry.\n');
      run(dir, hook, []);
    },
    file: () => {
      reset();
      const path = join(documents, `JOURNAL-bench${(count += 1)}.md`);
      // No section of it may be known.
      writeFileSync(path, readFileSync(journal, 'utf8').replace(/^(?=\S)(?![#>|`-])/gmu, `${count} `));
      git('add', path);
    },
  };
}

/** A table with the ratio of each row, and what is allowed to it. */
export function hookTable(figures: readonly Figure[], rows: readonly HookRow[]): string {
  const msOf = (name: string): number => figures.find((one) => one.name === name)?.ms ?? Number.NaN;
  const [empty, status] = [msOf(emptyNode), msOf(gitStatus)];
  const line = ({ name, target, status: counted }: HookRow): string => {
    const ratio = msOf(name) / (counted ? empty + status : empty);
    return `| ${name} | ${msOf(name).toFixed(1)} | ${ratio.toFixed(2)} × ${counted ? '(Node + git status)' : 'Node'} | ${target} | ${ratio <= target ? 'yes' : 'no'} |`;
  };
  return [`pre-commit; an empty Node process ${empty.toFixed(1)} ms, git status ${status.toFixed(1)} ms`, '', '| staged | ms | ratio | allowed | kept |', '|---|---:|---:|---:|---|', ...rows.map(line)].join('\n');
}

/** The journal whose size is nearest to `bytes`. */
function nearest(folder: string, bytes: number): string {
  const away = (name: string): number => Math.abs(statSync(join(folder, name)).size - bytes);
  return readdirSync(folder).filter((name) => name.startsWith('JOURNAL-')).toSorted((a, b) => away(a) - away(b))[0] ?? '';
}

/** Cuts or lengthens a journal by whole entries. */
function resize(path: string, bytes: number): void {
  const [head = '', ...entries] = readFileSync(path, 'utf8').split(/^(?=## )/mu);
  let text = head;
  for (let index = 0; entries.length > 0 && text.length < bytes; index += 1) text += entries[index % entries.length] ?? '';
  writeFileSync(path, text);
}

function run(cwd: string, program: string, args: string[]): void {
  const { status, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}: ${stderr}`);
}
