import { z } from 'zod';

const placeSchema = z.object({ path: z.string(), line: z.int().min(1) });
const edgeSchema = z.object({ from: z.string(), to: z.string(), why: z.string(), place: placeSchema });
const orderAnswerSchema = z.enum(['ok', 'cycle', 'unknown-provider', 'incomplete']);
const names = z.array(z.string());

/** `data` of `infra order`. */
export const infraOrderSchema = z.object({
  answer: orderAnswerSchema,
  /** `from` has not started before `to` has. */
  edges: z.array(edgeSchema),
  cycles: z.array(z.object({ path: names, edges: z.array(edgeSchema.extend({ also: z.array(placeSchema) })), proposal: z.string() })),
  unread: z.array(z.object({ what: z.string(), why: z.string(), place: placeSchema })),
  unknown: z.array(z.object({ app: z.string(), probe: z.string(), url: z.string(), why: z.string(), place: placeSchema })),
  leaves: names,
  /** The unit that was asked for; null without one, and then the next three are empty. */
  unit: z.string().nullable(),
  waits_for: names,
  waited_on_by: names,
  direct: z.object({ waits_for: names, waited_on_by: names }).nullable(),
  /** With `--format mermaid` or `dot`. */
  drawing: z.string().nullable(),
});

const verdictSchema = z.enum(['pass', 'fail', 'unknown']);
const tlsSchema = z.object({ authorized: z.boolean(), why: z.string().nullable(), notAfter: z.string().nullable(), expired: z.boolean() });
const bodySchema = z.object({ digest: z.string(), bytes: z.int(), truncated: z.boolean() });
const timed = { ms: z.number() };

/** Nobody answered, or somebody did, or it could not be asked: never a magic number. */
const resultSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('answer'), status: z.int(), body: bodySchema, tls: tlsSchema.nullable(), ...timed }),
  z.object({ kind: z.literal('connected'), ...timed }),
  z.object({ kind: z.literal('exited'), exit: z.int().nullable(), signal: z.string().nullable(), stdout: bodySchema, stderr: bodySchema, ...timed }),
  z.object({ kind: z.literal('no-answer'), phase: z.enum(['dns', 'connect', 'tls', 'http', 'body', 'command']), code: z.string(), tls: tlsSchema.nullable(), ...timed }),
  z.object({ kind: z.literal('not-run'), code: z.string(), why: z.string(), ...timed }),
]);

const probeSchema = z.object({
  of: z.enum(['gate', 'confirm']),
  name: z.string(),
  verdict: verdictSchema,
  result: resultSchema,
  conditions: z.array(z.object({ condition: z.string(), ok: z.boolean(), expected: z.string(), got: z.string() })),
});

/** What `--journal` wrote; null without it. */
const journalSchema = z.object({ entry: z.string().nullable(), path: z.string(), diff: z.string() }).nullable();

const closingSchema = z.object({ at: z.string(), reason: z.string(), by: z.string(), evidence: z.string().nullable() });

/** An alert, as its file holds it; a later version may add to it. */
const alertSchema = z.looseObject({
  app: z.string(),
  reason: z.string(),
  ts: z.string(),
  version: z.string(),
  schema: z.number().nullable(),
  id: z.string(),
  key: z.string(),
  severity: z.enum(['warning', 'error', 'critical']),
  count: z.int().min(1),
  first_seen: z.string(),
  last_seen: z.string(),
  attempted: z.string().nullable(),
  last_good: z.string().nullable(),
  recovered: z.boolean(),
  evidence: z.string().nullable(),
  suppressed_by: z.string().nullable(),
  closed: closingSchema.nullable(),
});

const stateSchema = z.object({
  schema: z.literal(1),
  seq: z.int(),
  phase: z.enum(['idle', 'holding', 'snapshotting', 'deploying', 'gating', 'committing', 'rolling-back', 'gating-rollback', 'stuck']),
  attempt: z.object({ version: z.string(), id: z.string(), n: z.int(), boot_id: z.string(), mark: z.string().nullable() }).nullable(),
  last_good: z.string().nullable(),
  previous_good: z.string().nullable(),
  bad: names,
});

const controlSchema = z.object({
  name: z.string(),
  kind: z.enum(['static', 'loopback', 'destructive', 'differential']),
  verdict: z.string(),
  why: z.string(),
  gate: z.string(),
  at: z.string(),
  /** The gate has changed since. */
  stale: z.boolean(),
});

/** `data` of `infra check`, `reconcile` and `controls`. */
export const infraAppsSchema = z.object({
  apps: z.array(
    z.object({
      app: z.string(),
      wanted: z.string().nullable(),
      verdict: verdictSchema.nullable(),
      outcome: z.enum(['committed', 'noop', 'held', 'rolled-back', 'unhealthy', 'known-bad', 'deadlock', 'conflict', 'unknown', 'interrupted', 'stuck', 'refused', 'not-written']).nullable(),
      why: z.string().nullable(),
      probes: z.array(probeSchema),
      alerts: z.array(alertSchema),
      controls: z.array(controlSchema),
      order: orderAnswerSchema.nullable(),
      gate: z.string(),
      samples: z.array(z.object({ verdict: verdictSchema, rounds: z.int(), firstMs: z.number(), lastMs: z.number(), probes: z.array(probeSchema) })),
      state: stateSchema.nullable(),
    }),
  ),
  /** Id of the run's line of evidence. */
  evidence: z.string().nullable(),
  journal: journalSchema,
  /** With `check --record`: the answer of `docket record`. */
  recorded: z.record(z.string(), z.unknown()).nullable(),
});

/** `data` of `infra alerts`, and of `infra alerts close`. */
export const infraAlertsSchema = z.union([
  z.object({ open: z.array(alertSchema), closed: z.array(alertSchema), alerts_dir: z.string() }),
  z.object({ alert: alertSchema.nullable(), diff: z.string(), dryRun: z.boolean(), journal: journalSchema }),
]);

/** `data` of `infra state` and of the commands that change a state. */
export const infraStateSchema = z.object({
  apps: z.array(z.object({ app: z.string(), state: stateSchema.nullable(), changed: z.boolean(), kept: z.string().nullable() })),
  state_dir: z.string().optional(),
  diff: z.string().optional(),
  dryRun: z.boolean().optional(),
});
