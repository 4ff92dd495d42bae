import { z } from 'zod';

/** Where something stands; lines and columns count from 1, paths are relative to the repository root. */
const diagnosticPlaceSchema = z.object({
  path: z.string(),
  line: z.int().min(1),
  column: z.int().min(1).optional(),
  endLine: z.int().min(1).optional(),
  rev: z.string().nullable().optional(),
});

export const levelSchema = z.enum(['error', 'warning', 'info']);

export const diagnosticSchema = z.object({
  rule: z.string(),
  level: levelSchema,
  message: z.string(),
  place: diagnosticPlaceSchema.nullable(),
  related: z.array(z.object({ message: z.string(), place: diagnosticPlaceSchema })),
  entry: z.string().nullable(),
  commit: z.string().nullable().optional(),
  next: z.string().nullable(),
  fixable: z.boolean(),
});

/** What every command prints with `--json`. `ok` is true exactly when the exit code is 0. */
export const envelopeSchema = z.object({
  schemaVersion: z.literal(1),
  command: z.string(),
  ok: z.boolean(),
  data: z.record(z.string(), z.unknown()),
  diagnostics: z.array(diagnosticSchema),
  next: z.array(z.string()),
});

export type DiagnosticPlace = z.infer<typeof diagnosticPlaceSchema>;
export type Level = z.infer<typeof levelSchema>;
export type Diagnostic = z.infer<typeof diagnosticSchema>;
export type Envelope = z.infer<typeof envelopeSchema>;
