import { z } from 'zod';
import { placeSchema, stepSchema } from './entry.ts';
import { diagnosticSchema } from './envelope.ts';

const commandClassSchema = z.enum(['auto', 'ask', 'manual']);
const roleSchema = z.enum(['setup', 'red', 'green', 'neg', 'check', 'teardown']);

/** What would be executed, and the digest that a consent to exactly this is bound to. */
const planSchema = z.object({
  digest: z.string(),
  steps: z.array(z.object({ role: z.enum([...roleSchema.options, 'prepare']), at: z.string().nullable(), patch: z.string().nullable(), command: z.string(), class: commandClassSchema, reasons: z.array(z.string()) })),
  env: z.array(z.string()),
  /** The steps get no network; that it can be taken away here has been tried. */
  isolated: z.boolean(),
  asks: z.boolean(),
});

const namedPlanSchema = planSchema.extend({ reproduction: z.string() });

const runStepSchema = z.object({
  role: roleSchema,
  line: z.int().min(0),
  at: z.string().nullable(),
  patch: z.string().nullable(),
  command: z.string(),
  outcome: z.enum(['match', 'mismatch', 'exit-mismatch', 'timeout', 'killed', 'not-run', 'infra', 'truncated', 'skipped', 'refused']),
  verdict: z.string(),
  why: z.string(),
  exit: z.int().nullable(),
  ms: z.number(),
  difference: z.object({ stream: z.enum(['stdout', 'stderr', 'status']), line: z.int().nullable(), expected: z.string().nullable(), got: z.string().nullable() }).nullable(),
});

/** `data` of `record --plan`: `needs` are the plans of what has to hold before, in their order. */
export const recordPlanSchema = z.object({ plan: planSchema, needs: z.array(namedPlanSchema) });

/** `data` of `record`. */
export const recordSchema = z.object({
  reproduction: z.string(),
  gate: z.string().nullable(),
  verdict: z.string(),
  why: z.array(z.string()),
  steps: z.array(runStepSchema),
  receipt: z.object({
    sum: z.string(), prev: z.string().nullable(), commit: z.string().nullable(), tree: z.string(), base: z.object({ commit: z.string(), tree: z.string() }).nullable(), time: z.string(), runs: z.int(),
    stable: z.boolean(), attempts: z.int(), dirty: z.array(z.string()), isolated: z.boolean(),
  }),
  /** Lines that differed from run to run, and the pattern that stands in their place; null where none is safe. */
  unstable: z.array(z.object({ step: z.int(), stream: z.enum(['stdout', 'stderr']), line: z.int(), seen: z.array(z.string()), pattern: z.string().nullable() })),
  path: z.string(),
  files: z.array(z.string()),
  diff: z.string(),
  dryRun: z.boolean(),
});

/** `ci` is the run of the build that made it, `sealed` the fingerprint of the key that signed it. */
const replayReceiptSchema = z.object({
  sum: z.string(), of: z.string(), by: z.string(), path: z.string(), ci: z.object({ system: z.string(), run: z.string().nullable(), repository: z.string().nullable() }).optional(), sealed: z.string().optional(),
});

const oneReplaySchema = z.object({
  reproduction: z.string(),
  /** `mismatch`: recorded as proven, and otherwise now. */
  verdict: z.string(),
  judgement: z.string(),
  cold: z.boolean(),
  /** The steps had no network. */
  isolated: z.boolean(),
  /** It was run because another needs it; only those that were asked for decide. */
  needed: z.boolean(),
  commit: z.string().nullable(),
  why: z.array(z.string()),
  steps: z.array(runStepSchema),
  receipt: replayReceiptSchema.nullable(),
  diff: z.string(),
});

/** `data` of `replay`: the first one, with the verdict of all, and each in `replays`. */
export const replayAnswerSchema = oneReplaySchema.extend({ replays: z.array(oneReplaySchema), dryRun: z.boolean() });

/** `data` of `attest`: the receipt of the first one that was asked for, and each in `attested`; `skipped` are those that nobody may start. */
export const attestSchema = z.object({
  receipt: replayReceiptSchema.nullable(),
  verdict: z.string().nullable(),
  attested: z.array(oneReplaySchema),
  skipped: z.array(z.object({ reproduction: z.string(), why: z.string() })),
  ci: z.object({ system: z.string(), run: z.string().nullable(), repository: z.string().nullable() }),
  dryRun: z.boolean(),
});

const queuedPlanSchema = namedPlanSchema.extend({ needs: z.array(z.string()) });

/** `data` of `replay --plan`: the first plan that was asked for, and each in `plans`, in the order in which they would be run. */
export const replayPlanSchema = z.object({ plan: queuedPlanSchema, plans: z.array(queuedPlanSchema) });

/** `data` of `repro lint`. */
export const lintSchema = z.object({
  reproductions: z.array(z.object({
    id: z.string(), notation: z.enum(['strict', 'loose']), level: z.string(), verdict: z.string(), place: placeSchema, steps: z.array(stepSchema), findings: z.array(diagnosticSchema),
  })),
  findings: z.array(diagnosticSchema),
});

/** `data` of `gate`. */
export const gateSchema = z.object({
  gate: z.string(),
  purpose: z.enum(['claim', 'done']),
  allowed: z.boolean(),
  missing: z.array(z.string()),
  evidence: z.array(z.object({
    reproduction: z.string(), notation: z.enum(['strict', 'loose']), level: z.string(), verdict: z.string(), freshness: z.string().nullable(), changed: z.array(z.string()), roles: z.array(z.string()),
    replayed: z.string().nullable(),
  })),
});

/** `data` of `consent add`, `list` and `revoke`. */
export const consentsSchema = z.object({
  consents: z.array(z.object({ digest: z.string(), repository: z.string(), at: z.string(), what: z.string() })),
  revoked: z.int().optional(),
});
