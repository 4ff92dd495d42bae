import { z } from 'zod';

export const kindSchema = z.enum([
  'journal', 'decision', 'deferred', 'inbox', 'claim', 'verdict', 'finding', 'task', 'gate', 'reproduction', 'alert', 'note', 'veto', 'plan',
]);

export const roleSchema = z.enum(['builder', 'adversary', 'operator']);

/** `rev` is null, or the last commit that held the entry where only history has it; the lines are then those of that commit. */
export const placeSchema = z.object({
  path: z.string(),
  line: z.int().min(1),
  endLine: z.int().min(1),
  rev: z.string().nullable(),
});

const refTypeSchema = z.enum(['commit', 'phase', 'gate', 'finding', 'task', 'decision', 'deferred', 'path', 'url', 'alert', 'inbox', 'reproduction']);

const refStatusSchema = z.enum(['resolved', 'dangling', 'ambiguous', 'rewritten', 'unlanded', 'stale', 'retired', 'external']);

/** A mention of something in an entry. `value` is what was written, `target` the id, full sha or path that it means. */
export const refSchema = z.object({
  type: refTypeSchema,
  value: z.string(),
  target: z.string().nullable(),
  status: refStatusSchema,
  line: z.int().min(1),
  column: z.int().min(1).optional(),
  lines: z.object({ from: z.int(), to: z.int() }).optional(),
  /** Where the text of the cited lines stands now, of a `stale` mention whose lines have moved. */
  now: z.object({ from: z.int(), to: z.int() }).optional(),
  via: z.enum(['patch-id', 'tree', 'message']).optional(),
  relation: z.enum(['supersedes', 'superseded-by', 'closes', 'claims', 'judges']).optional(),
});

/** A commit and its commit time in UTC. */
const eventSchema = z.object({ commit: z.string(), at: z.string() });

/** What the words of an entry say of its closing; what git says stands in `closed`. */
const closedBySchema = z.object({
  date: z.string().nullable(),
  commit: z.string().nullable(),
  pr: z.string().nullable().optional(),
  person: z.string().nullable().optional(),
  route: z.string().nullable().optional(),
  form: z.string().nullable().optional(),
  withThisCommit: z.boolean().optional(),
});

const closedSchema = z.object({
  commit: z.string().nullable(),
  route: z.enum(['ancestor', 'patch-id', 'squash', 'by hand']).nullable(),
  at: z.string().nullable(),
  by: z.string().nullable(),
});

const observationSchema = z.object({
  line: z.int(),
  text: z.string(),
  stream: z.enum(['stdout', 'stderr']),
  mode: z.enum(['literal', 'exact', 'pattern', 'regex', 'status']),
  verdict: z.enum(['fails', 'passes']).nullable(),
});

export const stepSchema = z.object({
  line: z.int(),
  role: z.string().nullable(),
  guessed: z.boolean(),
  /** The revision that the step is to run at, and the patch that it runs with, as written. */
  at: z.string().optional(),
  patch: z.string().optional(),
  commands: z.array(z.object({ line: z.int(), text: z.string() })),
  observations: z.array(observationSchema),
});

/**
 * What the receipt beside a reproduction says, held against the fence that stands there now. `state`: `intact`, `tampered`, `stale-contract`,
 * `unreadable`, `superseded` (recorded again below), `doubled` (another of the same name that is not chained to it).
 */
const recordingSchema = z.object({
  state: z.enum(['intact', 'tampered', 'stale-contract', 'unreadable', 'superseded', 'doubled']),
  /** As judged now from what the receipt holds. */
  verdict: z.string(),
  why: z.array(z.string()),
  receipt: z.string().nullable(),
  line: z.int().min(1),
  time: z.string().nullable(),
  commit: z.string().nullable(),
  tree: z.string().nullable(),
  scope: z.array(z.string()),
  dirty: z.array(z.string()),
  base: z.object({ commit: z.string(), tree: z.string() }).nullable(),
  env: z.object({ os: z.string(), node: z.string(), bash: z.string(), passed: z.array(z.string()) }).nullable(),
  runs: z.int(),
  attempts: z.int(),
  /** The SSH key that signs the receipt, and whether it does; null where it is not sealed. */
  seal: z.object({ key: z.string(), valid: z.boolean() }).nullable(),
});

/**
 * A replay of a recording, as its receipt says. `counts` is false where the receipt proves nothing, with why; `attested` where a key of the build, which the
 * configuration names, seals it. `ci` is the run that made it, by its own word.
 */
const replaySchema = z.object({
  by: z.enum(['builder', 'adversary', 'operator', 'ci']),
  cold: z.boolean(),
  verdict: z.string(),
  time: z.string(),
  commit: z.string().nullable(),
  tree: z.string(),
  place: placeSchema,
  counts: z.boolean(),
  why: z.string().nullable(),
  attested: z.boolean(),
  ci: z.object({ system: z.string(), run: z.string().nullable(), repository: z.string().nullable() }).nullable(),
});

/** The words by which a decision names another one, and which it is; null where the record has no such decision. */
const successionSchema = z.object({ words: z.string(), target: z.string().nullable() });

export const entrySchema = z.object({
  id: z.string(),
  kind: kindSchema,
  phase: z.string(),
  title: z.string(),
  date: z.string().nullable(),
  time: z.string().nullable(),
  dateEnd: z.string().optional(),
  timeEnd: z.string().optional(),
  approximate: z.boolean().optional(),
  zone: z.boolean().optional(),
  author: roleSchema.nullable(),
  state: z.string().nullable(),
  place: placeSchema,
  fields: z.record(z.string(), z.string()),
  refs: z.array(refSchema),
  section: z.string().optional(),
  introduced: eventSchema.nullable().optional(),
  changed: eventSchema.nullable().optional(),
  /** The last commit that reworded its first line, where that is another than the one that brought it; null: not committed yet. */
  reworded: eventSchema.nullable().optional(),
  gate: z.string().optional(),
  reclaim: z.boolean().optional(),
  claimCommit: z.string().optional(),
  severity: z.string().optional(),
  from: roleSchema.optional(),
  scope: z.string().nullable().optional(),
  clearedAtLine: z.int().optional(),
  supersedes: z.array(successionSchema).optional(),
  supersededBy: z.array(successionSchema).optional(),
  /** Decisions that it changes, and that change it, in part: none of them is retired by that. */
  amends: z.array(successionSchema).optional(),
  amendedBy: z.array(successionSchema).optional(),
  sent: eventSchema.nullable().optional(),
  grown: z.array(eventSchema).optional(),
  consumed: eventSchema.nullable().optional(),
  closedBy: closedBySchema.optional(),
  reopenedBy: z.string().optional(),
  closed: closedSchema.nullable().optional(),
  history: z.array(eventSchema.extend({ what: z.string() })).optional(),
  notation: z.enum(['strict', 'loose']).optional(),
  level: z.string().optional(),
  steps: z.array(stepSchema).optional(),
  /** The reproductions that have to hold before it is worth running, as its `needs=` names them. */
  needs: z.array(z.string()).optional(),
  recording: recordingSchema.optional(),
  replays: z.array(replaySchema).optional(),
  alert: z.record(z.string(), z.unknown()).optional(),
  /** Withheld from whoever asks: the Adversary, while a claim of its phase waits for the verdict. */
  hidden: z.literal(true).optional(),
});

/** One addressable record inside a document. */
export type Entry = z.infer<typeof entrySchema>;
export type Kind = z.infer<typeof kindSchema>;
export type Role = z.infer<typeof roleSchema>;
export type Place = z.infer<typeof placeSchema>;
export type Ref = z.infer<typeof refSchema>;
export type RefType = z.infer<typeof refTypeSchema>;
export type RefStatus = z.infer<typeof refStatusSchema>;
export type Event = z.infer<typeof eventSchema>;
export type ClosedBy = z.infer<typeof closedBySchema>;
export type Step = z.infer<typeof stepSchema>;
export type Recording = z.infer<typeof recordingSchema>;
export type Replay = z.infer<typeof replaySchema>;
export type Observation = z.infer<typeof observationSchema>;
