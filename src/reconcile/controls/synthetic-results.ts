import type { Body, HttpAnswer, Phase, ProbeResult } from '../probes/types.ts';

/** A result that nobody ever saw, under the name that a report gives it. */
export interface SyntheticResult {
  name: string;
  result: ProbeResult;
}

/** Every way not to answer. No gate may pass on any of them. */
export const SILENCES: SyntheticResult[] = ([
  ['dns', 'ENOTFOUND'],
  ['connect', 'ECONNREFUSED'],
  ['tls', 'CERT_HAS_EXPIRED'],
  ['http', 'ECONNRESET'],
  ['body', 'deadline'],
  ['command', 'deadline'],
] satisfies [Phase, string][]).map(([phase, code]) => ({ name: `no answer (${phase})`, result: { kind: 'no-answer', phase, code, tls: null, ms: 0 } }));

const HTML = '<!DOCTYPE html><html><head><title>Welcome</title></head><body><h1>Welcome</h1><p>Something else answers here.</p></body></html>';
const JSON_TEXT = '{"name":"another-app","service":"another-app","version":"0.0.0-another","Version":"0.0.0-another","status":"another"}';

/** Pages of a proxy or an app in trouble, as HTML, as JSON and without a word. */
export const REFUSALS: SyntheticResult[] = [301, 401, 404, 500, 502, 503].flatMap((status) => [
  { name: `${status}`, result: answer(status, '', 'text/plain') },
  { name: `${status} with a page`, result: answer(status, HTML, 'text/html') },
  { name: `${status} with JSON`, result: answer(status, JSON_TEXT, 'application/json') },
]);

/** Somebody answers, but not the app. */
export const IMPOSTORS: SyntheticResult[] = [
  { name: '200 with an empty body', result: answer(200, '', 'text/plain') },
  { name: '200 with the page of another', result: answer(200, HTML, 'text/html') },
  { name: '200 with the JSON of another', result: answer(200, JSON_TEXT, 'application/json') },
];

/** Ends of a command that no expectation of another end may take for its own. */
export function failedExits(expected: number): SyntheticResult[] {
  const exits = [0, 1, 2, 255].filter((exit) => exit !== expected);
  return [
    ...exits.map((exit): SyntheticResult => ({ name: `exit ${exit}`, result: { kind: 'exited', exit, signal: null, stdout: body(''), stderr: body(''), ms: 0 } })),
    { name: 'killed', result: { kind: 'exited', exit: null, signal: 'SIGKILL', stdout: body(''), stderr: body(''), ms: 0 } },
  ];
}

/** Certificates are in order in all of them: that condition is not what is on trial. */
function answer(status: number, text: string, type: string): HttpAnswer {
  const headers: Record<string, string> = { 'content-type': type, server: 'another-server', date: 'Thu, 01 Jan 1970 00:00:00 GMT', 'content-length': String(text.length) };
  if (status === 301) headers.location = 'https://elsewhere.invalid/';
  if (status === 401) headers['www-authenticate'] = 'Basic realm="another"';
  return { kind: 'answer', status, headers, body: body(text), tls: { authorized: true, why: null, notAfter: '9999-12-31T23:59:59.000Z', expired: false }, ms: 0 };
}

/** No condition looks at a digest. */
function body(text: string): Body {
  return { text, digest: '', bytes: text.length, truncated: false };
}
