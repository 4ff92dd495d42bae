import type { Invocation } from './invocation.ts';
import type { Outcome } from './outcome.ts';
import type { CommandName } from './table/command-table.ts';

interface CommandModule {
  run: (invocation: Invocation) => Promise<Outcome> | Outcome;
}

/** Each command is a bundle of its own, read when it is called; the compiler refuses an entry of the table that has no line here. */
export const loadCommand: Record<CommandName, () => Promise<CommandModule>> = {
  status: () => import('./commands/status.ts'),
  list: () => import('./commands/list.ts'),
  show: () => import('./commands/show.ts'),
  trace: () => import('./commands/trace.ts'),
  why: () => import('./commands/why.ts'),
  search: () => import('./commands/search.ts'),
  sync: () => import('./commands/sync.ts'),
  check: () => import('./commands/check.ts'),
  gate: () => import('./commands/gate.ts'),
  'journal add': () => import('./commands/journal/add.ts'),
  record: () => import('./commands/record.ts'),
  replay: () => import('./commands/replay.ts'),
  'consent add': () => import('./commands/consent/add.ts'),
  'consent list': () => import('./commands/consent/list.ts'),
  'consent revoke': () => import('./commands/consent/revoke.ts'),
  'repro lint': () => import('./commands/repro/lint.ts'),
  decide: () => import('./commands/decide.ts'),
  defer: () => import('./commands/defer.ts'),
  close: () => import('./commands/close.ts'),
  reopen: () => import('./commands/reopen.ts'),
  finding: () => import('./commands/finding.ts'),
  'task add': () => import('./commands/task/add.ts'),
  'task tick': () => import('./commands/task/tick.ts'),
  'inbox send': () => import('./commands/inbox/send.ts'),
  'inbox list': () => import('./commands/inbox/list.ts'),
  'inbox consume': () => import('./commands/inbox/consume.ts'),
  explain: () => import('./commands/explain.ts'),
  'infra check': () => import('./commands/infra/check.ts'),
  'infra reconcile': () => import('./commands/infra/reconcile.ts'),
  'infra order': () => import('./commands/infra/order.ts'),
  'infra controls': () => import('./commands/infra/controls.ts'),
  'infra alerts': () => import('./commands/infra/alerts.ts'),
  'infra alerts close': () => import('./commands/infra/alerts/close.ts'),
  'infra state': () => import('./commands/infra/state.ts'),
  'infra state resume': () => import('./commands/infra/state/resume.ts'),
  'infra state retry': () => import('./commands/infra/state/retry.ts'),
  'infra state repair': () => import('./commands/infra/state/repair.ts'),
  init: () => import('./commands/init.ts'),
  describe: () => import('./commands/describe.ts'),
  completion: () => import('./commands/completion.ts'),
  watch: () => import('./commands/watch.ts'),
  'merge-file': () => import('./commands/merge-file.ts'),
  'install merge-driver': () => import('./commands/install/merge-driver.ts'),
  help: () => import('./commands/help.ts'),
};
