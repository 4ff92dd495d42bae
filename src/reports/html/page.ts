import { createHash } from 'node:crypto';
import { linkNames } from './data/link-names.ts';
import type { PageEntry, Piece, Report } from './data/report.ts';
import { indexSteps } from './data/steps-within.ts';
import { pack, packTexts } from './pack.ts';
import { drawBody } from './page-body.ts';
import { escapeHtml, printMarkup } from './print-markup.ts';
import type { DrawBody } from './sections/journal.ts';
import { marksOf } from './text/draw-reproduction.ts';
import { drawText } from './text/draw-text.ts';

/** The script and the styles of the page, as the build made them. */
export interface PageParts {
  script: string;
  style: string;
}

export interface PageOptions {
  /** Where a page that is served hears of changes; null for a file. */
  live: string | null;
}

export interface Page {
  html: string;
  /** Texts of entries that found no room, and how many there are. */
  leftOut: number;
  texts: number;
}

/** Every report begins so: by this docket knows its own from any other file. */
export const reportStart = '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="generator" content="docket report">\n';

/** A page stays below 5 MB. */
const mostBytes = 4_900_000;
/** Journals of up to so many characters stand in the page as they are, to be read without a script. */
const mostPlain = 300_000;

/**
 * A report as one HTML page that holds all it needs: nothing in it makes a request, and its policy would let none through. The same report gives the
 * same bytes.
 */
export function renderPage(report: Report, { script, style }: PageParts, { live }: PageOptions): Page {
  const { pieces } = report;
  const data = pack(JSON.stringify(report.data));
  const plain = drawPlain(report);
  const draw = (leftOut: number): string => drawBody(report, { texts: pieces.length, leftOut }, plain).map(printMarkup).join('\n');
  const whole = draw(0);
  const fixed = Buffer.byteLength(whole) + data.length + script.length + style.length;
  // A piece costs its place as well; 20,000 is for the head and the note.
  const { chunks, places, leftOut } = packTexts(pieces, Math.max(0, mostBytes - fixed - pieces.length * 12 - 20_000));
  const blocks = [['docket-data', data], ['docket-places', pack(JSON.stringify(places))], ...chunks.map((chunk, index) => [`docket-text-${index}`, chunk])];
  const html = [
    reportStart,
    drawHead(report, { script, style }, live),
    `<body>\n${leftOut === 0 ? whole : draw(leftOut)}\n`,
    ...blocks.map(([id, text]) => `<script type="application/octet-stream" id="${id}">${text}</script>\n`),
    `<script>${script}</script>\n</body>\n</html>\n`,
  ].join('');
  return { html, leftOut, texts: pieces.length };
}

function drawHead(report: Report, { script, style }: PageParts, live: string | null): string {
  return [
    `<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policyOf(script, style, live))}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="referrer" content="no-referrer">',
    ...(live === null ? [] : [`<meta name="docket-live" content="${escapeHtml(live)}">`]),
    // Else a browser asks for /favicon.ico.
    '<link rel="icon" href="data:,">',
    `<title>${escapeHtml(titleOf(report))}</title>`,
    `<style>${style}</style>`,
    '</head>\n',
  ].join('\n');
}

function titleOf({ name, revision }: Report): string {
  const at = revision.commit === null ? 'no commit yet' : `${revision.commit.slice(0, 12)}, ${revision.at?.slice(0, 10)}`;
  return `${name === null ? 'docket' : `${name} · docket`} · ${at}`;
}

/** Nothing may be loaded; only this script and these styles count; text never becomes markup behind their back. */
function policyOf(script: string, style: string, live: string | null): string {
  const of = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return [
    "default-src 'none'",
    `script-src ${of(script)}`,
    `style-src ${of(style)}`,
    'img-src data:',
    `connect-src ${live === null ? "'none'" : "'self'"}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

/** How journals are drawn into the page itself: not at all where they are too long. */
function drawPlain({ data, pieces }: Report): DrawBody {
  const journals = data.entries.filter(({ kind }) => kind === 'journal');
  const length = journals.reduce((sum, { text }) => sum + (text === null ? 0 : text[2] - text[1]), 0);
  if (length > mostPlain) return () => null;
  const linkOf = linkNames(data);
  const stepsIn = indexSteps(data.entries);
  return (entry) => {
    const text = textOf(entry, pieces);
    return text === null ? null : drawText(withoutHeading(text), entry.line + 1, { linkOf, marks: marksOf(stepsIn(entry)), level: 4 });
  };
}

function textOf({ text }: PageEntry, pieces: readonly Piece[]): string | null {
  const piece = text === null ? undefined : pieces[text[0]];
  return text === null || piece === undefined ? null : piece.text.slice(text[1], text[2]);
}

/** The heading is shown already. */
function withoutHeading(text: string): string {
  const end = text.indexOf('\n');
  return end < 0 ? '' : text.slice(end + 1);
}
