import { unknown, unknownVariable } from '../shell/reading.ts';
import type { SimpleCommand } from '../shell/reading.ts';
import { scriptsIn } from './find-scripts.ts';

/** A program that a command ends up starting, behind `env`, `timeout`, `xargs` and their kind. */
export interface Started {
  /** Its name, without a path. */
  readonly program: string;
  readonly args: readonly string[];
  /** The whole word, where a path stands before the name. */
  readonly path: string | null;
}

/** What a command starts, what scripts it hands to a shell, and what about it cannot be read. */
export interface Unwrapped {
  readonly started: readonly Started[];
  readonly scripts: readonly string[];
  readonly hidden: string | null;
}

/** Options with a value, and how many further words stand before the program that is run. */
interface Wrapper {
  readonly values: readonly string[];
  readonly before: number;
}

const wrappers: Readonly<Record<string, Wrapper>> = {
  env: { values: ['-u', '--unset', '-C', '--chdir'], before: 0 },
  nohup: { values: [], before: 0 },
  nice: { values: ['-n', '--adjustment'], before: 0 },
  ionice: { values: ['-c', '-n', '-p'], before: 0 },
  timeout: { values: ['-s', '--signal', '-k', '--kill-after'], before: 1 },
  gtimeout: { values: ['-s', '-k'], before: 1 },
  stdbuf: { values: ['-i', '-o', '-e'], before: 0 },
  setsid: { values: [], before: 0 },
  exec: { values: ['-a'], before: 0 },
  command: { values: [], before: 0 },
  builtin: { values: [], before: 0 },
  time: { values: ['-f', '-o'], before: 0 },
  strace: { values: ['-e', '-o', '-s', '-P', '-u'], before: 0 },
  ltrace: { values: ['-e', '-o'], before: 0 },
  'xvfb-run': { values: ['-s', '-n', '-e'], before: 0 },
  flock: { values: ['-w', '-E'], before: 1 },
  chronic: { values: [], before: 0 },
  unbuffer: { values: [], before: 0 },
  faketime: { values: [], before: 1 },
  busybox: { values: [], before: 0 },
  toybox: { values: [], before: 0 },
  xargs: { values: ['-I', '-i', '-n', '-P', '-L', '-d', '-a', '-s', '-E', '--max-args', '--max-procs', '--arg-file', '--delimiter', '--replace'], before: 0 },
  parallel: { values: ['-j', '-n', '-a', '-I', '--jobs'], before: 0 },
  chrt: { values: ['-T', '-P', '-D'], before: 1 },
  taskset: { values: [], before: 1 },
  numactl: { values: ['-C', '-N', '-m', '-i', '-p'], before: 0 },
  'ssh-agent': { values: ['-a', '-E', '-O', '-P', '-t'], before: 0 },
  npx: { values: ['-p', '--package'], before: 0 },
  bunx: { values: [], before: 0 },
};

/** `uv run x`, `bundle exec x`: the program behind a word of the first one. */
const runners: Readonly<Record<string, readonly string[]>> = {
  npm: ['exec', 'x'], pnpm: ['exec', 'dlx'], yarn: ['exec', 'dlx'], bun: ['x'], uv: ['run'], poetry: ['run'], pipenv: ['run'], pdm: ['run'], hatch: ['run'],
  bundle: ['exec'], rye: ['run'], direnv: ['exec'], mise: ['exec'], asdf: ['exec'],
};

/** The loader starts the program that it is given. */
const isLoader = /^ld(?:-linux[\w.-]*)?\.so(?:\.\d+)?$/;

const shells = new Set(['sh', 'bash', 'dash', 'zsh', 'ksh', 'ash', 'fish', 'rbash']);

/** Follows one command to the programs that it starts. */
export function unwrapCommand(command: SimpleCommand): Unwrapped {
  const [first, ...rest] = command.words;
  if (first === undefined) return { started: [], scripts: [], hidden: null };
  return unwrapWords([...first.split(/\s+/).filter((word) => word !== ''), ...rest], command, 0);
}

function unwrapWords(words: readonly string[], command: SimpleCommand, depth: number): Unwrapped {
  const [first = '', ...args] = words;
  if (first === '') return { started: [], scripts: [], hidden: null };
  const program = isLoader.test(nameOf(first)) ? 'exec' : nameOf(first);
  if (first.includes(unknown)) return hide(program, args, 'which program it starts is not written down');
  if (/[*?{}]|\[.+\]/.test(first) && first !== '{') return hide(program, args, 'its program is a pattern');
  if (depth > 8) return hide(program, args, 'it is wrapped beyond reason');
  const own: Started = { program, args, path: first.includes('/') ? first : null };
  if (shells.has(program)) return withOwn(own, unwrapShell(args, command));
  if (first.startsWith(unknownVariable) && args.includes('-c')) return withOwn(own, unwrapShell(args, command));
  if (program === 'eval') return withOwn(own, { started: [], scripts: [args.join(' ')], hidden: null });
  if (program === 'trap') return withOwn(own, { started: [], scripts: args.slice(0, 1), hidden: null });
  if (program === 'watch') return withOwn(own, { started: [], scripts: [skipOptions(args, ['-n', '--interval']).join(' ')], hidden: null });
  if (program === '.' || program === 'source') return withOwn(own, { started: [], scripts: [], hidden: isStatic(args[0]) ? null : 'what it sources is not written down' });
  if (program === 'find' || program === 'fd') return withOwn(own, unwrapFind(args, command, depth));
  const scripts = scriptsIn(program, args);
  if (scripts.length > 0) return withOwn(own, { started: [], scripts, hidden: null });
  const inner = wordsBehind(program, args);
  return inner === null || inner.length === 0 ? { started: [own], scripts: [], hidden: null } : withOwn(own, unwrapWords(inner, command, depth + 1));
}

function withOwn(own: Started, inner: Unwrapped): Unwrapped {
  return { ...inner, started: [own, ...inner.started] };
}

function hide(program: string, args: readonly string[], why: string): Unwrapped {
  return { started: [{ program, args, path: null }], scripts: [], hidden: why };
}

function wordsBehind(program: string, args: readonly string[]): readonly string[] | null {
  const wrapper = Object.hasOwn(wrappers, program) ? wrappers[program] : undefined;
  if (wrapper !== undefined) {
    if (program === 'command' && /^-[vV]$/.test(args[0] ?? '')) return null;
    if (program === 'env' && /^(?:-S|--split-string)/.test(args[0] ?? '')) return args.join(' ').replace(/^(?:-S|--split-string)[= ]?/, '').split(/\s+/);
    const rest = skipOptions(args, wrapper.values).slice(wrapper.before);
    return program === 'env' ? rest.slice(rest.findIndex((word) => !/^\w+=/.test(word)) >>> 0) : rest;
  }
  const verbs = Object.hasOwn(runners, program) ? runners[program] : undefined;
  const rest = skipOptions(args, []);
  return verbs !== undefined && verbs.includes(rest[0] ?? '') ? skipOptions(rest.slice(1), ['-p', '--package', '--with', '--extra']) : null;
}

function skipOptions(args: readonly string[], values: readonly string[]): readonly string[] {
  let at = 0;
  while (at < args.length) {
    const word = args[at] ?? '';
    if (word === '--') return args.slice(at + 1);
    if (!word.startsWith('-') || word === '-') break;
    at += values.includes(word) ? 2 : 1;
  }
  return args.slice(at);
}

/** `bash -c TEXT`, `bash <<EOF`, `… | bash`. */
function unwrapShell(args: readonly string[], command: SimpleCommand): Unwrapped {
  const flag = args.findIndex((word) => /^-[a-zA-Z]*c$/.test(word));
  if (flag >= 0) {
    const script = args.slice(flag + 1).find((word) => !word.startsWith('-'));
    return { started: [], scripts: script === undefined ? [] : [script], hidden: null };
  }
  if (command.input !== null) return { started: [], scripts: [command.input], hidden: null };
  const file = args.find((word) => !word.startsWith('-'));
  if (file === undefined && args.some((word) => word === '--version' || word === '--help')) return { started: [], scripts: [], hidden: null };
  return { started: [], scripts: [], hidden: file !== undefined && isStatic(file) ? null : 'it runs what it reads' };
}

function unwrapFind(args: readonly string[], command: SimpleCommand, depth: number): Unwrapped {
  const started: Started[] = [];
  const scripts: string[] = [];
  let hidden: string | null = null;
  for (let at = 0; at < args.length; at += 1) {
    if (!/^(?:-exec|-execdir|-ok|-okdir|-x|-X|--exec|--exec-batch)$/.test(args[at] ?? '')) continue;
    const end = args.findIndex((each, index) => index > at && (each === ';' || each === '+' || each === '\\;'));
    const inner = unwrapWords(args.slice(at + 1, end < 0 ? args.length : end), command, depth + 1);
    started.push(...inner.started);
    scripts.push(...inner.scripts);
    hidden ??= inner.hidden;
    at = end < 0 ? args.length : end;
  }
  return { started, scripts, hidden };
}

function isStatic(word: string | undefined): boolean {
  return word !== undefined && !word.includes(unknown) && !/^\/dev\/(?:stdin|fd\/0)$|^-$/.test(word);
}

function nameOf(word: string): string {
  return word.slice(word.lastIndexOf('/') + 1);
}
