import { readFile } from 'node:fs/promises';
import { RE2JS } from 're2js';
import { commandLimits } from '../drivers/command-limits.ts';
import { lastLine, runArgv } from '../drivers/run-argv.ts';
import type { CommandSetting } from '../drivers/run-argv.ts';
import type { Hold } from '../spec/types.ts';
import { bindArgv } from '../spec/versions.ts';
import { isSystemError } from '../../durable/replace-file.ts';

export type HoldAnswer = { kind: 'clear' } | { kind: 'held'; reason: 'held-major' | 'held-notes'; why: string } | { kind: 'unknown'; why: string };

/** Where the release notes of a version come from: the command of the specification, else a file. */
export interface NotesSource extends Omit<CommandSetting, 'limitMs'> {
  file: (version: string) => string;
}

/** A step that a person has to take: a new major version in either half, or release notes that match the pattern. The notes are
 *  part of the answer, as far as an alert can carry them. */
export async function judgeHold(hold: Hold, from: string | null, to: string, source: NotesSource): Promise<HoldAnswer> {
  if (hold.major && from !== null && isMajorStep(from, to)) return { kind: 'held', reason: 'held-major', why: `${from} → ${to} is a major step` };
  if (hold.notesMatch === null) return { kind: 'clear' };
  const notes = await readNotes(hold, to, source);
  if (notes.kind === 'unknown') return notes;
  if (!RE2JS.compile(hold.notesMatch).test(notes.text)) return { kind: 'clear' };
  return { kind: 'held', reason: 'held-notes', why: `the release notes of ${to} match "${hold.notesMatch}":\n${notes.text.slice(0, shownNotes)}` };
}

const shownNotes = 4000;

async function readNotes(hold: Hold, version: string, source: NotesSource): Promise<{ kind: 'read'; text: string } | { kind: 'unknown'; why: string }> {
  if (hold.notes !== null) {
    const argv = bindArgv(hold.notes, version);
    const end = await runArgv(argv, { ...source, limitMs: commandLimits.short });
    if (end.kind !== 'exited') return { kind: 'unknown', why: `release notes: ${end.why}` };
    return end.exit === 0 ? { kind: 'read', text: end.stdout } : { kind: 'unknown', why: `release notes: ${argv.join(' ')}: exit ${end.exit}${lastLine(end.stderr)}` };
  }
  try {
    return { kind: 'read', text: await readFile(source.file(version), 'utf8') };
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return { kind: 'read', text: '' };
    return { kind: 'unknown', why: `release notes: ${String(error)}` };
  }
}

/** True when the first number of either half differs; a half that only one of the two has is no step. */
function isMajorStep(from: string, to: string): boolean {
  const [a, b] = [halves(from), halves(to)];
  const differ = (before: string | null, after: string | null): boolean => before !== null && after !== null && before !== after;
  return differ(a.recipe, b.recipe) || differ(a.app, b.app);
}

/** First numbers of the halves. A version without `+` is an app's own, without a recipe around it. */
function halves(version: string): { recipe: string | null; app: string | null } {
  const plus = version.indexOf('+');
  const major = (half: string): string | null => /\d+/.exec(half)?.[0].replace(/^0+(?=\d)/, '') ?? null;
  return plus < 0 ? { recipe: null, app: major(version) } : { recipe: major(version.slice(0, plus)), app: major(version.slice(plus + 1)) };
}
