import { z } from 'zod';
import { outcomeOf } from '../ledger/builds/build.ts';
import { maskFound } from '../repro/secrets/find-secrets.ts';
import { readMoment, type ListedStatus } from './newest.ts';

const optionalText = z.string().nullish();
const id = z.number().nullish();

/** A commit status: GitHub writes `state`, Gitea and Forgejo `status`. */
const statusSchema = z.object({ id, state: optionalText, status: optionalText, context: optionalText, description: optionalText, target_url: optionalText, created_at: optionalText, updated_at: optionalText })
  .refine(({ state, status }) => (state ?? status ?? '') !== '', 'expected a state');

const checkRunSchema = z.object({
  id, name: z.string(), status: z.string(), conclusion: optionalText, html_url: optionalText, details_url: optionalText, started_at: optionalText, completed_at: optionalText,
  app: z.object({ id, slug: optionalText }).nullish(), check_suite: z.object({ id }).nullish(), output: z.object({ title: optionalText }).nullish(),
});

/** A combined status, or a bare list of statuses; Gitea gives null for an empty one. */
export const statusesSchema = z.union([
  z.array(statusSchema).nullable().transform((items) => ({ items: items ?? [], total: null })),
  z.object({ statuses: z.array(statusSchema).nullable(), total_count: z.int().nullish() }).transform(({ statuses, total_count: total }) => ({ items: statuses ?? [], total: total ?? null })),
]);

export const checkRunsSchema = z.object({ check_runs: z.array(checkRunSchema), total_count: z.int().nullish() }).transform(({ check_runs: items, total_count: total }) => ({ items, total: total ?? null }));

/** A commit status of either forge. `page` is where relative addresses begin. */
export function toStatus(status: z.output<typeof statusSchema>, page: URL): ListedStatus {
  const state = (status.state ?? status.status ?? '').toLowerCase();
  const context = status.context ?? '';
  const { at, moment } = readMoment(status.updated_at ?? status.created_at);
  return { of: `status ${context}`, id: status.id ?? 0, moment: moment ?? 0, context: context === '' ? 'default' : context, state, outcome: outcomeOf(state), description: textOf(status.description), url: addressOf(status.target_url, page), at, source: 'status' };
}

/** A check run. One that runs again within its suite replaces itself; the same name in another suite is another build. */
export function toCheckRun(run: z.output<typeof checkRunSchema>, page: URL): ListedStatus {
  const ended = run.status === 'completed';
  const state = (ended ? (run.conclusion ?? 'completed') : run.status).toLowerCase();
  const begun = readMoment(run.started_at);
  const { at } = readMoment(run.completed_at ?? run.started_at);
  const of = `check-run ${run.app?.slug ?? run.app?.id ?? ''} ${run.check_suite?.id ?? ''} ${run.name}`;
  return { of, id: run.id ?? 0, moment: begun.moment ?? (ended ? 0 : Number.POSITIVE_INFINITY), context: run.name, state, outcome: outcomeOf(state), description: textOf(run.output?.title), url: addressOf(run.html_url ?? run.details_url, page), at, source: 'check-run' };
}

/** What anybody may have written there is kept short, and without what looks like a secret. */
function textOf(text: string | null | undefined): string | null {
  const short = maskFound(text?.slice(0, 4000) ?? '').replaceAll(/\s+/gu, ' ').trim().slice(0, 300);
  return short === '' ? null : short;
}

function addressOf(written: string | null | undefined, page: URL): string | null {
  if (written === null || written === undefined || written === '' || !URL.canParse(written, page.href)) return null;
  const url = new URL(written, page);
  return /^https?:$/u.test(url.protocol) ? maskFound(url.href.slice(0, 4000)).slice(0, 500) : null;
}
