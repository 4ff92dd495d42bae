import { exitCode, type ExitCode } from '../contract/exit-codes.ts';
import { Failure } from '../contract/failure.ts';
import type { Envelope } from '../contract/schema/envelope.ts';
import { version } from '../contract/version.ts';
import { renderDiagnostics, renderNext } from '../reports/diagnostics-text.ts';
import { escapeControls, makeSafe, toSafeJson } from '../reports/safe-text.ts';
import { asFailure, explainError, stackOf } from './explain-error.ts';
import { loadCommand } from './load-command.ts';
import { answer, type Outcome } from './outcome.ts';
import { parseArgv } from './parse-argv.ts';
import { chooseView, writeAll } from './print.ts';
import { scanArgv, type Scan } from './scan-argv.ts';

/** More than these on stderr would bury the answer; `--json` has all. */
const mostDiagnostics = 5;

/** What these print comes from programs and from command lines, which may hold secrets. */
const executing: ReadonlySet<string> = new Set(['record', 'replay', 'attest', 'consent add', 'consent list', 'consent revoke']);

/** Runs docket with these arguments: prints the answer and sets the exit code of the process. Never throws. */
export async function run(argv: readonly string[]): Promise<void> {
  const scan = scanArgv(argv);
  let printed: Printed;
  try {
    const outcome = await dispatch(argv, scan);
    process.exitCode = codeFor(outcome, argv, scan);
    printed = toText(outcome, scan);
  } catch (unmasked) {
    // Loaded when something is wrong: an answer without an error needs none of it.
    const { maskError } = await import('./mask-answer.ts');
    const error = maskError(asFailure(unmasked));
    const outcome = explainError(error);
    process.exitCode = codeFor(outcome, argv, scan);
    const { stdout, stderr } = toText(outcome, scan);
    printed = { stdout, stderr: escapeControls(stackOf(error)) + stderr };
  }
  const broken = (await writeAll(process.stdout, printed.stdout)) ?? (await writeAll(process.stderr, printed.stderr));
  if (broken === null) return;
  process.exitCode = codeFor({ exitCode: exitCode.usage }, argv, scan);
  await writeAll(process.stderr, `docket: the answer could not be written: ${escapeControls(broken.message)}\n`);
}

/** `git bisect run` takes every code but its own for a bad commit: whatever else happens has to stop it, a bug and a mistyped option too. */
function codeFor({ exitCode: code }: Pick<Outcome, 'exitCode'>, argv: readonly string[], { spec }: Scan): ExitCode {
  const isVerdict = code === exitCode.yes || code === exitCode.no || code === exitCode.bisectSkip;
  return spec?.name === 'replay' && argv.includes('--bisect') && !argv.includes('--plan') && !isVerdict ? exitCode.bisectStop : code;
}

async function dispatch(argv: readonly string[], scan: Scan): Promise<Outcome> {
  if (scan.version) return answer({ data: { version }, render: (data) => `${data.version}\n` });
  const bare = scan.words.length === 0 && argv.every((arg) => arg === '--json' || arg === '--quiet');
  const known = scan.spec !== null || scan.group !== null || scan.words.length === 0;
  if (bare || (known && (scan.help || (scan.group !== null && scan.words.length === 1 && !scan.more)))) {
    const { answerHelp } = await import('./commands/help.ts');
    return answerHelp(scan.spec?.name.split(' ') ?? scan.words.slice(0, 1));
  }
  if (scan.words.length === 0 && scan.spec === null) throw new Failure('usage', `No command in "docket ${argv.join(' ')}".`, { next: 'docket --help' });
  const { spec, invocation } = await parseArgv(argv, scan, process.env);
  const { run: runCommand } = await loadCommand[spec.name]();
  const outcome = await runCommand(invocation, ask);
  if (spec.access === 'write' && outcome.exitCode === exitCode.yes) await (await import('../agents/install/hook-paths.ts')).refreshHookPathsOf(invocation.globals.dir);
  return executing.has(spec.name) ? (await import('./mask-answer.ts')).maskOutcome(outcome) : outcome;
}

/** A command that asks others (`mcp`) gets their answers, errors among them. */
async function ask(argv: readonly string[]): Promise<Outcome> {
  try {
    return await dispatch(argv, scanArgv(argv));
  } catch (error) {
    return explainError(error);
  }
}

interface Printed {
  stdout: string;
  stderr: string;
}

/** What goes to which stream: the answer to stdout and nothing else, diagnostics and hints to stderr. */
function toText(outcome: Outcome, scan: Scan): Printed {
  const isHostForm = scan.spec?.hostForm === true && outcome.exitCode === exitCode.yes;
  if (outcome.isPrinted === true) return { stdout: '', stderr: '' };
  if (scan.json && !isHostForm) return { stdout: `${toSafeJson(toEnvelope(outcome, scan))}\n`, stderr: '' };
  const out = chooseView(process.stdout, scan.quiet, process.env);
  const err = chooseView(process.stderr, scan.quiet, process.env);
  const diagnostics = makeSafe(outcome.diagnostics);
  const next = scan.quiet ? [] : makeSafe(outcome.next);
  const notes = scan.quiet ? [] : makeSafe(outcome.notes).map((note) => `${note}\n`);
  const toldAlready = next.length === 1 && diagnostics.some((diagnostic) => diagnostic.next === next[0]);
  const hints = outcome.nextIsAnswer || toldAlready ? '' : renderNext(next, err);
  return {
    stdout: outcome.text(out) + (outcome.nextIsAnswer ? renderNext(next, out) : ''),
    stderr: [renderDiagnostics(diagnostics, err, mostDiagnostics), ...notes, hints].join(''),
  };
}

function toEnvelope({ exitCode: code, data, diagnostics, next }: Outcome, scan: Scan): Envelope {
  const command = scan.spec?.name ?? (scan.words[0] ?? 'docket');
  return { schemaVersion: 1, command, ok: code === exitCode.yes, data: { ...data }, diagnostics: [...diagnostics], next: [...next] };
}
