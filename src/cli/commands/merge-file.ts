import { exitCode } from '../../contract/exit-codes.ts';
import { Failure } from '../../contract/failure.ts';
import { mergeFile, type MergeReport } from '../../edits/merge/merge-file.ts';
import { isGiven, valueOf, type Invocation, type Options } from '../invocation.ts';
import { answer, type Outcome } from '../outcome.ts';

/** `docket merge-file BASE OURS THEIRS`: the merge driver that git calls with `%O %A %B`. */
export async function run({ arguments: [base = '', ours = '', theirs = ''], options, globals }: Invocation): Promise<Outcome> {
  const dryRun = isGiven(options, '--dry-run');
  const labels = { base: 'base', ours: 'ours', theirs: 'theirs' };
  const report = await mergeFile({ folder: globals.dir, files: { base, ours, theirs }, path: valueOf(options, '--path'), style: { markerSize: markerSizeOf(options), labels }, dryRun, role: globals.role });
  return answer({
    data: { ...report, dryRun },
    render: ({ diff }) => (dryRun ? diff : ''),
    exitCode: report.conflicts === 0 ? exitCode.yes : exitCode.no,
    notes: [noteOn(report)],
  });
}

function markerSizeOf(options: Options): number {
  const size = valueOf(options, '--marker-size') ?? '7';
  if (!/^[1-9]\d?$/u.test(size)) throw new Failure('usage', `Unexpected marker size "${size}", expected a whole number from 1 to 99.`, { next: 'docket merge-file --help' });
  return Number(size);
}

function noteOn({ path, conflicts, by, why }: MergeReport): string {
  const how = by === 'entries' ? 'merged by entries' : `merged line by line (${why})`;
  return `${path}: ${how}${conflicts === 0 ? '' : `, ${conflicts} ${conflicts === 1 ? 'conflict' : 'conflicts'} left between marks`}.`;
}
