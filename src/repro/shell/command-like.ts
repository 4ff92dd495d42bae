import { bareProgramNames, compoundEnds, plainPrograms, wordPrograms, wrapperPrograms } from './programs.ts';
import { splitWords } from './split-words.ts';

/**
 * How much a line looks like something typed at a shell. `strong`: hardly anything else. `weak`: could be a program
 * that nobody has heard of, or plain words; what stands around it has to decide.
 */
export type CommandLikeness = 'strong' | 'weak' | 'no';

const prompt = /^\s*(?:\([\w.-]+\)\s*)?(?:[\w.-]+@[\w.-]+[: ][^\s$#%]*\s?[$%#]|\[[\w.-]+@[\w.-]+ [^\]\s]*\][$#]|[$❯])\s+(?=\S)/;

/** The length of a prompt such as `$ ` or `user@host:~/x$ ` at the start of a line, 0 when there is none. */
export function promptLength(line: string): number {
  return prompt.exec(line.slice(0, 200))?.[0].length ?? 0;
}

const assignment = /^[A-Za-z_]\w*\+?=/;
const option = /^--?[A-Za-z][\w-]*(?:=.*)?$/s;
const programText =
  /^(?:(?:fn|def|class|func|function|const|let|var|type|interface|enum|struct|impl|trait|pub|async|public|private|protected|static|return|module|package|using|namespace|match|lambda|elif|else|graph|flowchart|digraph|participant|subgraph|data|instance|newtype|where)\s|from \S+ import\b|import (?:\{|\w+ from\b)|@\w+|(?:sequence|state|class|er)Diagram)/;

/** A line that opens or belongs to program text in another language than the shell's. */
export function isProgramText(line: string): boolean {
  return programText.test(line.trimStart());
}

/** Judges one line without its prompt and without what stands behind an arrow. */
export function commandLikeness(line: string): CommandLikeness {
  const words = splitWords(line.trim());
  const first = skipPrefixes(words);
  if (first.at >= words.length) return words.length > 0 && first.assigned ? 'weak' : 'no';
  const word = words[first.at] ?? '';
  if (isProgramText(line) || isForeignSyntax(words)) return 'no';
  const rest = words.slice(first.at + 1);
  if (first.assigned && /^[\w./$"'~]/.test(word)) return 'strong';
  return likenessOf(word, rest);
}

function likenessOf(word: string, rest: readonly string[]): CommandLikeness {
  if (isStrongPath(word)) return 'strong';
  if (word in compoundEnds) return isCompound(word, rest) ? 'strong' : 'no';
  if (word === '[' || word === '[[') return rest.includes(word === '[' ? ']' : ']]') ? 'strong' : 'no';
  if (word.startsWith('(')) return likenessOfGroup(word, rest);
  if (isProse(word, rest)) return 'no';
  if (wrapperPrograms.has(word) && rest.length > 0) return likenessOfWrapped(word, rest);
  if (plainPrograms.has(word)) return rest.length > 0 || bareProgramNames.has(word) ? 'strong' : 'weak';
  const evidence = rest.some(isShellArgument);
  if (wordPrograms.has(word)) return evidence || (bareProgramNames.has(word) && rest.length === 0) ? 'strong' : 'weak';
  if (/^"?\$\{?\w+\}?"?$/.test(word)) return evidence ? 'strong' : 'weak';
  if (!/^[A-Za-z_][\w.+@/-]*$/.test(word)) return 'no';
  return /^[a-z_]/.test(word) && rest.some((argument) => option.test(argument)) ? 'strong' : 'weak';
}

/** `(cd x && make)`: what stands inside decides. */
function likenessOfGroup(word: string, rest: readonly string[]): CommandLikeness {
  const first = word.replace(/^\(+/, '');
  const [inner = '', ...others] = first === '' ? rest : [first, ...rest];
  return inner === '' || inner.startsWith('(') || others.length === 0 ? 'no' : likenessOf(inner, others);
}

function likenessOfWrapped(word: string, rest: readonly string[]): CommandLikeness {
  const isWrapped = (argument: string): boolean => !argument.startsWith('-') && !/^\d/.test(argument) && !assignment.test(argument);
  // `env env env …`: only the last wrapper's command decides, however many stand before it.
  const last = rest.findIndex((argument) => isWrapped(argument) && !wrapperPrograms.has(argument));
  const inner = last >= 0 ? last : rest.findLastIndex(isWrapped);
  if (inner < 0) return word === 'env' || rest.some((argument) => option.test(argument)) ? 'strong' : 'weak';
  const likeness = likenessOf(rest[inner] ?? '', rest.slice(inner + 1));
  return likeness === 'weak' && word === 'sudo' ? 'strong' : likeness;
}

function skipPrefixes(words: readonly string[]): { at: number; assigned: boolean } {
  let at = 0;
  let assigned = false;
  for (; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (assignment.test(word)) assigned = true;
    else if (word !== '!') break;
  }
  return { at, assigned };
}

const scriptEnding = /\.(?:sh|bash|zsh|py|pl|rb|bats|ps1|command|run|exe|jar|AppImage)$/;
const sourceEnding = /\.(?:[cm]?[jt]sx?|md|json|ya?ml|toml|html?|css|rs|go|c|h|cc|cpp|hpp|java|kt|txt|log|svg|png|nix|service|conf|cfg|ini|lock|csv|sql|diff|patch)$/;
const programFolder = /(?:^|\/)(?:s?bin|\.bin|scripts?|tools|hack|release|debug|libexec)\//;
const systemFolder = /^\/(?:usr|bin|sbin|opt|home|srv|nix|var|tmp|etc|root|run)\//;

/** A path that is run: `./x`, `~/bin/x`, `scripts/x.sh`, `/usr/bin/x`; not `src/a.ts` and not the path of a URL. */
function isStrongPath(word: string): boolean {
  const path = word.replace(/^["']|["']$/g, '');
  if (!/^[\w.~$/{}-][\w.~$/{}+@-]*$/.test(path) || !path.includes('/') || path.endsWith('/')) return scriptEnding.test(path) && /^[\w.-]+$/.test(path);
  if (scriptEnding.test(path)) return true;
  if (sourceEnding.test(path)) return false;
  return /^(?:\.\.?|~|\$\{?\w+\}?)\//.test(path) || programFolder.test(path) || systemFolder.test(path);
}

function isCompound(word: string, rest: readonly string[]): boolean {
  if (word === 'for' || word === 'select') return rest[1] === 'in' || (rest[0] ?? '').startsWith('((');
  if (word === 'case') return rest[1] === 'in';
  return rest.length > 0 && (rest.some(isShellArgument) || rest.some((argument) => plainPrograms.has(argument)));
}

const proseWords = new Set('the is was were are of has have had does its it this that because which should would will an'.split(' '));
const freeText = new Set(['echo', 'printf', 'logger', 'wall', 'say', 'git', 'grep', 'rg']);

/** "find the old probe", "docker is broken": a sentence, not a command. */
function isProse(word: string, rest: readonly string[]): boolean {
  return !freeText.has(word) && rest.some((argument) => proseWords.has(argument.toLowerCase()));
}

const shellArgument = /^["'$~*.\\]|\/|^[<>|&;]|^\d*[<>]|^--?[A-Za-z]|\.[A-Za-z]\w{0,4}$|^\w+=|\*/;

function isShellArgument(argument: string): boolean {
  return shellArgument.test(argument);
}

/** Calls, definitions, types, key-value lines: `f(x)`, `x = 5`, `f :: Int`, `key: value`. */
function isForeignSyntax(words: readonly string[]): boolean {
  const [first = '', second = ''] = words;
  if (/[:,]$/.test(first) || /^[:=+*/|-]?=$|^::?$/.test(second)) return first !== ':' && first !== '[' && first !== 'test';
  if (/^-[rwxsStT-]{9}[.+@]?$|^[dlcbps][rwxsStT-]{9}[.+@]?$/.test(first)) return true;
  return words.some((word) => /^[\w.:>]+\(/.test(word) && !/^[\w-]+\(\)$/.test(word) && !/^\w+=\(/.test(word));
}
