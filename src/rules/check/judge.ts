import type { Level } from '../../contract/schema/envelope.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { readLedger } from '../../ledger/read-ledger.ts';
import { readSteadily } from '../../ledger/sources/read-contents.ts';
import { openRevision, type OpenedRevision, type OpenOptions } from '../../ledger/sources/open-revision.ts';
import { withPast } from '../../ledger/changes/past-versions.ts';
import { changesToLookBack } from '../roles/restored.ts';
import { allRules } from '../all-rules.ts';
import type { Finding } from '../engine/finding.ts';
import type { InputName } from '../engine/inputs.ts';
import type { RuleContext } from '../engine/rule.ts';
import { activeRules, inputsOf, runRules } from '../engine/run-rules.ts';
import { loadInputs, type ChangesToJudge } from './load-inputs.ts';

export interface JudgeOptions extends Omit<RuleContext, 'options'> {
  /** Only rules that can give a finding of this level or a graver one. */
  atLeast: Level;
  /** What has landed is asked, too: of a record as it is, not of a commit on its way. */
  landings: boolean;
  /** Only these rules; all where it is left out. */
  only?: ReadonlySet<string>;
}

export interface OpenedLedger {
  opened: OpenedRevision;
  ledger: Ledger;
}

/** Opens a revision and reads its ledger in full. */
export async function openLedger(dir: string, options: OpenOptions): Promise<OpenedLedger> {
  return readSteadily(async () => {
    const opened = await openRevision(dir, options);
    return { opened, ledger: await readLedger(opened, 'full') };
  });
}

/** Opens a revision with some of its documents only: enough for what these say, and for the commits of their history. */
export async function openPart(dir: string, options: OpenOptions, isWanted: (path: string) => boolean): Promise<OpenedLedger> {
  const whole = await openRevision(dir, options);
  const opened = { ...whole, files: { ...whole.files, documents: whole.files.documents.filter(({ path }) => isWanted(path)), alerts: [] } };
  return { opened, ledger: await readLedger(opened, 'full') };
}

const noChanges: ChangesToJudge = { changes: [], facts: [], declined: [], parents: [] };
const ofChanges: ReadonlySet<InputName> = new Set(['changes', 'commits', 'declined', 'grown']);

/** Judges what a revision says, by the rules of its own configuration; no change to it and no commit. */
export async function judgeState({ opened, ledger }: OpenedLedger, { atLeast, landings, only, ...context }: JudgeOptions): Promise<Finding[]> {
  const rules = activeRules(allRules, ledger.config, atLeast).filter(({ rule }) => (landings || !rule.inputs.includes('landing')) && (only?.has(rule.id) ?? true));
  return runRules(rules, await loadInputs({ opened, ledger, ...noChanges }, inputsOf(rules)), context);
}

/** Judges changes and commits by the rules of the revision that they lead to; not what it says besides. */
export async function judgeChanges({ opened, ledger }: OpenedLedger, changes: ChangesToJudge, { atLeast, landings: _landings, only, ...context }: JudgeOptions): Promise<Finding[]> {
  const rules = activeRules(allRules, ledger.config, atLeast).filter(({ rule }) => rule.inputs.some((input) => ofChanges.has(input)) && (only?.has(rule.id) ?? true));
  const wanted = inputsOf(rules);
  wanted.delete('miscited');
  const inputs = { ...(await loadInputs({ opened, ledger, ...changes }, wanted)), miscited: [] };
  const found = runRules(rules, inputs, context);
  const asked = changesToLookBack(found);
  return asked.size === 0 ? found : runRules(rules, { ...inputs, changes: await withPast(opened, changes.changes, asked, changes.parents) }, context);
}

/** How many rules a configuration has on. */
export function countRules({ config }: Ledger, atLeast: Level): number {
  return activeRules(allRules, config, atLeast).length;
}
