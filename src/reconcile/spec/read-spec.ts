import { isNode, isScalar, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import { findExcess } from '../../yaml/find-excess.ts';
import { checkVia } from './check-via.ts';
import { readApp } from './read-app.ts';
import { readText } from './scalars.ts';
import type { App, OrderSources, SpecReading } from './types.ts';
import { describeNode, placeOf, readEntries, readFields, readItems, reject, textOf, valueOf, type Fields, type Sheet, type Value } from './yaml-nodes.ts';

const TOP_KEYS = ['version', 'apps', 'order', 'state_dir', 'alerts_dir'] as const;

/** Reads the text of an `infra.yaml` (YAML 1.2). `path` is what places and errors are to say about where it stands.
 *  Either the whole specification, or every error that is in the file, in file order; never half a specification. */
export function readSpec(text: string, path: string): SpecReading {
  const excess = findExcess(text);
  if (excess !== null) return { ok: false, errors: [{ message: excess.message, line: text.slice(0, excess.offset).split('\n').length, column: excess.offset - text.lastIndexOf('\n', excess.offset - 1), next: 'Write it shorter and flatter; split what does not belong together.' }] };
  const lines = new LineCounter();
  // uniqueKeys off: a repeated key is reported by the readers, with the line of the first one.
  const document = parseDocument(text, { version: '1.2', schema: 'core', uniqueKeys: false, lineCounter: lines, prettyErrors: false });
  const sheet: Sheet = { path, document, lines, errors: [] };
  noteSyntax(sheet);
  if (sheet.errors.length > 0) return { ok: false, errors: sheet.errors };

  const top = valueOf(sheet, document.contents as Node | null, 'the file', { path, line: 1, column: 1 });
  const fields = readFields(sheet, top, TOP_KEYS);
  if (fields) checkFormat(sheet, fields);
  const apps = fields ? readApps(sheet, fields) : [];
  noteViaFaults(sheet, apps);
  const spec = {
    path,
    apps,
    order: readOrder(sheet, fields?.get('order') ?? null),
    stateDir: readFolder(sheet, fields?.get('state_dir') ?? null),
    alertsDir: readFolder(sheet, fields?.get('alerts_dir') ?? null),
  };
  if (sheet.errors.length === 0) return { ok: true, spec };
  return { ok: false, errors: sheet.errors.toSorted((a, b) => a.line - b.line || a.column - b.column) };
}

/** One broken line may be thousands of faults to the parser. */
const mostFaults = 20;

function noteSyntax(sheet: Sheet): void {
  const { document } = sheet;
  for (const fault of [...document.errors, ...document.warnings].slice(0, mostFaults)) {
    const { line, col } = sheet.lines.linePos(fault.pos[0]);
    reject(sheet, { path: sheet.path, line, column: col }, `Unexpected YAML: ${fault.message}`, nextOfSyntax(fault.code));
  }
  if (document.directives?.yaml.version !== '1.2') reject(sheet, { path: sheet.path, line: 1, column: 1 }, `Unexpected YAML ${document.directives?.yaml.version}, expected 1.2`, 'Remove the %YAML line.');
}

function nextOfSyntax(code: Document['errors'][number]['code']): string {
  switch (code) {
    case 'TAB_AS_INDENT': return 'Indent with blanks instead of tabs.';
    case 'MULTIPLE_DOCS': return 'Keep one document: remove the --- line and what follows it.';
    case 'TAG_RESOLVE_FAILED': return 'Remove the tag (what begins with "!").';
    default: return 'Correct the line; put texts that hold ": ", "#", "{" or "[" in quotes.';
  }
}

function checkFormat(sheet: Sheet, fields: Fields): void {
  const version = fields.get('version');
  if (!version) reject(sheet, fields.place, 'Unexpected file without version, expected version: 1', 'Write version: 1 in the first line.');
  else if (!isScalar(version.node) || version.node.value !== 1) reject(sheet, version.place, `Unexpected ${describeNode(version.node)} for version, expected 1`, isScalar(version.node) && Number(textOf(version.node)) > 1 ? 'Use a newer docket, or write version: 1.' : 'Write version: 1.');
}

function readApps(sheet: Sheet, fields: Fields): App[] {
  const value = fields.get('apps');
  if (!value) {
    reject(sheet, fields.place, 'Unexpected file without apps, expected at least one', 'Write apps: with one key for each app.');
    return [];
  }
  const entries = readEntries(sheet, { ...value, owner: 'apps' }) ?? [];
  return entries.map(([name, app, place]) => readApp(sheet, name, { ...app, owner: `app ${name}` }, place)).filter((app) => app !== null);
}

function noteViaFaults(sheet: Sheet, apps: readonly App[]): void {
  for (const fault of checkVia(apps)) {
    const node = sheet.document.getIn(['apps', fault.app.name, 'via'], true);
    const place = placeOf(sheet, isNode(node) ? node : null, fault.app.place);
    if (fault.kind === 'unknown') reject(sheet, place, `Unexpected "${fault.name}" in via of app ${fault.app.name}, expected the name of an app`, fault.nearest ? `Write "${fault.nearest}" instead of "${fault.name}".` : `Describe the app "${fault.name}", or take it out of via.`);
    else reject(sheet, place, `Unexpected cycle in via: ${fault.path.join(' → ')}`, `Take one of them out of via: a request cannot pass through ${fault.path[0]} on its way to ${fault.path[0]}.`);
  }
}

function readOrder(sheet: Sheet, value: Value | null): OrderSources {
  const fields = value && readFields(sheet, value, ['units', 'compose']);
  const globs = (key: string): string[] => {
    const field = fields?.get(key);
    const items = field ? readItems(sheet, field, '["systemd/*.service"]') ?? [] : [];
    return items.map((item) => readGlob(sheet, item)).filter((glob) => glob !== null);
  };
  return { units: globs('units'), compose: globs('compose') };
}

function readGlob(sheet: Sheet, value: Value): string | null {
  const text = readText(sheet, value);
  if (text === null || !/^\/|(^|\/)\.\.(\/|$)|\\/.test(text)) return text?.replace(/^(\.\/)+/, '') ?? null;
  return reject(sheet, value.place, `Unexpected ${JSON.stringify(text)} for ${value.owner}, expected a path or glob from the repository's root`, 'Write e.g. systemd/*.service.');
}

function readFolder(sheet: Sheet, value: Value | null): string | null {
  return value && readText(sheet, value);
}
