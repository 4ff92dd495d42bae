import { userInfo } from 'node:os';
import { exitCode } from '../../../../contract/exit-codes.ts';
import { Failure } from '../../../../contract/failure.ts';
import { quoteWord } from '../../../../queries/shell-word.ts';
import { closeOneAlert } from '../../../../reconcile/index.ts';
import { renderAlerts } from '../../../../reports/infra/alerts-text.ts';
import { diffOfChange } from '../../../infra/diff-of-change.ts';
import { nothingJournaled, prepareJournal } from '../../../infra/journal-of-run.ts';
import { withInfra } from '../../../infra/open-infra-for.ts';
import { isGiven, valueOf, type Invocation } from '../../../invocation.ts';
import { answer, type Outcome } from '../../../outcome.ts';

/** `docket infra alerts close ID --reason WORD [--evidence TEXT] [--by WHO] [--journal] [--dry-run]`. */
export async function run(invocation: Invocation): Promise<Outcome> {
  const { options, globals } = invocation;
  const [name = ''] = invocation.arguments;
  const reason = valueOf(options, '--reason')?.trim() ?? '';
  if (reason === '') throw new Failure('usage', 'An alert is closed with a reason, but --reason is missing.', { next: `docket infra alerts close ${quoteWord(name)} --reason false-alarm` });
  const dryRun = isGiven(options, '--dry-run');
  const request = { reason, by: valueOf(options, '--by') ?? globals.role ?? userInfo().username, evidence: valueOf(options, '--evidence') };
  const write = await prepareJournal(invocation);
  return withInfra(invocation, async ({ infra, root, diagnose }) => {
    const { exit, data, problems } = await closeOneAlert(infra, name, request, dryRun ? 'plan' : 'write');
    const { alert, change } = data;
    const { journal, ...told } = alert === null || change === null ? nothingJournaled : await write(async (pen, phase) => {
      const { addAlertClosing } = await import('../../../../edits/writers/add-infra-run.ts');
      return addAlertClosing(pen, phase, alert);
    });
    const diff = diffOfChange(root, change) + (journal?.diff ?? '');
    return answer({
      data: { alert, diff, dryRun, journal },
      render: (shown, view) => (shown.dryRun ? shown.diff : renderAlerts({ open: [], closed: shown.alert === null ? [] : [shown.alert] }, view)),
      exitCode: exit === exitCode.yes ? told.exit : exit,
      diagnostics: [...diagnose(problems), ...told.diagnostics],
      next: alert === null || dryRun ? [] : ['docket infra alerts'],
      notes: alert !== null && change === null ? [`${alert.id} is closed already.`] : [],
    });
  });
}
