import { z } from 'zod';
import { ruleIds } from '../../rules/rule-ids.ts';

const units: Record<string, number> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 };

/** `24h`, `90m`, `2d` → seconds. */
const durationSchema = z
  .string('a duration such as 24h, 90m or 2d')
  .regex(/^\d+(?:\.\d+)?(?:ms|s|m|h|d)$/u, 'a duration such as 24h, 90m or 2d')
  .transform((text) => Number.parseFloat(text) * (units[text.replace(/[\d.]+/u, '')] ?? 1));

const text = z.string('text').min(1, 'text that is not empty');
const phase = z.string('a phase: letters and digits').regex(/^(?:[A-Za-z0-9]+|-)$/u, 'a phase: letters and digits');
const texts = z.array(text, 'a list');
const evidenceLevel = z.enum(['claimed', 'recorded', 'replayed', 'attested'], 'claimed, recorded, replayed or attested');
const fingerprint = z.string('SHA256:… of an SSH key').regex(/^SHA256:[A-Za-z0-9+/]{43}$/u, 'SHA256:… of an SSH key, as ssh-keygen -l prints it');
const ruleLevel = z.enum(['off', 'info', 'warning', 'error'], 'off, info, warning or error');
const ruleSetting = z.union(
  [ruleLevel, z.strictObject({ level: ruleLevel.optional(), options: z.record(z.string(), z.unknown()).optional() })],
  'off, info, warning, error or {level, options}',
);
const argv = z.array(text, 'a command as a list of words').min(1, 'a command as a list of words');
const documentName = text.regex(
  /^(?:(?:JOURNAL|STATUS|BACKLOG|REVIEW)(?:-[A-Za-z0-9]+)?|DECISIONS|DEFERRED|(?:BUILDER|ADVERSARY)-INBOX|plan-phase-[A-Za-z0-9]+(?:-[^/]+)?)\.md$/u,
  'the name of a known kind, such as JOURNAL-x.md',
);

const urlForm = 'an address of http or https, without user, password or parameters';
const forgeUrl = z.string(urlForm).refine(isPlainAddress, urlForm);
const requiredBuilds = z.union([z.enum(['true', 'false']).transform((word): 'all' | string[] => (word === 'true' ? 'all' : [])), z.array(text)], 'true, false, or a list of names of builds');

/** Whether a text is an address that may stand in a file which everybody reads. */
function isPlainAddress(written: string): boolean {
  const url = URL.canParse(written) ? new URL(written) : null;
  return url !== null && /^https?:$/u.test(url.protocol) && url.username === '' && url.password === '' && url.search === '' && url.hash === '';
}

/** The configuration as written: every key is optional, and there are no others. Its messages say what was expected. */
export const configSchema = z.strictObject({
  landing: text.optional(),
  phases: z.array(phase, 'a list of phases').optional(),
  defaultPhase: phase.optional(),
  freshness: durationSchema.optional(),
  evidence: z
    .strictObject({ claim: evidenceLevel.optional(), done: evidenceLevel.optional(), gates: z.record(z.string(), evidenceLevel, 'a map from gate to level').optional(), seals: z.array(fingerprint, 'a list of fingerprints of SSH keys').optional() }, 'a map')
    .optional(),
  roles: z.strictObject({ builder: texts.optional(), adversary: texts.optional(), operator: texts.optional() }, 'a map').optional(),
  documents: z.record(z.string(), documentName, 'a map from file to the name that it stands for').optional(),
  rules: z.strictObject(Object.fromEntries(ruleIds.map((id) => [id, ruleSetting.optional()])), 'a map from rule to level').optional(),
  redactions: z.record(z.string(), text, 'a map from name to pattern').optional(),
  inputs: texts.optional(),
  prepare: z.union([argv, z.array(argv).min(1)], 'a command as a list of words, or a list of such commands').optional(),
  deferred: z.strictObject({ sections: z.enum(['keep', 'move'], 'keep or move').optional() }, 'a map').optional(),
  ci: z.strictObject({ forge: z.enum(['gitea', 'forgejo', 'github'], 'gitea, forgejo or github').optional(), url: forgeUrl.optional(), required: requiredBuilds.optional(), seals: z.array(fingerprint, 'a list of fingerprints of SSH keys').optional() }, 'a map').optional(),
}, 'a map of settings');

export type WrittenConfig = z.output<typeof configSchema>;

type Shape = { shape?: Record<string, unknown>; unwrap?: () => Shape };

/** The keys that may stand at a place of the configuration, for suggestions. */
export function keysAt(path: readonly PropertyKey[]): string[] {
  let schema: Shape | undefined = configSchema as Shape;
  for (const key of path) {
    const next: unknown = schema?.shape?.[String(key)];
    schema = next as Shape | undefined;
    if (schema?.unwrap) schema = schema.unwrap();
  }
  return Object.keys(schema?.shape ?? {});
}
