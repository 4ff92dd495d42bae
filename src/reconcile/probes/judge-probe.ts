import { RE2JS } from 're2js';
import type { CommandExpectation, HttpExpectation, JsonValue, Probe } from '../spec/types.ts';
import { holdsJson, reachInto } from './match-json.ts';
import type { Body, CommandAnswer, ConditionResult, HttpAnswer, ProbeResult, ProbeVerdict } from './types.ts';

/** By convention of shells and wrappers: found but not executable, not found. */
const COULD_NOT_RUN = [126, 127];

/** Longer texts say no more in a report. */
const SHOWN = 120;

/** Holds the conditions of a probe against what it saw. Pure: the negative controls feed it results that nobody ever saw. */
export function judgeProbe(probe: Probe, result: ProbeResult): { verdict: ProbeVerdict; conditions: ConditionResult[] } {
  if (result.kind === 'not-run') return { verdict: 'unknown', conditions: [] };
  if (probe.kind === 'http' && result.kind === 'answer') return conclude(judgeAnswer(probe.expect, result));
  if (probe.kind === 'tcp' && result.kind === 'connected') return { verdict: 'pass', conditions: [] };
  if (probe.kind === 'command' && result.kind === 'exited') {
    const notRun = result.exit !== null && COULD_NOT_RUN.includes(result.exit) && result.exit !== probe.expect.exit;
    const judged = conclude(judgeCommand(probe.expect, result));
    return notRun ? { ...judged, verdict: 'unknown' } : judged;
  }
  return { verdict: 'fail', conditions: [] };
}

function conclude(conditions: ConditionResult[]): { verdict: ProbeVerdict; conditions: ConditionResult[] } {
  return { verdict: conditions.every(({ ok }) => ok) ? 'pass' : 'fail', conditions };
}

function judgeAnswer({ status, json, text, header, notExpired }: HttpExpectation, answer: HttpAnswer): ConditionResult[] {
  const conditions: ConditionResult[] = [];
  if (status) conditions.push({ condition: 'status', ok: status.includes(answer.status), expected: status.join(' or '), got: String(answer.status) });
  if (json !== null) conditions.push(...judgeJson(json, answer.body));
  if (text !== null) conditions.push(judgePattern('text', text, answer.body.text));
  for (const [name, pattern] of Object.entries(header ?? {})) conditions.push(judgePattern(`header ${name}`, pattern, answer.headers[name] ?? null));
  if (notExpired) conditions.push(judgeExpiry(answer));
  return conditions;
}

/** One condition for each key at the top, so that a report names the one that failed. */
function judgeJson(expected: JsonValue, body: Body): ConditionResult[] {
  const actual = parseJson(body.text);
  if (actual === undefined) return [{ condition: 'json', ok: false, expected: show(expected), got: describeNoJson(body) }];
  const keys = typeof expected === 'object' && expected !== null && !Array.isArray(expected) ? Object.entries(expected) : [];
  if (keys.length === 0) return [{ condition: 'json', ok: holdsJson(expected, actual), expected: show(expected), got: show(actual) }];
  return keys.map(([key, value]) => {
    const found = reachInto(actual, key);
    return { condition: `json ${key}`, ok: holdsJson(value, found), expected: show(value), got: found === undefined ? 'nothing' : show(found) };
  });
}

function describeNoJson(body: Body): string {
  if (body.truncated) return `a body longer than ${body.bytes} bytes`;
  return body.bytes === 0 ? 'an empty body' : 'a body that is not JSON';
}

/** Undefined when the text is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function judgeExpiry({ tls }: HttpAnswer): ConditionResult {
  const notAfter = tls?.notAfter ?? null;
  const got = notAfter === null ? 'no certificate' : `valid to ${notAfter}`;
  return { condition: 'not_expired', ok: notAfter !== null && tls?.expired === false, expected: 'a certificate that is not out of date', got };
}

function judgeCommand({ exit, stdout }: CommandExpectation, answer: CommandAnswer): ConditionResult[] {
  const ended: ConditionResult = { condition: 'exit', ok: answer.exit === exit, expected: String(exit), got: String(answer.exit ?? answer.signal) };
  return stdout === null ? [ended] : [ended, judgePattern('stdout', stdout, answer.stdout.text)];
}

/** Line ends at the very end do not count, so that `^ok$` means what everybody takes it to mean. */
function judgePattern(condition: string, pattern: string, text: string | null): ConditionResult {
  const trimmed = text?.replace(/[\r\n]+$/, '') ?? null;
  return { condition, ok: trimmed !== null && RE2JS.compile(pattern).test(trimmed), expected: pattern, got: trimmed === null ? 'nothing' : show(trimmed) };
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
