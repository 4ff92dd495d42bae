import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Failure } from '../../contract/failure.ts';
import { readDuration } from '../../repro/notation/read-info.ts';
import { record, type RecordRequest } from '../../runner/record/record.ts';
import type { RecordSource, TypedStep } from '../../runner/record/read-source.ts';
import { isGiven, valueOf, valuesOf, wordsOf, type Invocation, type Options } from '../invocation.ts';
import type { Outcome } from '../outcome.ts';
import { answerRecorded, readRecordName } from '../record-answers.ts';
import { followProgress, readConsenting } from '../run-answers.ts';
import { openPenFor } from '../write.ts';

/** `docket record NAME --claim GATE`. */
export async function run(invocation: Invocation): Promise<Outcome> {
  const { arguments: [given = ''], options, globals } = invocation;
  const name = readRecordName(given);
  const source = readRecordSource(options, globals.dir);
  const meta = readMeta(options);
  const times = readTimes(options);
  const pen = await openPenFor(invocation);
  const recorded = await record(pen, {
    name, phase: valueOf(options, '--phase'), claim: valueOf(options, '--claim'), source, base: valueOf(options, '--base'), meta, times,
    allowDirty: isGiven(options, '--allow-dirty'), seal: fileOf(valueOf(options, '--seal'), globals.dir), isolate: isGiven(options, '--isolate'), planOnly: isGiven(options, '--plan'), consent: readConsenting(options), progress: followProgress(globals), now: new Date(),
  });
  return answerRecorded(recorded, name, pen.options.dryRun);
}

function fileOf(path: string | null, dir: string): string | null {
  return path === null ? null : resolve(dir, path);
}

/** The steps that were typed, in the order in which they run. */
function readTyped(options: Options): TypedStep[] {
  const plain = (role: TypedStep['role'], name: string): TypedStep[] => wordsOf(options, name).map(([command = '']) => ({ role, at: null, how: null, command }));
  return [
    ...plain('setup', '--setup'),
    ...wordsOf(options, '--red').map(([at = '', command = '']): TypedStep => ({ role: 'red', at, how: null, command })),
    ...plain('green', '--green'),
    ...wordsOf(options, '--neg').map(([how = '', command]): TypedStep => ({ role: 'neg', at: null, how, command: command ?? null })),
    ...plain('teardown', '--teardown'),
  ];
}

function readRecordSource(options: Options, dir: string): RecordSource {
  const steps = readTyped(options);
  const [file, loose] = [valueOf(options, '--file'), valueOf(options, '--import')];
  const ways = [steps.length > 0 ? 'steps as options' : null, file === null ? null : '--file', loose === null ? null : '--import'].filter((way) => way !== null);
  if (ways.length > 1) throw new Failure('usage', `Unexpected ${ways.join(' and ')} together, expected one of them.`, { next: 'docket record --help' });
  if (steps.length > 0) return { kind: 'typed', steps };
  if (loose !== null) return { kind: 'import', from: loose };
  if (file === null) return { kind: 'standing' };
  try {
    return { kind: 'file', name: file === '-' ? 'stdin' : file, text: new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file === '-' ? 0 : resolve(dir, file))) };
  } catch (error) {
    throw new Failure('unreadable', `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`, { next: 'Give the path of a text file, or - for stdin.' });
  }
}

function readMeta(options: Options): RecordRequest['meta'] {
  const timeout = valueOf(options, '--timeout');
  const timeoutMs = timeout === null ? null : readDuration(timeout);
  if (timeout !== null && timeoutMs === null) throw new Failure('usage', `Unexpected --timeout ${timeout}, expected a number with ms, s, m or h, as in 60s.`);
  const [inputs, env] = [valuesOf(options, '--inputs'), valuesOf(options, '--env')];
  const wrong = env.find((variable) => !/^[A-Za-z_]\w*$/.test(variable));
  if (wrong !== undefined) throw new Failure('usage', `Unexpected --env ${wrong.split('=')[0] ?? ''}, expected the name of a variable without its value.`);
  return { ...(timeoutMs === null ? {} : { timeoutMs }), ...(inputs.length === 0 ? {} : { inputs }), ...(env.length === 0 ? {} : { env }) };
}

function readTimes(options: Options): number {
  const runs = valueOf(options, '--runs') ?? '2';
  if (!/^(?:[1-9]|10)$/.test(runs)) throw new Failure('usage', `Unexpected --runs ${runs}, expected a number from 1 to 10.`);
  return Number(runs);
}
