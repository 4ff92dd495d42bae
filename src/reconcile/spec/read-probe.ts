import { isMap, isScalar, isSeq } from 'yaml';
import { readAddress, readUrl } from './addresses.ts';
import { readArgv, readBoolean, readJson, readPattern, readText, readWhole } from './scalars.ts';
import type { CommandExpectation, CommandProbe, HttpExpectation, HttpProbe, JsonValue, Probe, TcpProbe } from './types.ts';
import { parseUrl, portOf } from './urls.ts';
import { readEntries, readFields, readItems, reject, type Fields, type Sheet, type Value } from './yaml-nodes.ts';

const KINDS = ['url', 'tcp', 'command'] as const;
type Kind = (typeof KINDS)[number];

/** The key that is only of this kind of probe decides which keys are known. */
const KEYS: Record<Kind, readonly string[]> = {
  url: ['name', 'url', 'pin', 'tls', 'provider', 'expect'],
  tcp: ['name', 'tcp', 'provider'],
  command: ['name', 'command', 'provider', 'expect'],
};
const ALL_KEYS = ['name', 'url', 'tcp', 'command', 'pin', 'tls', 'provider', 'expect'];

/** A list of probes (`gate`, `confirm`), names unique. */
export function readProbes(sheet: Sheet, value: Value): Probe[] {
  const items = readItems(sheet, value, '[{name: self, url: https://app.example.org/health, expect: {status: [200]}}]') ?? [];
  const probes: Probe[] = [];
  for (const [index, item] of items.entries()) {
    const probe = readProbe(sheet, item, index + 1);
    if (!probe) continue;
    if (probes.some((other) => other.name === probe.name)) reject(sheet, probe.place, `Unexpected second probe "${probe.name}" in ${value.owner}, expected another name`, 'Give each probe a name of its own.');
    else probes.push(probe);
  }
  return probes;
}

function readProbe(sheet: Sheet, value: Value, number: number): Probe | null {
  const kind = chooseKind(value);
  const fields = readFields(sheet, value, kind ? KEYS[kind] : ALL_KEYS);
  if (!fields) return null;
  if (!kind) return reject(sheet, value.place, `Unexpected probe without a target in ${value.owner}, expected one of: ${KINDS.join(', ')}`, 'Write url: https://…, tcp: HOST:PORT or command: [PROGRAM, …].');
  const named = fields.get('name');
  const provided = fields.get('provider');
  const frame = {
    name: (named && readText(sheet, named)) ?? `probe-${number}`,
    place: value.place,
    provider: provided && readText(sheet, provided),
  };
  switch (kind) {
    case 'url': return readHttp(sheet, fields, frame);
    case 'tcp': return readTcp(sheet, fields, frame);
    case 'command': return readCommand(sheet, fields, frame);
  }
}

function chooseKind({ node }: Value): Kind | null {
  if (!isMap(node)) return null;
  return KINDS.find((kind) => node.items.some((pair) => isScalar(pair.key) && pair.key.value === kind)) ?? null;
}

type Frame = Pick<Probe, 'name' | 'place' | 'provider'>;

function readHttp(sheet: Sheet, fields: Fields, frame: Frame): HttpProbe | null {
  const written = fields.get('url');
  const url = written && readUrl(sheet, written, 'asked');
  const parsed = url ? parseUrl(url) : null;
  const pin = fields.get('pin');
  const tls = fields.get('tls');
  const verify = tls && readFields(sheet, tls, ['verify'])?.get('verify');
  const expected = fields.get('expect');
  const probe = {
    ...frame,
    kind: 'http' as const,
    pin: pin && readAddress(sheet, pin, parsed && portOf(parsed)),
    verify: (verify && readBoolean(sheet, verify)) ?? true,
    expect: readHttpExpectation(sheet, expected),
  };
  if (parsed?.protocol === 'http:' && (tls ?? probe.expect.notExpired)) reject(sheet, (tls ?? frame).place, `Unexpected condition on a certificate in ${fields.owner}, expected none: http has no certificate`, 'Write an https URL, or take the condition out.');
  return url ? { ...probe, url } : null;
}

function readTcp(sheet: Sheet, fields: Fields, frame: Frame): TcpProbe | null {
  const written = fields.get('tcp');
  const address = written && readAddress(sheet, written, null);
  return address && { ...frame, kind: 'tcp', address };
}

function readCommand(sheet: Sheet, fields: Fields, frame: Frame): CommandProbe | null {
  const written = fields.get('command');
  const command = written && readArgv(sheet, written);
  const expect = readCommandExpectation(sheet, fields.get('expect'));
  return command && { ...frame, kind: 'command', command, expect };
}

function readHttpExpectation(sheet: Sheet, value: Value | null): HttpExpectation {
  const fields = value && readFields(sheet, value, ['status', 'json', 'text', 'header', 'not_expired']);
  const [status, json, text, header, notExpired] = [fields?.get('status'), fields?.get('json'), fields?.get('text'), fields?.get('header'), fields?.get('not_expired')];
  return {
    status: status ? readStatus(sheet, status) : null,
    json: json ? readJsonCondition(sheet, json) : null,
    text: text ? readPattern(sheet, text) : null,
    header: header ? readHeaders(sheet, header) : null,
    notExpired: (notExpired && readBoolean(sheet, notExpired)) ?? false,
  };
}

/** `[200, 204]`, or one number alone. */
export function readStatus(sheet: Sheet, value: Value): number[] {
  const items = isScalar(value.node) ? [value] : readItems(sheet, value, '[200]') ?? [];
  if (isSeq(value.node) && items.length === 0) reject(sheet, value.place, `Unexpected empty list for ${value.owner}, expected at least one status`, 'Write [200].');
  return items.map((item) => readWhole(sheet, item, 200, 599)).filter((status) => status !== null);
}

function readJsonCondition(sheet: Sheet, value: Value): JsonValue | null {
  const empty = value.node === null || (isScalar(value.node) && value.node.value === null);
  if (empty) return reject(sheet, value.place, `Unexpected empty value for ${value.owner}, expected what the body must hold`, 'Write e.g. {service: my-app}.');
  return readJson(sheet, value) ?? null;
}

function readHeaders(sheet: Sheet, value: Value): Record<string, string> {
  const entries = readEntries(sheet, value) ?? [];
  return Object.fromEntries(entries.map(([name, pattern]) => [name.toLowerCase(), readPattern(sheet, pattern) ?? '']));
}

/** A command has passed when it ends with 0, unless it says otherwise. */
function readCommandExpectation(sheet: Sheet, value: Value | null): CommandExpectation {
  const fields = value && readFields(sheet, value, ['exit', 'stdout']);
  const [exit, stdout] = [fields?.get('exit'), fields?.get('stdout')];
  return {
    exit: (exit && readWhole(sheet, exit, 0, 255)) ?? 0,
    stdout: stdout ? readPattern(sheet, stdout) : null,
  };
}
