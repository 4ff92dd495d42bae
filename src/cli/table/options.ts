import type { RefStatus, RefType } from '../../contract/schema/entry.ts';
import { kindNames, knownKinds } from '../../queries/known-kinds.ts';
import type { OptionSpec } from './command-spec.ts';

const roles = ['builder', 'adversary', 'operator'];
/** The closed lists of the contract. */
export const refTypes: readonly RefType[] = ['commit', 'phase', 'gate', 'finding', 'task', 'decision', 'deferred', 'path', 'url', 'alert', 'inbox', 'reproduction'];
export const refStatuses: readonly RefStatus[] = ['resolved', 'dangling', 'ambiguous', 'rewritten', 'unlanded', 'stale', 'retired', 'external'];
const states = [...new Set(kindNames.flatMap((kind) => knownKinds[kind].states))];

/** Understood before and after the command's words, by every command. */
export const globalOptions: readonly OptionSpec[] = [
  { name: '--json', value: null, summary: 'print one JSON object, the envelope, instead of text' },
  { name: '-C', value: 'DIR', summary: 'run as if started in DIR' },
  { name: '--role', value: 'ROLE', summary: 'who asks (else DOCKET_ROLE, else the configuration)', values: roles, closed: true },
  { name: '--after-verdict', value: null, summary: 'show the Adversary what is hidden before the verdict; the answer says so' },
  { name: '--at', value: 'REV', summary: 'answer as of that revision; without touching the working tree' },
  { name: '--no-cache', value: null, summary: 'read everything anew' },
  { name: '--quiet', value: null, summary: 'no hints' },
  { name: '--help', short: '-h', value: null, summary: 'show help; every level has examples' },
  { name: '--version', short: '-V', value: null, summary: 'print the version' },
];

/** Which part of a long list is wanted, and which of its fields. */
export const pageOptions: readonly OptionSpec[] = [
  { name: '--limit', value: 'N', summary: 'at most N' },
  { name: '--cursor', value: 'C', summary: 'go on where the page before ended (data.cursor)' },
  { name: '--fields', value: 'A,B', summary: 'only these keys of the JSON objects', many: true },
];

/** Conditions on entries; all that are given must hold. */
export const filterOptions: readonly OptionSpec[] = [
  { name: '--phase', value: 'P', summary: 'of this phase ("-" is none)', many: true },
  { name: '--state', value: 'STATE', summary: 'in this state', many: true, values: states },
  { name: '--author', value: 'ROLE', summary: 'written by this role', many: true, values: roles, closed: true },
  { name: '--since', value: 'DATE', summary: 'written on that day or later; YYYY-MM-DD or YYYY-MM-DDTHH:MMZ' },
  { name: '--until', value: 'DATE', summary: 'written on that day or before' },
  { name: '--gate', value: 'GATE', summary: 'of or about a gate: M1 or pxgate/M1' },
  { name: '--section', value: 'TEXT', summary: 'below a heading that holds TEXT' },
  { name: '--path', value: 'PATH', summary: 'in this file or folder, or in files whose path ends so' },
  { name: '--refs', value: 'TARGET', summary: 'that mention it: an id or a tail of one, a commit, a path or the end of one, a phase' },
  { name: '--refs-type', value: 'TYPE', summary: 'with a mention of this type', many: true, values: refTypes, closed: true },
  { name: '--refs-status', value: 'STATUS', summary: 'with a mention of this status; what --refs and --refs-type ask for holds of the same one', many: true, values: refStatuses, closed: true },
  { name: '--by-commit', value: 'REV', summary: 'that this commit brought, changed, closed, reopened, sent or consumed' },
  { name: '--history', value: 'WHICH', summary: 'entries that only history has (place.rev is set): with (default), without or only', values: ['with', 'without', 'only'], closed: true },
];
