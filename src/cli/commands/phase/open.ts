import { openPhase, type OpenedPhase } from '../../../edits/phases/open-phase.ts';
import { warnNewPhase } from '../../../edits/writer/warn.ts';
import { quoteWord } from '../../../queries/shell-word.ts';
import { valueOf, valuesOf, type Invocation } from '../../invocation.ts';
import { answer, type Outcome } from '../../outcome.ts';
import { openPenFor } from '../../write.ts';

/** `docket phase open P [--plan PATH] [--gates M1,M2]`. */
export async function run(invocation: Invocation): Promise<Outcome> {
  const { options } = invocation;
  const phase = invocation.arguments[0] ?? '';
  const pen = await openPenFor(invocation);
  const { warnings, ...opened } = await openPhase(pen, { phase, plan: valueOf(options, '--plan'), gates: [...new Set(valuesOf(options, '--gates'))] });
  const { dryRun } = pen.options;
  const paths = opened.written.map((path) => quoteWord(`:/${path}`)).join(' ');
  return answer({
    data: { entry: null, ...opened, dryRun },
    render: renderOpened,
    diagnostics: [...warnings, ...warnNewPhase(pen, phase, opened.path)],
    next: dryRun || opened.written.length === 0 ? [] : [`git add ${paths} && git commit -m ${quoteWord(`status(${phase}): open the phase`)} -- ${paths}`],
  });
}

function renderOpened({ written, kept, diff, dryRun }: Omit<OpenedPhase, 'warnings'> & { dryRun: boolean }): string {
  if (dryRun) return diff;
  return [...written.map((path) => `written  ${path}\n`), ...kept.map((path) => `kept     ${path}\n`)].join('');
}
