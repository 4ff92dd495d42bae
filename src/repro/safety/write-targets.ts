import { unknown, unknownVariable } from '../shell/reading.ts';
import type { Redirect } from '../shell/reading.ts';
import { isLoopback } from './network-targets.ts';

const harmlessDevices = /^\/dev\/(?:null|stdout|stderr|stdin|tty|zero|full|fd\/\d+)$/;

/** How far below the tree's root the commands are by now; null once they have left it or nobody knows. */
export type Depth = number | null;

/**
 * Whether a path lies outside the tree, as seen from a folder so many levels below its root. A path that begins with
 * what only the shell knows (`$TMPDIR/x`, `$(mktemp)`) counts as inside: a run has folders of its own.
 */
export function isOutside(path: string, depth: Depth): boolean {
  if (path === '' || path === '-' || harmlessDevices.test(path)) return false;
  if (path.startsWith(unknown) || path.startsWith(unknownVariable)) return false;
  if (path.startsWith('/') || path.startsWith('~')) return true;
  return depth === null || climb(path, depth) === null;
}

/** The depth after walking a relative path; null when it leaves the tree. */
export function climb(path: string, depth: Depth): Depth {
  if (depth === null || path.startsWith('/') || path.startsWith('~')) return null;
  let at = depth;
  for (const part of path.split('/')) {
    if (part === '..') at -= 1;
    else if (part !== '' && part !== '.') at += 1;
    if (at < 0) return null;
  }
  return at;
}

/** Why a redirection reaches outside: a file that is written, or bash's own network devices. */
export function whyRedirectsOutside(redirects: readonly Redirect[], depth: Depth): string | null {
  for (const { operator, target } of redirects) {
    const device = /^\/dev\/(?:tcp|udp)\/([^/]*)/.exec(target);
    if (device !== null) {
      if (!isLoopback(device[1] ?? '')) return `reaches ${device[1] ?? ''}, beyond loopback`;
    } else if (operator !== '<' && operator !== '<&' && !(operator === '>&' && /^\d+$|^-$/.test(target)) && isOutside(target, depth)) return `writes ${target}, outside the tree`;
  }
  return null;
}

type Targets = (words: readonly string[], args: readonly string[]) => readonly string[];

const all: Targets = (words) => words;
const last: Targets = (words, args) => [...(words.length > 1 ? words.slice(-1) : []), ...valuesOf(args, /^(?:-t|--target-directory)(?:=|$)/)];
const moved: Targets = (words, args) => [...words, ...valuesOf(args, /^(?:-t|--target-directory)(?:=|$)/)];

/** What of a program's words it writes. */
const writers: Readonly<Record<string, Targets>> = {
  rm: all, rmdir: all, unlink: all, touch: all, mkdir: all, mkfifo: all, mknod: all, truncate: all, tee: all, mv: moved, chmod: (words) => words.slice(1), chown: (words) => words.slice(1),
  chgrp: (words) => words.slice(1), cp: last, install: last, ln: last, link: last, rsync: last, split: (words) => words.slice(1), patch: all,
  dd: (words) => words.filter((word) => word.startsWith('of=')).map((word) => word.slice(3)),
  sed: (words, args) => (args.some((word) => /^-[a-zA-Z]*i|^--in-place/.test(word)) ? words.slice(1) : []),
  perl: (words, args) => (args.some((word) => /^-\w*i/.test(word)) ? words : []),
  sort: (_, args) => valuesOf(args, /^(?:-o|--output)(?:=|$)/),
  curl: (_, args) => valuesOf(args, /^(?:-[a-zA-Z]*o|--output|--output-dir|-[a-zA-Z]*c|--cookie-jar|-[a-zA-Z]*D|--dump-header|--trace|--trace-ascii)(?:=|$)/),
  wget: (_, args) => valuesOf(args, /^(?:-[a-zA-Z]*O|--output-document|-[a-zA-Z]*P|--directory-prefix|-[a-zA-Z]*o)(?:=|$)/),
  tar: (_, args) => [...valuesOf(args, /^(?:-C|--directory)(?:=|$)/), ...(args.some((word) => /^-?[a-zA-Z]*c/.test(word)) ? valuesOf(args, /^(?:-?[a-zA-Z]*f|--file)(?:=|$)/) : [])],
  unzip: (_, args) => valuesOf(args, /^-d$/), gzip: all, gunzip: all, zip: (words) => words.slice(0, 1), shred: all,
  git: (words, args) => [...valuesOf(args, /^-C$|^--git-dir(?:=|$)|^--work-tree(?:=|$)/), ...(/^(?:init|clone|worktree)$/.test(words[0] ?? '') ? words.slice(-1) : [])],
  npm: (_, args) => valuesOf(args, /^--prefix(?:=|$)/), 'ssh-keygen': (_, args) => valuesOf(args, /^-f$/), openssl: (_, args) => valuesOf(args, /^-(?:out|keyout)$/),
};

/** Why a program writes outside the tree, as far as its words say. */
export function whyWritesOutside(program: string, args: readonly string[], depth: Depth): string | null {
  const targets = Object.hasOwn(writers, program) ? writers[program] : undefined;
  const words = args.filter((word) => !word.startsWith('-'));
  const outside = targets?.(words, args).find((path) => !path.includes('://') && isOutside(path, depth));
  return outside === undefined ? null : `writes ${outside}, outside the tree`;
}

function valuesOf(args: readonly string[], option: RegExp): string[] {
  return args.flatMap((word, index) => {
    if (!option.test(word)) return [];
    const at = word.indexOf('=');
    return [at >= 0 ? word.slice(at + 1) : (args[index + 1] ?? '')];
  });
}
