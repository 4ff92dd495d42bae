import { listAlerts, type Alert } from '../../../reconcile/index.ts';
import { renderAlerts } from '../../../reports/infra/alerts-text.ts';
import { withInfra } from '../../infra/open-infra-for.ts';
import { isGiven, type Invocation } from '../../invocation.ts';
import { answer, type Outcome } from '../../outcome.ts';

/** `docket infra alerts [APP…]`. Executes nothing and changes nothing. */
export function run(invocation: Invocation): Promise<Outcome> {
  const names = invocation.arguments;
  const isAsked = ({ app }: Alert): boolean => names.length === 0 || names.includes(app);
  return withInfra(invocation, async ({ infra, diagnose }) => {
    const { exit, data, problems } = await listAlerts(infra);
    const [open, closed] = [data.open.filter(isAsked), data.closed.filter(isAsked)];
    const [first] = open;
    return answer({
      data: { open, closed, alerts_dir: infra.alertsDir },
      render: (shown, view) => renderAlerts({ open: shown.open, closed: isGiven(invocation.options, '--closed') ? shown.closed : [] }, view),
      exitCode: exit,
      diagnostics: diagnose(problems),
      next: first === undefined ? [] : [`docket infra check ${first.app}`, `docket infra alerts close ${first.id} --reason false-alarm`],
    });
  });
}
