import { showState } from '../../../reconcile/index.ts';
import { renderStates } from '../../../reports/infra/state-text.ts';
import { withInfra } from '../../infra/open-infra-for.ts';
import type { Invocation } from '../../invocation.ts';
import { answer, type Outcome } from '../../outcome.ts';

/** `docket infra state [APP…]`. Executes nothing and changes nothing. */
export function run(invocation: Invocation): Promise<Outcome> {
  return withInfra(invocation, async ({ infra, diagnose }) => {
    const { exit, data, problems } = await showState(infra, invocation.arguments);
    const { apps } = data;
    const stuck = apps.filter(({ state }) => state?.phase === 'stuck').map(({ app }) => `docket infra state resume ${app}`);
    const unread = apps.filter(({ state }) => state === null).map(({ app }) => `docket infra state repair ${app}`);
    return answer({ data: { apps, state_dir: infra.stateDir }, render: (shown, view) => renderStates(shown.apps, view), exitCode: exit, diagnostics: diagnose(problems), next: [...stuck, ...unread] });
  });
}
