import { z } from 'zod';
import { documentSchema } from './document.ts';
import { entrySchema, kindSchema, refSchema, roleSchema } from './entry.ts';
import { diagnosticSchema, levelSchema } from './envelope.ts';

const pageShape = {
  /** Length of the whole list, of which this page is a part. */
  total: z.int().min(0),
  truncated: z.boolean(),
  /** What to give to `--cursor` for the next page; null on the last one. */
  cursor: z.string().nullable(),
};

/** `data` of `list`: entries, or documents. Every key of an item is optional, as `--fields` leaves out what was not asked for. */
export const listSchema = z.union([
  z.object({ entries: z.array(entrySchema.partial()), ...pageShape }),
  z.object({ documents: z.array(documentSchema.partial()), ...pageShape }),
]);

const linkSchema = z.object({ from: z.string(), to: z.string(), type: refSchema.shape.type, status: refSchema.shape.status, line: z.int().min(1) });

/** `data` of `show`. */
export const showSchema = z.object({
  entry: entrySchema.extend({ body: z.string(), links: z.object({ out: z.array(linkSchema), in: z.array(linkSchema) }) }),
});

/** How two things of a trace are tied: by the words of one of them, or by what they are. */
const relationSchema = z.enum([
  'mentions', 'supersedes', 'superseded-by', 'amends', 'amended-by', 'claims', 'judges', 'closes', 'decides', 'replaces', 'of-phase',
  'introduced-by', 'changed-by', 'closed-by', 'reopened-by', 'sent-by', 'grown-by', 'consumed-by',
]);

/** `data` of `trace`. `type` of a node is the kind of an entry, `commit`, `phase`, `path` or `url`; of an edge it says what `to` is. */
export const traceSchema = z.object({
  root: z.string(),
  depth: z.int().min(0),
  nodes: z.array(z.object({ id: z.string(), type: z.string(), title: z.string().nullable(), state: z.string().nullable(), place: entrySchema.shape.place.nullable(), at: z.string().nullable(), depth: z.int().min(0) })),
  edges: z.array(
    z.object({ from: z.string(), to: z.string(), type: refSchema.shape.type, status: refSchema.shape.status, relation: relationSchema, line: z.int().min(1).nullable(), via: refSchema.shape.via }),
  ),
  /** Of a decision: those that hold in its place, itself included; null for anything else. */
  inForce: z.array(z.string()).nullable(),
});

const rangeSchema = z.object({ from: z.int().min(0), to: z.int().min(0) });

/** `data` of `why`; the page is one of `entries`. A reason without a commit is that the entry holds the line, or mentions the file. */
export const whySchema = z.object({
  path: z.string(),
  lines: rangeSchema,
  state: z.enum(['committed', 'changed', 'uncommitted', 'untracked', 'deleted']),
  uncommitted: z.array(rangeSchema),
  commits: z.array(
    z.object({
      commit: z.string(), at: z.string(), author: z.string(), subject: z.string(), role: roleSchema.nullable(), phase: z.string().nullable(),
      lines: z.array(rangeSchema), paths: z.array(z.string()),
    }),
  ),
  entries: z.array(
    entrySchema.extend({ reasons: z.array(z.object({ relation: z.enum(['holds', ...relationSchema.options]), commit: z.string().nullable(), line: z.int().min(1).nullable() })) }).partial(),
  ),
  ...pageShape,
});

/** `data` of `search`. */
export const searchSchema = z.object({
  entries: z.array(entrySchema.extend({ score: z.number(), line: z.int().min(1), snippet: z.string() }).partial()),
  ...pageShape,
});

/** `data` of `explain`. */
export const explainSchema = z.object({
  rules: z.array(
    z.object({
      id: z.string(),
      group: z.string(),
      level: levelSchema,
      title: z.string(),
      why: z.string(),
      wrong: z.string(),
      right: z.string(),
      nextStep: z.string(),
    }),
  ),
});

const mendedSchema = z.object({ rule: z.string(), entry: z.string(), path: z.string() });

/** `data` of `check`: findings are diagnostics with their two halves and a fingerprint that stays while lines move. */
export const checkSchema = z.object({
  findings: z.array(diagnosticSchema.extend({ commit: z.string().nullable(), found: z.string(), expected: z.string(), fingerprint: z.string() })),
  baseline: z.object({ known: z.int() }),
  waived: z.int(),
  checked: z.object({ mode: z.enum(['worktree', 'index', 'commit', 'all', 'range']), revision: z.string().nullable(), documents: z.int(), commits: z.int(), rules: z.int() }),
  /** With `--fix`: what was mended (or would be), what could not be, and how the files change. */
  fixed: z.array(mendedSchema).optional(),
  left: z.array(mendedSchema.extend({ why: z.string() })).optional(),
  diff: z.string().optional(),
  written: z.array(z.string()).optional(),
  dryRun: z.boolean().optional(),
});

/**
 * `data` of `brief`: sections with their items, most important first, within the budget. `cut` counts items that were left out or cut short, `command` shows
 * them; `dropped` names sections without any room, `whole` the command that has it.
 */
export const briefSchema = z.object({
  role: z.enum(['builder', 'adversary']),
  phase: z.string().nullable(),
  sections: z.array(z.object({ title: z.string(), items: z.array(z.string()), cut: z.int().min(0), command: z.string() })),
  tokens: z.int().min(0),
  budget: z.int().min(1),
  dropped: z.array(z.string()),
  whole: z.string().nullable(),
});

const valueShape = { summary: z.string(), values: z.array(z.string()) };
const optionSchema = z.object({ name: z.string(), short: z.string().nullable(), value: z.string().nullable(), many: z.boolean(), ...valueShape });

/** `data` of `describe`: the command line and every default, as data. */
export const describeSchema = z.object({
  version: z.string(),
  commands: z.array(
    z.object({
      name: z.string(),
      summary: z.string(),
      arguments: z.array(z.object({ name: z.string(), required: z.boolean(), variadic: z.boolean(), ...valueShape })),
      options: z.array(optionSchema),
      exitCodes: z.array(z.object({ code: z.int(), meaning: z.string() })),
      examples: z.array(z.string()),
    }),
  ),
  globalOptions: z.array(optionSchema),
  kinds: z.array(z.object({ kind: kindSchema, plural: z.string(), summary: z.string(), states: z.array(z.string()) })),
  documents: z.array(z.object({ file: z.string(), kind: z.string(), owner: z.string(), summary: z.string() })),
  configuration: z.array(z.object({ key: z.string(), summary: z.string(), default: z.unknown() })),
});

/** `data` of `init`: what was written (or, on a dry run, would be), what was there already, the difference, and what a person has to do besides. */
export const initSchema = z.object({ written: z.array(z.string()), kept: z.array(z.string()), dryRun: z.boolean(), diff: z.string(), notes: z.array(z.string()) });

/** `data` of `install agents`: what was written or taken away, what of it was somebody else's file, and the difference. */
export const installAgentsSchema = z.object({
  target: z.enum(['claude', 'codex', 'cursor', 'gemini', 'generic']),
  written: z.array(z.string()),
  chained: z.array(z.string()),
  diff: z.string(),
  uninstall: z.boolean(),
  dryRun: z.boolean(),
});

/** `data` of the commands that write one entry: the entry as it reads back, the document, the difference (empty where there was nothing to do). */
export const writtenSchema = z.object({ entry: entrySchema.nullable(), path: z.string(), diff: z.string(), dryRun: z.boolean() });

const messageSchema = entrySchema.extend({ body: z.string() });

/** `data` of `inbox list`. */
export const inboxSchema = z.object({ entries: z.array(messageSchema), total: z.int().min(0) });

/** `data` of `inbox consume`: all messages that were taken out, `entry` being the last of them. */
export const consumedSchema = z.object({ entry: messageSchema.nullable(), messages: z.array(messageSchema), path: z.string(), diff: z.string(), dryRun: z.boolean() });

/** `data` of `report`: where it was written, or where it is served; how large, and how many texts of entries found no room. */
export const reportSchema = z.object({
  path: z.string().nullable(),
  url: z.string().nullable(),
  bytes: z.int().min(0).nullable(),
  texts: z.object({ total: z.int().min(0), leftOut: z.int().min(0) }).nullable(),
});
