import { resolve } from 'node:path';
import type { Diagnostic } from '../../contract/schema/envelope.ts';
import { openInfra, type Infra, type Problem } from '../../reconcile/index.ts';
import { escapeControls } from '../../reports/safe-text.ts';
import { valueOf, type Invocation } from '../invocation.ts';
import { answer, type Outcome } from '../outcome.ts';
import { writeAll } from '../print.ts';
import { exitCode } from '../../contract/exit-codes.ts';
import { findSpec, showPath, type FoundSpec } from './find-spec.ts';

export interface OpenedFor extends FoundSpec {
  infra: Infra;
  diagnose: (problems: readonly Problem[]) => Diagnostic[];
}

/** Opens the specification of a command and does its work; a specification that cannot be read is the answer, with all that is wrong with it. */
export async function withInfra(invocation: Invocation, work: (opened: OpenedFor) => Promise<Outcome>, stop?: AbortSignal): Promise<Outcome> {
  const { options, globals } = invocation;
  const found = await findSpec(invocation);
  const diagnose = (problems: readonly Problem[]): Diagnostic[] => problems.map((problem) => toDiagnostic(problem, found.root));
  const folder = (name: string): string | null => {
    const given = valueOf(options, name);
    return given === null ? null : resolve(globals.dir, given);
  };
  const [stateDir, alertsDir] = [folder('--state-dir'), folder('--alerts-dir')];
  const opened = await openInfra({
    file: found.file,
    shownAs: found.shownAs,
    root: found.root,
    env: process.env,
    ...(stateDir === null ? {} : { stateDir }),
    ...(alertsDir === null ? {} : { alertsDir }),
    ...(typeof found.repository?.head !== 'string' ? {} : { commit: found.repository.head }),
    ...(stop === undefined ? {} : { stop }),
    // Progress of long work, for a person who watches.
    ...(globals.quiet || globals.json ? {} : { say: (line: string) => void writeAll(process.stderr, `${escapeControls(line)}\n`) }),
  });
  if (!opened.ok) return answer({ data: {}, render: () => '', exitCode: exitCode.usage, diagnostics: diagnose(opened.problems) });
  return work({ ...found, infra: opened.infra, diagnose });
}

/** Ends the work at the next safe point when docket is asked to end; a second signal ends it at once. */
export async function untilStopped<T>(work: (stop: AbortSignal) => Promise<T>): Promise<T> {
  const stopper = new AbortController();
  const stop = (): void => stopper.abort();
  const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
  for (const signal of signals) process.once(signal, stop);
  try {
    return await work(stopper.signal);
  } finally {
    for (const signal of signals) process.off(signal, stop);
  }
}

function toDiagnostic({ rule, message, next, path, line, column }: Problem, root: string): Diagnostic {
  const place = path === null ? null : { path: showPath(root, path), line: line ?? 1, ...(column === null ? {} : { column }) };
  return { rule, level: 'error', message, place, related: [], entry: null, next, fixable: false };
}
