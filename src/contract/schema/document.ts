import { z } from 'zod';
import { roleSchema } from './entry.ts';

const documentKindSchema = z.enum(['journal', 'status', 'backlog', 'review', 'decisions', 'deferred', 'inbox', 'plan', 'unknown']);

const unparsedSchema = z.object({ line: z.int().min(1), endLine: z.int().min(1), why: z.string() });

const spanSchema = z.object({
  line: z.int().min(1),
  endLine: z.int().min(1),
  type: z.enum(['entry', 'container', 'preamble', 'unparsed']),
  entry: z.string().nullable(),
});

/** One markdown file of a known kind. The spans cover every line exactly once. */
export const documentSchema = z.object({
  path: z.string(),
  kind: documentKindSchema,
  phase: z.string(),
  owner: roleSchema.nullable(),
  bytes: z.int(),
  lines: z.int(),
  entries: z.array(z.string()),
  unparsed: z.array(unparsedSchema),
  spans: z.array(spanSchema),
});

export type DocumentKind = z.infer<typeof documentKindSchema>;
export type Unparsed = z.infer<typeof unparsedSchema>;
export type Span = z.infer<typeof spanSchema>;
export type Document = z.infer<typeof documentSchema>;
