import { z } from 'zod';

const gateStateSchema = z.enum(['none', 'claimed', 'verified', 'failed', 'conditional', 'reclaimed', 'expired', 'vetoed']);

const gateStatusSchema = z.object({
  id: z.string(),
  state: gateStateSchema,
  claim: z.object({ entry: z.string().nullable(), commit: z.string().nullable(), at: z.string().nullable() }).nullable(),
  verdict: z
    .object({
      entry: z.string().nullable(),
      result: z.enum(['pass', 'fail', 'conditional', 'pending']),
      commit: z.string().nullable(),
      at: z.string().nullable(),
      writtenTime: z.string().nullable(),
    })
    .nullable(),
  evidence: z.object({
    level: z.enum(['none', 'claimed', 'recorded', 'replayed', 'attested']),
    verdict: z.string(),
    reproductions: z.array(z.string()),
  }),
  disagreements: z.array(z.string()),
});

const phaseStatusSchema = z.object({
  id: z.string(),
  order: z.int(),
  gates: z.array(gateStatusSchema),
  done: z.object({ marked: z.boolean(), allowed: z.boolean(), missing: z.array(z.string()) }),
  findings: z.object({ open: z.array(z.string()), closed: z.array(z.string()) }),
  vetoes: z.array(z.object({ entry: z.string(), state: z.enum(['standing', 'cleared']), scope: z.string().nullable(), reason: z.string() })),
});

export const statusSchema = z.object({
  phases: z.array(phaseStatusSchema),
  deferred: z.object({ open: z.array(z.string()), closed: z.array(z.string()), triggered: z.array(z.string()) }),
  inbox: z.object({ builder: z.array(z.string()), adversary: z.array(z.string()) }),
  alerts: z.array(z.string()),
});

export type GateState = z.infer<typeof gateStateSchema>;
export type GateStatus = z.infer<typeof gateStatusSchema>;
export type PhaseStatus = z.infer<typeof phaseStatusSchema>;
export type Status = z.infer<typeof statusSchema>;
