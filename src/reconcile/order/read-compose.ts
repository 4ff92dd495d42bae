import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import { findExcess } from '../../yaml/find-excess.ts';
import type { Edge, Unread } from './types.ts';

export interface ComposeReading {
  edges: Edge[];
  /** `compose:NAME`, in file order. */
  services: string[];
  unread: Unread[];
}

/** Another service that one waits for, and the words that say so. */
interface Dependence {
  service: string;
  why: string;
  node: Node | null;
}

/** What waits for what in a compose file (Compose Specification, "services"): `depends_on` as a list and as a map, and what
 *  implies it: `links`, `volumes_from`, and the namespaces of another service. Nodes are named `compose:NAME`. */
export function readCompose(text: string, path: string): ComposeReading {
  const excess = findExcess(text);
  if (excess !== null) return unreadable(excess.message, path, text.slice(0, excess.offset).split('\n').length);
  const lines = new LineCounter();
  const document = parseDocument(text, { version: '1.2', lineCounter: lines, prettyErrors: false, logLevel: 'silent' });
  const placeOf = (node: Node | null) => ({ path, line: node?.range ? lines.linePos(node.range[0]).line : 1 });
  const [fault] = document.errors;
  if (fault) return unreadable(fault.message, path, lines.linePos(fault.pos[0]).line);

  const readFields = openFields(document);
  const top = readFields(document.contents as Node | null);
  const unread: Unread[] = [];
  const include = top.get('include');
  if (include) unread.push({ what: 'include', why: 'files that are included are not read; name them in order.compose', place: placeOf(include) });
  const services = readFields(top.get('services') ?? null);
  const edges = [...services].flatMap(([name, node]) => {
    const fields = readFields(node);
    const extended = findExtended(document, readFields, fields);
    if (extended?.kind === 'file') unread.push({ what: `extends of ${name}`, why: 'the other file is not read', place: placeOf(extended.node) });
    const base = extended?.kind === 'service' ? readFields(services.get(extended.name) ?? null) : new Map<string, Node | null>();
    return [base, fields].flatMap((each) => readDependences(document, readFields, each)).map(({ service, why, node }): Edge => (
      { from: nodeOfService(name), to: nodeOfService(service), why, place: placeOf(node) }
    ));
  });
  return { edges, services: [...services.keys()].map(nodeOfService), unread };
}

function nodeOfService(name: string): string {
  return `compose:${name}`;
}

function unreadable(message: string, path: string, line: number): ComposeReading {
  return { edges: [], services: [], unread: [{ what: path, why: `it is no YAML that can be read: ${message}`, place: { path, line } }] };
}

type FieldReader = (node: Node | null) => ReadonlyMap<string, Node | null>;

/**
 * Reads the keys of a map with those that it merges in (`<<`); its own win. Empty for anything else. Each map is read once: one that merges in
 * itself has nothing more, and one that merges in another twice, and so on, would take for ever.
 */
function openFields(document: Document): FieldReader {
  const known = new Map<Node, Map<string, Node | null>>();
  return function readFields(node) {
    const map = follow(document, node);
    if (!isMap(map)) return new Map();
    const before = known.get(map);
    if (before) return before;
    const fields = new Map<string, Node | null>();
    known.set(map, fields);
    const mergedIn: Node[] = [];
    for (const { key, value } of map.items) {
      const name = isScalar(key) ? String(key.value) : '';
      if (name === '<<') mergedIn.push(value as Node);
      else fields.set(name, value as Node | null);
    }
    for (const each of mergedIn) {
      const merged = follow(document, each);
      for (const source of isSeq(merged) ? merged.items : [merged]) {
        for (const [inherited, node] of readFields(source as Node | null)) if (!fields.has(inherited)) fields.set(inherited, node);
      }
    }
    return fields;
  };
}

function follow(document: Document, node: Node | null): Node | null {
  return isAlias(node) ? node.resolve(document) ?? null : node;
}

/** Texts of a list, each with its node. */
function readTexts(document: Document, node: Node | null): { text: string; node: Node }[] {
  const list = follow(document, node);
  const items = isSeq(list) ? list.items : [];
  return items.flatMap((item) => (isScalar(item) ? [{ text: String(item.value), node: item }] : []));
}

function readDependences(document: Document, readFields: FieldReader, fields: ReadonlyMap<string, Node | null>): Dependence[] {
  const dependsOn = fields.get('depends_on') ?? null;
  const map = follow(document, dependsOn);
  const conditions = isMap(map) ? map.items.map(({ key, value }): Dependence => {
    const condition = readFields(value as Node | null).get('condition');
    return { service: isScalar(key) ? String(key.value) : '', why: isScalar(condition) ? `depends_on (${String(condition.value)})` : 'depends_on', node: key as Node };
  }) : [];
  const listed = readTexts(document, dependsOn).map(({ text, node }): Dependence => ({ service: text, why: 'depends_on', node }));
  const links = readTexts(document, fields.get('links') ?? null).map(({ text, node }): Dependence => ({ service: text.split(':')[0] ?? '', why: 'links', node }));
  const volumes = readTexts(document, fields.get('volumes_from') ?? null)
    .filter(({ text }) => !text.startsWith('container:'))
    .map(({ text, node }): Dependence => ({ service: text.split(':')[0] ?? '', why: 'volumes_from', node }));
  const namespaces = ['network_mode', 'ipc', 'pid', 'uts'].flatMap((key): Dependence[] => {
    const value = follow(document, fields.get(key) ?? null);
    const service = isScalar(value) ? /^service:(.+)$/.exec(String(value.value))?.[1] : undefined;
    return service === undefined ? [] : [{ service, why: key, node: value }];
  });
  return [...conditions, ...listed, ...links, ...volumes, ...namespaces].filter(({ service }) => service !== '');
}

type Extended = { kind: 'file'; node: Node | null } | { kind: 'service'; name: string };

function findExtended(document: Document, readFields: FieldReader, fields: ReadonlyMap<string, Node | null>): Extended | null {
  const extended = fields.get('extends') ?? null;
  const value = follow(document, extended);
  if (isScalar(value)) return { kind: 'service', name: String(value.value) };
  const parts = readFields(value);
  if (parts.has('file')) return { kind: 'file', node: extended };
  const service = parts.get('service');
  return isScalar(service) ? { kind: 'service', name: String(service.value) } : null;
}
