import { syncDocket, type SyncResult } from '../../edits/sync.ts';
import { withLock } from '../../edits/with-lock.ts';
import type { Diagnostic } from '../../contract/schema/envelope.ts';
import { openRepository } from '../../git/open-repository.ts';
import { isEmptyDocket } from '../../queries/is-empty.ts';
import { renderSync } from '../../reports/sync-text.ts';
import { isGiven, valueOf, type Invocation } from '../invocation.ts';
import { openFor } from '../open.ts';
import { answer, type Outcome } from '../outcome.ts';

/** `docket sync [--landing REF] [--accept-words] [--dry-run]`. */
export async function run({ options, globals }: Invocation): Promise<Outcome> {
  const dryRun = isGiven(options, '--dry-run');
  const work = async (): Promise<Outcome> => {
    const docket = await openFor(globals);
    const result = await syncDocket(docket, { landing: valueOf(options, '--landing'), dryRun, acceptWords: isGiven(options, '--accept-words') });
    const { plan } = result;
    const changes = plan.closed.length + plan.reopened.length;
    const data = {
      landing: result.landing,
      closed: plan.closed.map(({ entry, as, route, commit, at }) => ({ entry, commit: as, route, declaredBy: commit, at })),
      reopened: plan.reopened.map(({ entry, commit, route, closedBy, at }) => ({ entry, commit, route, closedBy, at })),
      refused: plan.refused,
      pending: plan.pending,
      diff: result.diff,
      written: result.written,
      dryRun,
    };
    return answer({
      data,
      render: renderSync,
      diagnostics: [...docket.ledger.diagnostics, ...diagnosticsOf(result, docket.ledger.revision.shallow)],
      next: nextAfter(result, dryRun, changes, isEmptyDocket(docket.ledger)),
    });
  };
  return dryRun ? work() : withLock((await openRepository(globals.dir)).commonDir, work);
}

function diagnosticsOf({ plan, landing }: SyncResult, shallow: boolean): Diagnostic[] {
  const base = { place: null, related: [] as Diagnostic['related'], fixable: false };
  const refused = plan.refused.map(({ entry, commit, why }): Diagnostic => ({ ...base, rule: 'misattributed-close', level: 'error', message: `${commit.slice(0, 12)} declares ${entry} closed, but it ${why}`, entry, commit, next: 'Declare it in the commit that changes what the item names, or close the item by hand with a line that says why.' }));
  const unknown = plan.unknown.map(({ commit, value, why }): Diagnostic => ({ ...base, rule: 'dangling-link', level: 'warning', message: `${commit.slice(0, 12)} declares "${value}" closed: ${why}`, entry: null, commit, next: 'docket list deferred' }));
  const cut: Diagnostic[] = shallow ? [{ ...base, rule: 'shallow-clone', level: 'info', message: 'this clone is shallow: what was declared or landed before its edge cannot be known', entry: null, next: 'git fetch --unshallow' }] : [];
  const none: Diagnostic[] = landing === '' ? [{ ...base, rule: 'no-landing-ref', level: 'info', message: 'there is no commit yet that anything could have landed on', entry: null, next: 'git commit' }] : [];
  return [...refused, ...unknown, ...cut, ...none];
}

function nextAfter(result: SyncResult, dryRun: boolean, changes: number, empty: boolean): string[] {
  if (empty) return ['docket init'];
  if (changes === 0) return ['docket status'];
  return dryRun ? ['docket sync'] : [`git commit -m 'deferred: close what has landed' -- ${result.written.join(' ')}`];
}
