import type { Infra, InfraResult, StateChangeData } from '../../reconcile/index.ts';
import { renderStates } from '../../reports/infra/state-text.ts';
import { isGiven, type Invocation } from '../invocation.ts';
import { answer, type Outcome } from '../outcome.ts';
import { diffOfChange } from './diff-of-change.ts';
import { withInfra } from './open-infra-for.ts';

type Change = (infra: Infra, app: string, mode: 'write' | 'plan') => Promise<InfraResult<StateChangeData>>;

/** What the commands that change a state have in common; `change` is one of the library's. */
export function changeState(invocation: Invocation, change: Change): Promise<Outcome> {
  const [name = ''] = invocation.arguments;
  const dryRun = isGiven(invocation.options, '--dry-run');
  return withInfra(invocation, async ({ infra, root, diagnose }) => {
    const { exit, data, problems } = await change(infra, name, dryRun ? 'plan' : 'write');
    const { apps } = data;
    const diff = diffOfChange(root, data.change);
    return answer({
      data: { apps, diff, dryRun },
      render: (shown, view) => (shown.dryRun ? shown.diff : renderStates(shown.apps, view)),
      exitCode: exit,
      diagnostics: diagnose(problems),
      next: dryRun || apps.length === 0 ? [] : [`docket infra reconcile ${name}`],
      notes: apps.some(({ changed }) => changed) || problems.length > 0 ? [] : ['There was nothing to change.'],
    });
  });
}
