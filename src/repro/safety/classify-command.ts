import { parseScript } from '../shell/parse-script.ts';
import { unknown, unknownVariable } from '../shell/reading.ts';
import type { SimpleCommand } from '../shell/reading.ts';
import { whyRemote } from './network-targets.ts';
import { whyRiskyProgram } from './risky-programs.ts';
import { unwrapCommand } from './unwrap-command.ts';
import type { Started } from './unwrap-command.ts';
import { climb, isOutside, whyRedirectsOutside, whyWritesOutside } from './write-targets.ts';
import type { Depth } from './write-targets.ts';

/**
 * manual: replay does not execute it · ask: it needs consent · auto: it only looks at the tree, the question may be
 * spared. No class says that a command is safe: what is not known to be manual is asked for.
 */
export type CommandClass = 'auto' | 'ask' | 'manual';

export interface Classified {
  readonly class: CommandClass;
  /** Why it is manual, one sentence per program. */
  readonly reasons: readonly string[];
}

const deepest = 6;
const longest = 200_000;

const lookers = new Set(`true false : test [ [[ echo printf pwd ls cat head tail wc grep egrep fgrep cut uniq tr cmp diff basename dirname seq sleep expr jq which type stat
  file sha256sum sha1sum md5sum cksum tac rev nl fold column comm paste join cd exit return`.split(/\s+/));

/** Classifies what bash would be given: all programs it starts, also inside quotes, substitutions and wrappers. */
export function classifyCommand(script: string): Classified {
  if (script.length > longest) return { class: 'manual', reasons: ['it is too long to be read'] };
  const reasons = new Set<string>();
  const quiet = classifyScript(script, reasons, 0);
  if (reasons.size > 0) return { class: 'manual', reasons: [...reasons] };
  return { class: quiet ? 'auto' : 'ask', reasons: [] };
}

/** Collects reasons; says whether every command only looks. */
function classifyScript(script: string, reasons: Set<string>, level: number): boolean {
  if (level > deepest) {
    reasons.add('it is nested beyond reason');
    return false;
  }
  const parsed = parseScript(script);
  if (parsed.torn) reasons.add('a quote or a bracket never closes');
  let depth: Depth = 0;
  let quiet = parsed.commands.length > 0;
  for (const command of parsed.commands) {
    quiet = classifyOne(command, depth, reasons, level) && quiet;
    depth = depthAfter(command, depth);
  }
  return quiet;
}

function classifyOne(command: SimpleCommand, depth: Depth, reasons: Set<string>, level: number): boolean {
  const { started, scripts, hidden } = unwrapCommand(command);
  const outermost = started[0]?.program ?? '';
  const say = (program: string, why: string | null): void => {
    if (why !== null) reasons.add(program === '' ? `it ${why}` : `\`${display(program)}\` ${why}`);
  };
  if (hidden !== null) reasons.add(`\`${display(outermost)}\`: ${hidden}`);
  say(outermost, whyRedirectsOutside(command.redirects, depth));
  for (const { program, args, path } of started) {
    say(program, (isOfTheTree(path) ? null : whyRiskyProgram(program, args)) ?? whyRemote(program, args, command.assignments) ?? whyWritesOutside(program, args, depth));
  }
  for (const script of scripts) classifyScript(script, reasons, level + 1);
  return scripts.length === 0 && onlyLooks(command, started);
}

/** A script of the repository may be called `./fly` or `bin/service`; what a package manager put there is the program of that name. */
function isOfTheTree(path: string | null): boolean {
  return path !== null && !/^[/~]/.test(path) && !path.includes(unknown) && !path.includes(unknownVariable) && !/(?:^|\/)node_modules\/\.bin\//.test(path) && climb(path, 0) !== null;
}

/** An assignment may change which program a name means, so it is never spared the question. */
function onlyLooks(command: SimpleCommand, started: readonly Started[]): boolean {
  return command.assignments.length === 0
    && started.every(({ program, args, path }) => path === null && lookers.has(program) && args.every(isPlainArgument))
    && command.redirects.every(({ target }) => target === '/dev/null' || /^\d$/.test(target));
}

/** An argument that names nothing outside the tree and nothing that only the shell knows. */
function isPlainArgument(word: string): boolean {
  return !word.includes(unknown) && !word.includes(unknownVariable) && !isOutside(word, 0);
}

function depthAfter(command: SimpleCommand, depth: Depth): Depth {
  const [program, target = '~'] = command.words;
  if (program !== 'cd' && program !== 'pushd') return depth;
  if (target.startsWith(unknown) || target.startsWith(unknownVariable)) return depth;
  return climb(target, depth);
}

function display(program: string): string {
  return program.replaceAll(unknown, '…').replaceAll(unknownVariable, '…');
}
