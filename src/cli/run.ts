import { exitCode } from '../contract/exit-codes.ts';
import { Failure } from '../contract/failure.ts';
import type { Envelope } from '../contract/schema/envelope.ts';
import { version } from '../contract/version.ts';
import { renderDiagnostics, renderNext } from '../reports/diagnostics-text.ts';
import { escapeControls, makeSafe, toSafeJson } from '../reports/safe-text.ts';
import { explainError, stackOf } from './explain-error.ts';
import { loadCommand } from './load-command.ts';
import { answer, type Outcome } from './outcome.ts';
import { parseArgv } from './parse-argv.ts';
import { chooseView, writeAll } from './print.ts';
import { scanArgv, type Scan } from './scan-argv.ts';

/** More than these on stderr would bury the answer; `--json` has all. */
const mostDiagnostics = 5;

/** Runs docket with these arguments: prints the answer and sets the exit code of the process. Never throws. */
export async function run(argv: readonly string[]): Promise<void> {
  const scan = scanArgv(argv);
  let outcome: Outcome;
  let stack: string | null = null;
  try {
    outcome = await dispatch(argv, scan);
  } catch (error) {
    outcome = explainError(error);
    stack = stackOf(error);
  }
  process.exitCode = outcome.exitCode;
  try {
    await print(outcome, stack, scan);
  } catch (error) {
    // The stream is broken; what could be said of that goes to the other one, and may be lost as well.
    process.exitCode = exitCode.usage;
    process.stderr.write(`docket: the answer could not be written: ${escapeControls(String(error))}\n`);
  }
}

async function dispatch(argv: readonly string[], scan: Scan): Promise<Outcome> {
  if (scan.version) return answer({ data: { version }, render: (data) => `${data.version}\n` });
  const bare = scan.words.length === 0 && argv.every((arg) => arg === '--json' || arg === '--quiet');
  const known = scan.spec !== null || scan.group !== null || scan.words.length === 0;
  if (bare || (known && (scan.help || (scan.group !== null && scan.words.length === 1)))) {
    const { answerHelp } = await import('./commands/help.ts');
    return answerHelp(scan.spec?.name.split(' ') ?? scan.words.slice(0, 1));
  }
  if (scan.words.length === 0 && scan.spec === null) throw new Failure('usage', `No command in "docket ${argv.join(' ')}".`, { next: 'docket --help' });
  const { spec, invocation } = parseArgv(argv, scan, process.env);
  const { run: runCommand } = await loadCommand[spec.name]();
  return runCommand(invocation);
}

async function print(outcome: Outcome, stack: string | null, scan: Scan): Promise<void> {
  if (stack !== null) await writeAll(process.stderr, escapeControls(stack));
  if (scan.json && !(scan.spec?.hostForm === true && outcome.exitCode === exitCode.yes)) {
    await writeAll(process.stdout, `${toSafeJson(toEnvelope(outcome, scan))}\n`);
    return;
  }
  const out = chooseView(process.stdout, scan.quiet, process.env);
  const err = chooseView(process.stderr, scan.quiet, process.env);
  const next = scan.quiet ? [] : makeSafe(outcome.next);
  const diagnostics = makeSafe(outcome.diagnostics);
  await writeAll(process.stdout, outcome.text(out) + (outcome.nextIsAnswer ? renderNext(next, out) : ''));
  await writeAll(process.stderr, renderDiagnostics(diagnostics, err, mostDiagnostics));
  if (scan.quiet) return;
  const toldAlready = diagnostics.some((diagnostic) => next.length === 1 && diagnostic.next === next[0]);
  const notes = makeSafe(outcome.notes).map((note) => `${note}\n`).join('');
  await writeAll(process.stderr, notes + (outcome.nextIsAnswer || toldAlready ? '' : renderNext(next, err)));
}

function toEnvelope({ exitCode: code, data, diagnostics, next }: Outcome, scan: Scan): Envelope {
  const command = scan.spec?.name ?? (scan.words[0] ?? 'docket');
  return { schemaVersion: 1, command, ok: code === exitCode.yes, data: { ...data }, diagnostics: [...diagnostics], next: [...next] };
}
