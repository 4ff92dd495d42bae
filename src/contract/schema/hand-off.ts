import { z } from 'zod';
import { roleSchema } from './entry.ts';

/** One line of `docket watch`: something that a commit handed over from one side to the other. All keys are always there. */
export const handOffSchema = z.object({
  /** `rewritten`: the history that was followed is not part of HEAD any more; `text` says where watching goes on. */
  event: z.enum(['claim', 'verdict', 'veto', 'inbox', 'done', 'rewritten']),
  commit: z.string(),
  /** Commit time, UTC. */
  at: z.string(),
  /** Who handed over; null for `rewritten`. */
  role: roleSchema.nullable(),
  phase: z.string().nullable(),
  gate: z.string().nullable(),
  /** Id of the entry; null where only the commit says it. */
  entry: z.string().nullable(),
  /** claim: claimed, reclaimed; verdict: pass, fail, conditional; veto: raised, cleared; inbox: sent, grown, consumed; done: marked; rewritten: rebased, switched. */
  state: z.string(),
  /** Whose turn it is. */
  to: roleSchema.nullable(),
  text: z.string(),
  /** What to give to `--since` to get all that follows this line; null where only the whole history would do. */
  cursor: z.string().nullable(),
});

export type HandOff = z.infer<typeof handOffSchema>;
