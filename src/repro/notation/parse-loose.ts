import { guessRole } from './guess-role.ts';
import { beginsWithArrow, readLooseObservation } from './read-observation.ts';
import { arrowAt, scanLine, startScan } from '../shell/find-arrow.ts';
import { commandLikeness, isProgramText, promptLength } from '../shell/command-like.ts';
import type { CommandLikeness } from '../shell/command-like.ts';
import { readCommand, startLookahead } from '../shell/read-command.ts';
import { splitLines } from './split-lines.ts';
import { buildSteps } from './build-steps.ts';
import type { LooseItem } from './build-steps.ts';
import type { Fence, Problem, Reproduction } from '../types.ts';
import { emptyMeta } from './read-info.ts';

const shellLanguages = new Set(['sh', 'bash', 'zsh', 'shell', 'ksh', 'fish']);
const sessionLanguages = new Set(['console', 'shell-session', 'shellsession', 'sh-session', 'terminal', 'session', 'text', 'txt', 'plain', 'plaintext', 'log', 'output', 'none']);

/** What people type into a journal is shorter; a longer block is a log. */
const longestBlock = 1_000_000;
const mostProblems = 100;

/** What is known of a line before its neighbours are asked. */
interface LineTraits {
  readonly kind: 'blank' | 'comment' | 'arrow' | 'text';
  readonly prompt: number;
  readonly likeness: CommandLikeness;
  /** How many arrows stand between blanks outside quotes: 0, 1, or 2 for more than one. */
  readonly arrows: number;
  readonly noted: boolean;
}

/**
 * Reads a fence in the notation of old journals: commands without prompts, arrows with what they gave, roles only in
 * the words of comments. Null when the fence is something else: it needs an arrow line and a line that is a command
 * beyond doubt, and no language of program text.
 */
export function parseLoose(fence: Fence): Reproduction | null {
  if (fence.body.length > longestBlock || !/→|->/.test(fence.body)) return null;
  const lang = fence.lang?.toLowerCase() ?? null;
  const shell = lang !== null && shellLanguages.has(lang);
  if (lang !== null && !shell && !sessionLanguages.has(lang)) return null;
  const lines = splitLines(fence.body);
  const traits = lines.map(readTraits);
  const prompted = traits.some((line) => line.prompt > 0);
  if (!prompted && opensWithProgramText(lines)) return null;
  const isCommand = commandTest(traits, prompted, shell);
  if (!traits.some((_, index) => isCommand(index))) return null;
  const problems: Problem[] = [];
  const items = readItems(fence, lines, traits, isCommand, problems);
  if (!items.some((item) => item.kind === 'command') || !items.some((item) => item.kind === 'observation')) return null;
  const steps = buildSteps(items);
  return { notation: 'loose', lang: fence.lang, meta: emptyMeta, line: fence.line, endLine: fence.line + Math.max(lines.length, 1) - 1, steps, problems };
}

function readTraits(line: string): LineTraits {
  const none = { prompt: 0, likeness: 'no', arrows: 0, noted: false } as const;
  if (line.trim() === '') return { kind: 'blank', ...none };
  if (beginsWithArrow(line)) return { kind: 'arrow', ...none };
  if (/^\s*#/.test(line)) return { kind: 'comment', ...none };
  const prompt = promptLength(line);
  const text = line.slice(prompt);
  const scan = startScan();
  if (/→|->/.test(text)) scanLine(scan, text);
  const head = scan.arrow === null ? text : text.slice(0, scan.arrow.at);
  const tail = scan.arrow === null ? '' : text.slice(scan.arrow.at + scan.arrow.length);
  const arrows = scan.arrow === null ? 0 : hasArrow(tail) ? 2 : 1;
  return { kind: 'text', prompt, likeness: commandLikeness(head), arrows, noted: readLooseObservation(`→ ${tail}`, 0).note !== null };
}

function hasArrow(text: string): boolean {
  for (let i = 0; i < text.length; i += 1) if (arrowAt(text, i) !== null) return true;
  return false;
}

function opensWithProgramText(lines: readonly string[]): boolean {
  const first = lines.find((line) => line.trim() !== '' && !line.trimStart().startsWith('#'));
  return first !== undefined && isProgramText(first);
}

/**
 * Says which lines are commands. With prompts only the prompted ones; in a shell's own language all that could be;
 * elsewhere a doubtful line counts when an arrow line follows it and the fence holds a command beyond doubt.
 */
function commandTest(traits: readonly LineTraits[], prompted: boolean, shell: boolean): (index: number) => boolean {
  const certain = traits.some((line) => line.likeness === 'strong');
  return (index) => {
    const line = traits[index];
    if (line === undefined || line.kind !== 'text') return false;
    if (prompted) return line.prompt > 0;
    if (line.likeness === 'strong') return true;
    if (line.likeness === 'no' || line.arrows > 1) return false;
    const followed = traits[index + 1]?.kind === 'arrow';
    return shell ? followed || line.arrows === 1 || certain : certain && (followed || (line.arrows === 1 && line.noted));
  };
}

function readItems(
  fence: Fence, lines: readonly string[], traits: readonly LineTraits[], isCommand: (index: number) => boolean, problems: Problem[],
): LooseItem[] {
  const items: LooseItem[] = [];
  const lookahead = startLookahead();
  for (let i = 0; i < lines.length; i += 1) {
    const source = lines[i] ?? '';
    const line = fence.line + i;
    const kind = traits[i]?.kind;
    if (kind === 'blank') items.push({ kind: 'blank' });
    else if (kind === 'comment') items.push({ kind: 'comment', text: source.replace(/^\s*#+!?\s*/, '').trim() });
    else if (kind === 'arrow') items.push({ kind: 'observation', observation: readLooseObservation(source, line) });
    else if (isCommand(i)) {
      const read = readCommand(lines, i, source.slice(traits[i]?.prompt ?? 0).trimStart(), lookahead);
      items.push({ kind: 'command', command: { text: read.text, line, endLine: fence.line + read.last } });
      if (read.tail !== null) items.push({ kind: 'observation', observation: readLooseObservation(read.tail, fence.line + read.last) });
      i = read.last;
    } else readOther(items, source, line, problems);
  }
  return items;
}

/** A label such as `Before:`, more output of the line above, or something that nobody can place. */
function readOther(items: LooseItem[], source: string, line: number, problems: Problem[]): void {
  const previous = items.at(-1);
  if (/:\s*$/.test(source) && !/^\s/.test(source) && guessRole(source.trim().slice(0, -1)) !== null) {
    items.push({ kind: 'comment', text: source.trim() });
  } else if (previous?.kind === 'observation' || previous?.kind === 'more') {
    items.push({ kind: 'more', text: source.trimEnd(), line });
  } else {
    items.push({ kind: 'unread' });
    if (problems.length < mostProblems) problems.push({ rule: 'unread-line', line, message: `Unexpected ${JSON.stringify(source.trim().slice(0, 80))}, expected a command, a comment or an arrow before output` });
  }
}
