import { unwrapCommand } from '../safety/unwrap-command.ts';
import { parseScript } from '../shell/parse-script.ts';
import { unknown, unknownVariable } from '../shell/reading.ts';
import type { SimpleCommand } from '../shell/reading.ts';

/** What a script looks through, as far as its words say: the programs that it starts, and what decides which of them count. */
export interface Instrument {
  /** Programs in their order, an interpreter with the script that it runs (`bash check.sh`). Those that only speak or prepare are left out. */
  readonly programs: readonly string[];
  /** What leads from one to the next: `||`, `if`, `!`. */
  readonly turns: readonly string[];
  /** Some of it looks at something outside of its own words. */
  readonly looks: boolean;
  /** The last command, where it ends the script in failure whatever came before: `false`, `exit 3`. */
  readonly ownFailure: string | null;
}

const deepest = 6;
/** They speak, wait or prepare, and look at nothing. */
const quiet = new Set(['echo', 'printf', 'sleep', 'cd', 'pushd', 'popd', 'set', 'export', 'unset', 'local', 'declare', 'readonly', 'shopt', 'umask', 'mkdir', 'touch', 'cp', 'mv', 'rm', 'ln', 'chmod']);
/** They decide how a script ends without a look. */
const masks = new Set(['true', ':', 'false', 'exit', 'return', 'trap', 'kill']);
const interpreters = new Set(['sh', 'bash', 'dash', 'zsh', 'ksh', 'node', 'deno', 'bun', 'python', 'python3', 'ruby', 'perl', 'php', 'npm', 'pnpm', 'yarn', 'make', 'just', 'go', 'cargo', 'dotnet', 'java', 'git']);
const turn = /\|\||(?<![\w./$-])(?:if|elif|else|while|until|case)(?![\w./=-])|(?<![\w./$-])!(?=\s)/gu;
const quotedText = /'[^']*'|"(?:[^"\\]|\\.)*"|\\.|(?<=^|\s)#[^\n]*/gsu;

/** Reads a script as an instrument. Executes nothing. */
export function readInstrument(script: string): Instrument {
  const programs: string[] = [];
  const looks = collect(script, programs, 0);
  return { programs, turns: [...script.replace(quotedText, 'x').matchAll(turn)].map(([word]) => word), looks, ownFailure: findOwnFailure(script) };
}

/** Whether a script ends in what another ends in, and by the same turns, whatever it does besides: then it is the same check on other input. */
export function includesInstrument(script: Instrument, green: Instrument): boolean {
  const decisive = green.programs.filter((program, index) => masks.has(program) || index === green.programs.length - 1);
  return isWithin(decisive, script.programs) && isWithin(green.turns, script.turns);
}

/** Whether one of two scripts is the other with something around it that may decide how it ends. */
export function isWrapped(a: Instrument, b: Instrument): boolean {
  const isSame = a.programs.join('\n') === b.programs.join('\n') && a.turns.join(' ') === b.turns.join(' ') && a.ownFailure === b.ownFailure;
  return !isSame && (isWithin(a.programs, b.programs) || isWithin(b.programs, a.programs));
}

function isWithin(wanted: readonly string[], all: readonly string[]): boolean {
  let at = 0;
  for (const word of all) if (word === wanted[at]) at += 1;
  return at === wanted.length;
}

/** Adds the programs of a script; says whether one of them looks at anything. */
function collect(script: string, programs: string[], depth: number): boolean {
  const { commands, torn } = parseScript(script);
  let looks = torn;
  for (const command of commands) looks = collectOne(command, programs, depth) || looks;
  return looks;
}

function collectOne(command: SimpleCommand, programs: string[], depth: number): boolean {
  const reads = command.redirects.some(({ operator }) => operator.startsWith('<') && !operator.includes('&'));
  const { started, scripts } = unwrapCommand(command);
  const own = started.at(-1);
  if (own === undefined) return reads;
  if (scripts.length > 0 && depth < deepest) {
    if (masks.has(own.program)) programs.push(own.program);
    return scripts.map((inner) => collect(inner, programs, depth + 1)).includes(true) || reads;
  }
  if (masks.has(own.program)) {
    if (own.program !== 'exit' || (own.args[0] ?? '0') === '0') programs.push(own.program);
    return reads;
  }
  if (quiet.has(own.program)) return reads || own.args.some((word) => word.includes(unknown) || /[*?]/u.test(word));
  programs.push(nameOf(own));
  return !isConstantTest(own) || reads;
}

/** An interpreter is no instrument without the file that it runs; what stands in the command itself (`-c`, `-e`) is input like any other. */
function nameOf({ program, args }: { program: string; args: readonly string[] }): string {
  if (args.some((word) => /^-[a-zA-Z]*[ce]$|^--(?:eval|print)$/u.test(word))) return program;
  const script = interpreters.has(program) ? args.find((word) => !word.startsWith('-')) : undefined;
  return script === undefined ? program : `${program} ${script.replace(/^\.\//u, '')}`;
}

/** `[ 1 = 2 ]` compares its own words. */
function isConstantTest({ program, args }: { program: string; args: readonly string[] }): boolean {
  if (program !== '[' && program !== 'test' && program !== '[[' && program !== 'expr') return false;
  return !args.some((word) => word.includes(unknown) || word.includes(unknownVariable) || /^-[a-hkprstuwxLOGNSv]$|^-(?:nt|ot|ef)$/u.test(word));
}

/** The last line of a script, where it fails by itself and nothing before it decides whether it is reached. */
function findOwnFailure(script: string): string | null {
  const bare = script.replace(quotedText, (text) => 'x'.repeat(text.length)).trimEnd().replace(/[\s;]+$/u, '');
  const last = /(?:^|[;\n]|&&|[^|]\|(?!\|))\s*(false|exit\s+[1-9]\d*|!\s+(?:true|:)|return\s+[1-9]\d*|kill\s+[^;&|\n]*\$\$)$/u.exec(bare);
  if (last?.[1] === undefined) return null;
  // Within a branch, a loop or brackets it is reached only where something before it says so.
  const before = bare.slice(0, last.index);
  if (/(?<![\w./$-])(?:exit|return|exec|break)(?![\w./=-])/u.test(before)) return null;
  const opened = (before.match(/(?<![\w./$-])(?:if|while|until|for|case)(?![\w./=-])|[({](?=\s|$)/gu) ?? []).length;
  const closed = (before.match(/(?<![\w./$-])(?:fi|done|esac)(?![\w./=-])|(?<=[\s;])[)}]/gu) ?? []).length;
  return opened > closed ? null : last[1];
}
