import { closeSync, lstatSync, openSync, readSync, realpathSync, statSync, type Stats } from 'node:fs';
import { Failure } from '../../contract/failure.ts';
import { createFile, replaceFile } from '../../durable/replace-file.ts';

export interface ReportPlace {
  /** Absolute. */
  path: string;
  /** As the user knows it. */
  shownAs: string;
  /** Replace a file that is no report. */
  force: boolean;
  /** What every report begins with. */
  start: string;
}

const fileMode = 0o666;

/**
 * Throws a `Failure` of kind usage where a report may not be written: something stands there that is no file, or, without `force`, a file that is no
 * report of docket. To be asked before the work is done; `placeReport` asks again.
 */
export function checkReportPlace(place: ReportPlace): void {
  findTarget(place);
}

/** Puts a report in its place, all or nothing. Throws a `Failure` as `checkReportPlace` does, and of kind unreadable when the system refuses. */
export function placeReport(place: ReportPlace, html: string): void {
  const target = findTarget(place);
  try {
    if (target !== null) replaceFile(target, html, fileMode);
    // Somebody was faster: their file is judged like any other.
    else if (!createFile(place.path, html, fileMode)) replaceFile(findTarget(place) ?? place.path, html, fileMode);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure('unreadable', `${place.shownAs} could not be written: ${error instanceof Error ? error.message : String(error)}`, { next: 'Give a file in a folder that can be written to: docket report --out FILE' });
  }
}

/** The file to replace, behind a link where one stands there; null where nothing does. */
function findTarget({ path, shownAs, force, start }: ReportPlace): string | null {
  const link = lstatSync(path, { throwIfNoEntry: false });
  if (link === undefined) return null;
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new Failure('usage', `${shownAs} is a link that leads nowhere, expected a file or nothing.`, { next: 'docket report --out FILE' });
  if (!found.isFile()) throw new Failure('usage', `${shownAs} is ${nameOf(found)}, expected a file or nothing.`, { next: 'docket report --out FILE' });
  if (!force && !beginsWith(path, start)) {
    throw new Failure('usage', `${shownAs} is there and is no report of docket; it is left as it is.`, { next: 'Give another file, or the same with --force to replace it.' });
  }
  return realpathSync(path);
}

function nameOf(found: Stats): string {
  return found.isDirectory() ? 'a folder' : 'no plain file';
}

function beginsWith(path: string, start: string): boolean {
  const wanted = Buffer.from(start);
  const head = Buffer.alloc(wanted.length);
  const file = openSync(path, 'r');
  try {
    return readSync(file, head, 0, wanted.length, 0) === wanted.length && head.equals(wanted);
  } finally {
    closeSync(file);
  }
}
