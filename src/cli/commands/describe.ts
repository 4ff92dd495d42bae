import type { Kind } from '../../contract/schema/entry.ts';
import { version } from '../../contract/version.ts';
import { defaultConfig, type Config } from '../../ledger/config/config.ts';
import { knownDocuments } from '../../queries/known-documents.ts';
import { kindNames, knownKinds } from '../../queries/known-kinds.ts';
import { renderDescription } from '../../reports/describe-text.ts';
import { describeCommand, describeOption, type Description } from '../describe-commands.ts';
import { answer, type Outcome } from '../outcome.ts';
import { commandTable } from '../table/command-table.ts';
import { globalOptions } from '../table/options.ts';

const settings: Record<keyof Omit<Config, 'present'>, string> = {
  landing: 'the ref on which work has landed; null: origin/HEAD, else the current branch',
  phases: 'the order of the phases; those not named follow by their first commit',
  defaultPhase: 'the phase of files without a suffix',
  freshness: 'how long a PASS counts',
  evidence: 'the least level of evidence for a claim and for DONE, and for single gates',
  roles: 'authors (name, mail or both) or subject prefixes of each role',
  documents: 'renamed files: path or file name → the name of a known kind',
  rules: 'levels of rules: off, info, warning, error, or {level, options}',
  redactions: 'patterns (RE2) that are masked in recorded output: name → pattern',
  inputs: 'globs of the files that reproductions depend on; empty: all but machine-docs/',
  prepare: 'a command, as a list of words, that makes a fresh clone ready for a cold replay',
  deferred: 'sections: keep, or move closed items under the closed heading',
  ci: "the forge's build status: forge (gitea, forgejo, github), url (of the repository there), required (builds that must be green for DONE: their names, or true for all), seals (fingerprints of the keys of the build)",
};

/** `docket describe`. */
export function run(): Outcome {
  const data: Description = {
    version,
    commands: commandTable.map(describeCommand),
    globalOptions: globalOptions.map(describeOption),
    kinds: kindNames.map(describeKind),
    documents: [...knownDocuments],
    configuration: Object.entries(settings).map(([key, summary]) => ({ key, summary, default: defaultOf(key as keyof Config) })),
  };
  return answer({ data, render: renderDescription, next: ['docket help'] });
}

function describeKind(kind: Kind): Description['kinds'][number] {
  const { plural, summary, states } = knownKinds[kind];
  return { kind, plural, summary, states: [...states] };
}

/** Durations are kept in seconds, but written with a unit. */
function defaultOf(key: keyof Config): unknown {
  return key === 'freshness' ? `${defaultConfig.freshness / 3600}h` : defaultConfig[key];
}
