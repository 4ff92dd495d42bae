import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Something to measure: `node`, or another program, with these arguments. `before` runs first and is not counted. */
export interface Subject {
  name: string;
  args: string[];
  program?: string;
  /** Where it runs, if not where all of them do. */
  cwd?: string;
  /** Reads from what it printed how long the part of it took that is meant, in milliseconds; else its whole run counts. */
  timed?: (stdout: string) => number;
  before?: () => void;
  /** Measured in every n-th round only, for what is slow. */
  every?: number;
  /** The exit codes that are an answer; any other ends the benchmark. */
  exits?: number[];
}

export interface Figure {
  name: string;
  /** Median wall time of a run, in milliseconds. */
  ms: number;
  runs: number;
  /** The largest resident set of any process of one run, in MiB. */
  peak: number;
}

/** Runs all subjects in turn, round after round, so that whatever slows the machine meets all of them alike. */
export function measure(subjects: Subject[], rounds: number, cwd: string): Figure[] {
  const times = new Map<string, number[]>(subjects.map((one) => [one.name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const subject of subjects) if (round % (subject.every ?? 1) === 0) times.get(subject.name)?.push(timeOf(subject, cwd));
  }
  return subjects.map((one) => {
    const taken = times.get(one.name) ?? [];
    return { name: one.name, ms: median(taken), runs: taken.length, peak: peakOf(one, cwd) };
  });
}

function timeOf(subject: Subject, cwd: string): number {
  subject.before?.();
  const start = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync(subject.program ?? process.execPath, subject.args, { cwd: subject.cwd ?? cwd, stdio: ['ignore', subject.timed ? 'pipe' : 'ignore', 'pipe'], encoding: 'utf8' });
  const ms = Number(process.hrtime.bigint() - start) / 1e6;
  insist(subject, status, stderr);
  return subject.timed ? subject.timed(stdout) : ms;
}

/** GNU time counts git's processes too; without it the process says itself what it needed when it ends. */
function peakOf(subject: Subject, cwd: string): number {
  subject.before?.();
  const scratch = mkdtempSync(join(tmpdir(), 'docket-bench-peak-'));
  const out = join(scratch, 'peak');
  const gnu = existsSync('/usr/bin/time');
  if (!gnu && subject.program !== undefined) return Number.NaN;
  const witness = join(scratch, 'witness.mjs');
  writeFileSync(witness, `import { writeFileSync } from 'node:fs';\nprocess.on('exit', () => writeFileSync(${JSON.stringify(out)}, String(process.resourceUsage().maxRSS)));\n`);
  const [command, args] = gnu
    ? ['/usr/bin/time', ['-f', '%M', '-q', '-o', out, subject.program ?? process.execPath, ...subject.args]]
    : [process.execPath, ['--import', pathToFileURL(witness).href, ...subject.args]];
  const { status, stderr } = spawnSync(command, args, { cwd: subject.cwd ?? cwd, stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
  insist(subject, status, stderr);
  const kibibytes = Number(readFileSync(out, 'utf8').trim());
  rmSync(scratch, { recursive: true, force: true });
  return kibibytes / 1024;
}

/** What it says on stderr is told where it fails only: hints are no figures. */
function insist(subject: Subject, status: number | null, stderr: string): void {
  if (!(subject.exits ?? [0]).includes(status ?? -1)) throw new Error(`${subject.name}: ${subject.program ?? 'node'} ${subject.args.join(' ')} ended with ${status}\n${stderr}`);
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}
