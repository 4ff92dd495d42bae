import { isAbsolute, join, relative, resolve } from 'node:path';
import { exitCode } from '../../contract/exit-codes.ts';
import { Failure } from '../../contract/failure.ts';
import { checkReportPlace, placeReport, type ReportPlace } from '../../edits/report/place-report.ts';
import { isIgnored } from '../../git/is-ignored.ts';
import { openRepository, type Repository } from '../../git/open-repository.ts';
import { readFingerprint } from '../../ledger/read-fingerprint.ts';
import { renderReportWritten } from '../../reports/report-text.ts';
import { reportStart } from '../../reports/html/page.ts';
import { toSafeJson } from '../../reports/safe-text.ts';
import { isGiven, valueOf, type Invocation, type Options } from '../invocation.ts';
import { answer, type Outcome } from '../outcome.ts';
import { writeLine } from '../print.ts';
import { makeReport } from '../report/make-report.ts';
import { serveReport } from '../report/serve-report.ts';

/** `docket report [--out FILE] [--force]`, or `docket report --serve [--port N]`. */
export async function run(invocation: Invocation): Promise<Outcome> {
  const { options } = invocation;
  if (!isGiven(options, '--serve')) {
    if (isGiven(options, '--port')) throw new Failure('usage', 'Unexpected --port without --serve.', { next: 'docket report --serve' });
    return write(invocation);
  }
  const other = ['--out', '--force'].find((name) => isGiven(options, name));
  if (other !== undefined) throw new Failure('usage', `Unexpected ${other} beside --serve, which writes no file.`, { next: 'docket report --serve' });
  return serve(invocation);
}

async function write({ options, globals }: Invocation): Promise<Outcome> {
  const repository = await openRepository(globals.dir);
  const place = placeOf(repository, globals.dir, valueOf(options, '--out'), isGiven(options, '--force'));
  checkReportPlace(place);
  const { page, docket } = await makeReport(globals, null);
  placeReport(place, page.html);
  const { leftOut, texts } = page;
  return answer({
    data: { path: place.shownAs, url: null, bytes: Buffer.byteLength(page.html), texts: { total: texts, leftOut } },
    render: renderReportWritten,
    diagnostics: docket.ledger.diagnostics,
    notes: [...(await notesOn(repository, place)), ...(leftOut === 0 ? [] : [`${leftOut} of ${texts} texts are left out so that the page stays below 5 MB; docket show ID prints any of them.`])],
  });
}

/** Without `--out` beside what docket keeps of this clone, which git neither tracks nor shows. */
function placeOf(repository: Repository, dir: string, out: string | null, force: boolean): ReportPlace {
  if (out === '') throw new Failure('usage', 'Unexpected empty name of a file after --out.', { next: 'docket report' });
  const path = out === null ? join(repository.gitDir, 'docket', 'report.html') : resolve(dir, out);
  const way = relative(repository.root, path);
  const isInside = way !== '' && way !== '..' && !way.startsWith('../') && !isAbsolute(way);
  return { path, shownAs: isInside ? way : path, force, start: reportStart };
}

async function notesOn(repository: Repository, { path, shownAs }: ReportPlace): Promise<string[]> {
  const isInTree = !repository.bare && shownAs !== path && !path.startsWith(`${repository.gitDir}/`);
  if (!isInTree || (await isIgnored(repository, shownAs))) return [];
  return [`git does not ignore ${shownAs}: it shows up as a change, and docket gate asks for a clean tree. Ignore it, or leave out --out.`];
}

async function serve({ options, globals, command }: Invocation): Promise<Outcome> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  const { dir, at, cache, role, afterVerdict } = globals;
  await openRepository(dir);
  let url = '';
  await serveReport({
    port: portOf(options),
    signal: stop.signal,
    fingerprint: () => readFingerprint(dir, { at, cache, role, afterVerdict }),
    render: async (live) => (await makeReport(globals, live)).page.html,
    listening: async (address) => {
      url = address;
      // Said when it begins, as an answer at the end would come too late; a reader that goes away does not end it.
      await writeLine(process.stdout, globals.json ? toSafeJson({ schemaVersion: 1, command, ok: true, data: { path: null, url, bytes: null, texts: null }, diagnostics: [], next: [] }) : url);
    },
  });
  return { ...answer({ data: { path: null, url, bytes: null, texts: null }, render: () => '', exitCode: exitCode.yes }), isPrinted: true };
}

function portOf(options: Options): number {
  const port = valueOf(options, '--port') ?? '0';
  if (!/^\d{1,5}$/u.test(port) || Number(port) > 65_535) throw new Failure('usage', `Unexpected port "${port}", expected a whole number from 0 to 65535.`, { next: 'docket report --serve --port 8080' });
  return Number(port);
}
