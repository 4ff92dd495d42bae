import { z } from 'zod';

const buildStatusSchema = z.object({
  /** The name of the build: the context of a status, the name of a check run. */
  context: z.string(),
  /** As the forge says it: success, failure, error, pending, neutral, skipped, cancelled, action_required, … */
  state: z.string(),
  /** What that comes to. */
  outcome: z.enum(['passed', 'failed', 'open']),
  description: z.string().nullable(),
  url: z.string().nullable(),
  /** When the forge learnt of it, in UTC. */
  at: z.string().nullable(),
  source: z.enum(['status', 'check-run']),
});

/** success: every build passed, and there is one · failure: one failed · pending: one is under way, or there is none. */
const combinedSchema = z.enum(['success', 'failure', 'pending']);

/** `data` of `ci status`. `state` is null, and `statuses` empty, where nothing is known. */
export const ciStatusSchema = z.object({
  commit: z.string(),
  forge: z.string(),
  repository: z.string(),
  state: combinedSchema.nullable(),
  statuses: z.array(buildStatusSchema),
  /** What the configuration asks for, and what of it is not green. */
  required: z.object({ contexts: z.union([z.literal('all'), z.array(z.string())]), missing: z.array(z.string()) }),
  /** When the forge was asked for what stands here; null where it never answered. */
  asked: z.string().nullable(),
  /** The forge did not answer now: this is what it said last time. */
  cached: z.boolean(),
  ageSeconds: z.int().min(0).nullable(),
});

export type BuildStatus = z.infer<typeof buildStatusSchema>;
export type CombinedState = z.infer<typeof combinedSchema>;
