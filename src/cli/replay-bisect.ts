import { exitCode } from '../contract/exit-codes.ts';
import { Failure } from '../contract/failure.ts';
import { bisectStart } from '../git/bisect-start.ts';
import { openRepository } from '../git/open-repository.ts';
import { openDocket, type Docket } from '../ledger/open-docket.ts';
import { prepareReplay, replayQueue, type ReplayRequest } from '../runner/replay/replay.ts';
import { findSubjects, type Subject } from '../runner/subject.ts';
import { isGiven, valueOf, type Invocation } from './invocation.ts';
import { answer, type Outcome } from './outcome.ts';
import { describeReplays } from './replay-answers.ts';
import { followProgress, readConsenting } from './run-answers.ts';

/**
 * `docket replay NAME --bisect`, for `git bisect run`: 0 where green passes at the commit that is checked out, 1 where it does not, 125 where that cannot be
 * told of this commit. What would be the same at every commit (no such reproduction, no consent) throws, and ends the search: `git bisect` would take any
 * lower code for a verdict.
 */
export async function replayForBisect({ arguments: [wanted = ''], options, globals }: Invocation): Promise<Outcome> {
  const cold = isGiven(options, '--cold');
  const found = await findBlock(globals.dir, wanted, valueOf(options, '--from'));
  if (found === null) return skip(wanted, `the record of this commit cannot be read, and ${wanted} stands nowhere else`);
  const { docket, subjects } = found;
  const idle = subjects.find((subject) => !subject.found.reproduction.steps.some(({ role, commands }) => role === 'green' && commands.length > 0));
  if (idle !== undefined) throw new Failure('bisect', `${idle.entry.id} has no green step, so that nothing tells a good commit from a bad one.`, { next: `docket show ${idle.entry.id}` });
  const request: ReplayRequest = { cold, greenOnly: true, isolate: isGiven(options, '--isolate'), consent: readConsenting(options), progress: followProgress(globals) };
  const queue = await prepareReplay(docket, subjects, request);
  try {
    const results = (await replayQueue(docket, queue, request)).map((replayed) => ({ replayed, written: null }));
    if (results.some(({ replayed }) => replayed.aborted)) throw new Failure('bisect', 'The run was broken off.', { next: 'git bisect run docket replay NAME --bisect' });
    const outcome = describeReplays(results, { cold, dryRun: true, wanted });
    return { ...outcome, exitCode: outcome.exitCode === exitCode.undetermined ? exitCode.bisectSkip : outcome.exitCode, next: [] };
  } catch (error) {
    // From here on it is this commit that stands in the way: a base that it does not have, a checkout that fails.
    if (error instanceof Failure && error.kind !== 'bisect') return skip(wanted, error.message);
    throw error;
  }
}

interface Block {
  docket: Docket;
  subjects: Subject[];
}

/**
 * The block, the same one at all commits: as it stands at `--from`, else where the search began, else in the working tree. Null where the record of the
 * commit that is checked out cannot be read.
 */
async function findBlock(dir: string, wanted: string, from: string | null): Promise<Block | null> {
  if (from !== null) return blockAt(dir, wanted, from);
  const start = await bisectStart(await openRepository(dir));
  if (start === null) return blockAt(dir, wanted, null);
  const atStart = await orNull(() => blockAt(dir, wanted, start), 'usage');
  return atStart ?? orNull(() => blockAt(dir, wanted, null), 'config', 'unreadable');
}

async function blockAt(dir: string, wanted: string, at: string | null): Promise<Block> {
  const docket = await openDocket(dir, { at });
  return { docket, subjects: await findSubjects(docket, wanted) };
}

async function orNull<T>(work: () => Promise<T>, ...kinds: Failure['kind'][]): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Failure && kinds.includes(error.kind)) return null;
    throw error;
  }
}

function skip(wanted: string, why: string): Outcome {
  return answer({
    data: { reproduction: wanted, verdict: 'inconclusive', judgement: 'inconclusive', cold: false, isolated: false, needed: false, commit: null, why: [why], steps: [], receipt: null, diff: '', replays: [], dryRun: true },
    render: () => '', exitCode: exitCode.bisectSkip,
    diagnostics: [{ rule: 'inconclusive', level: 'warning', message: `This commit is skipped: ${why}`, place: null, related: [], entry: null, next: null, fixable: false }],
  });
}
