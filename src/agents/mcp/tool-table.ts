import { z } from 'zod';
import { briefSchema, checkSchema, explainSchema, searchSchema, showSchema, traceSchema, whySchema } from '../../contract/schema/answers.ts';
import { documentSchema } from '../../contract/schema/document.ts';
import { entrySchema } from '../../contract/schema/entry.ts';
import { gateSchema } from '../../contract/schema/evidence.ts';
import { statusSchema } from '../../contract/schema/status.ts';

/** What is known of a tool beside its command. */
export interface ToolKind {
  data: z.ZodObject;
  /** The list of `data` that is given page by page; null where there is none. */
  list: string | null;
  /** The command pages itself; else the tool does. */
  pages: 'command' | 'tool';
  hints: { readOnlyHint: boolean; destructiveHint: boolean; idempotentHint: boolean };
}

const reading = { readOnlyHint: true, destructiveHint: false, idempotentHint: true };
/** Adds to the record; the same call again adds again. */
const adding = { readOnlyHint: false, destructiveHint: false, idempotentHint: false };
/** Changes what stands there to what is asked for; the same call again changes nothing more. */
const settling = { readOnlyHint: false, destructiveHint: false, idempotentHint: true };
/** Takes something out of the working tree, which history keeps. */
const taking = { readOnlyHint: false, destructiveHint: true, idempotentHint: true };

const page = { total: z.int().min(0), truncated: z.boolean(), cursor: z.string().nullable() };
const listed = z.looseObject({ entries: z.array(entrySchema.partial()).optional(), documents: z.array(documentSchema.partial()).optional(), ...page });
const written = z.looseObject({ entry: entrySchema.nullable(), path: z.string().nullable(), diff: z.string(), dryRun: z.boolean() });

function read(data: z.ZodObject, list: string | null, pages: ToolKind['pages'] = 'tool'): ToolKind {
  return { data: z.looseObject({ ...data.shape, ...(list === null ? {} : page) }), list, pages, hints: reading };
}

function write(hints: ToolKind['hints'], data: z.ZodObject = written): ToolKind {
  return { data, list: null, pages: 'tool', hints };
}

/** The commands that are tools, by their words. None of them executes anything that stands in the record. */
export const toolTable: Readonly<Record<string, ToolKind>> = {
  status: read(statusSchema, 'phases'),
  list: { data: listed, list: 'entries', pages: 'command', hints: reading },
  show: read(showSchema, null),
  trace: read(traceSchema, 'nodes'),
  why: read(whySchema, 'entries', 'command'),
  search: read(searchSchema, 'entries', 'command'),
  check: read(checkSchema, 'findings'),
  explain: read(explainSchema, 'rules'),
  gate: read(gateSchema, 'evidence'),
  brief: read(briefSchema, null),
  'journal add': write(adding),
  decide: write(adding),
  defer: write(adding),
  close: write(settling),
  reopen: write(settling),
  finding: write(adding),
  'task add': write(adding),
  'task tick': write(settling),
  'inbox send': write(adding),
  'inbox consume': write(taking, z.looseObject({ entry: z.looseObject({ id: z.string(), body: z.string() }).nullable(), messages: z.array(z.looseObject({ id: z.string(), body: z.string() })), path: z.string(), diff: z.string(), dryRun: z.boolean() })),
  claim: write(adding),
  verdict: write(adding),
  done: write(settling),
  veto: write(adding),
  'veto lift': write(settling),
  waive: write(adding),
  'phase open': write(settling, z.looseObject({ written: z.array(z.string()) })),
  sync: write(settling, z.looseObject({ closed: z.array(z.looseObject({})), reopened: z.array(z.looseObject({})), refused: z.array(z.looseObject({})), pending: z.array(z.looseObject({})), diff: z.string() })),
};
