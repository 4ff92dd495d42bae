import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Failure } from '../contract/failure.ts';
import type { Diagnostic } from '../contract/schema/envelope.ts';
import { openDocumentPen, openPen, type DocumentPen, type Pen, type PenOptions } from '../edits/writer/pen.ts';
import type { Written } from '../edits/writer/write-document.ts';
import type { GivenBody } from '../edits/writers/given-body.ts';
import { quoteWord } from '../queries/shell-word.ts';
import { renderWritten } from '../reports/written-text.ts';
import { isGiven, valueOf, type Invocation, type Options } from './invocation.ts';
import { answer, type Outcome } from './outcome.ts';

/** Opens the docket that the global options mean, to write to it. */
export function openPenFor(invocation: Invocation): Promise<Pen> {
  return openPen(penOptions(invocation));
}

/** The same for a writer that needs no entry: without reading any, it is several times faster. */
export function openDocumentPenFor(invocation: Invocation): Promise<DocumentPen> {
  return openDocumentPen(penOptions(invocation));
}

function penOptions({ globals, options }: Invocation): PenOptions {
  return { dir: globals.dir, cache: globals.cache, role: globals.role, afterVerdict: globals.afterVerdict, dryRun: isGiven(options, '--dry-run') };
}

/** The value of an option that a writer cannot do without. Throws a usage failure where it was not given. */
export function requireValue({ options, command }: Invocation, name: string): string {
  const value = valueOf(options, name);
  if (value === null) throw new Failure('usage', `Missing ${name}, which docket ${command} cannot do without.`, { next: `docket ${command} --help` });
  return value;
}

/**
 * The text of `--body` or `--file` (`-` is stdin); empty where neither was given. Throws a usage failure for both, and one of kind unreadable for a file
 * that cannot be read as text. To be called before a lock is taken: stdin may keep us waiting.
 */
export function readGivenBody(options: Options, dir: string): GivenBody {
  const [text, file] = [valueOf(options, '--body'), valueOf(options, '--file')];
  if (text !== null && file !== null) throw new Failure('usage', 'Unexpected --body and --file together, expected one of them.');
  if (file === null) return { name: 'the body', text: text ?? '' };
  const name = file === '-' ? 'stdin' : file;
  try {
    const bytes = readFileSync(file === '-' ? 0 : resolve(dir, file));
    return { name, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch (error) {
    const why = error instanceof TypeError ? 'it is not UTF-8' : error instanceof Error ? error.message : String(error);
    throw new Failure('unreadable', `The body cannot be read from ${name}: ${why}.`, { next: 'Give the path of a text file, or - for stdin.' });
  }
}

/** What a writer answers: what was written, where, and how to commit it. `subject` is that of the commit. */
export function answerWritten(pen: DocumentPen, written: Written, subject: string, diagnostics: readonly Diagnostic[]): Outcome {
  const { dryRun } = pen.options;
  const data = { ...written, dryRun };
  return answer({ data, render: renderWritten, diagnostics, next: dryRun || written.diff === '' ? [] : commitHints(written.path, subject) });
}

/** The commands that commit one document and nothing else, from whatever folder. */
function commitHints(path: string, subject: string): string[] {
  const place = quoteWord(`:/${path}`);
  return [`git add ${place} && git commit -m ${quoteWord(subject)} -- ${place}`];
}
