import type { Change } from '../../ledger/changes/types.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { allRules } from '../all-rules.ts';
import type { Finding } from '../engine/finding.ts';
import type { InputName } from '../engine/inputs.ts';
import { activeRules, runRules, type ActiveRule } from '../engine/run-rules.ts';
import { changesToLookBack } from '../roles/restored.ts';
import type { NeedsEntries } from './ledger-of-documents.ts';
import type { StagedRecord } from './open-staged.ts';

/** What rules may ask for that are judged on single documents. */
const alone: ReadonlySet<InputName> = new Set(['documents', 'decisions', 'texts']);
const ofChanges: ReadonlySet<InputName> = new Set(['changes']);

/** The errors of some documents by the rules that need no others. */
export async function judgeAlone(record: StagedRecord, ledger: Ledger, clock: number): Promise<Finding[]> {
  const rules = rulesWithin(record, alone);
  const texts = new Map<string, string>();
  if (rules.some(({ rule }) => rule.inputs.includes('texts'))) {
    const contents = await record.readContents(ledger.documents.map(({ blob }) => blob));
    for (const { path, blob } of ledger.documents) texts.set(path, contents.get(blob)?.bytes?.toString('utf8') ?? '');
  }
  return runRules(rules, { documents: ledger, decisions: ledger, texts }, { clock, past: false });
}

/** Which documents have entries that one of the rules on single documents can say something of. */
export function entriesNeeded(record: StagedRecord): NeedsEntries {
  const rules = rulesWithin(record, alone);
  return (kind, bytes) => {
    const text = bytes.toString('utf8');
    return rules.some(({ rule }) => rule.readsEntries(kind, text));
  };
}

/** The errors of what a commit does to its documents; only where there are some, git is asked what stood there before. */
export async function judgeChangesAlone(record: StagedRecord, changes: readonly Change[], clock: number): Promise<Finding[]> {
  const rules = rulesWithin(record, ofChanges);
  const judge = (judged: readonly Change[]): Finding[] => runRules(rules, { changes: judged }, { clock, past: false });
  const found = judge(changes);
  const asked = changesToLookBack(found);
  if (asked.size === 0) return found;
  const { withPast } = await import('../../ledger/changes/past-versions.ts');
  return judge(await withPast(record, changes, asked, record.parents));
}

/** The rules that can give an error and need more than single documents and their changes. */
export function rulesBeyond(record: StagedRecord): ActiveRule[] {
  const within = new Set([...rulesWithin(record, alone), ...rulesWithin(record, ofChanges)].map(({ rule }) => rule.id));
  return activeRules(allRules, record.config, 'error').filter(({ rule }) => !within.has(rule.id));
}

function rulesWithin({ config }: StagedRecord, inputs: ReadonlySet<InputName>): ActiveRule[] {
  return activeRules(allRules, config, 'error').filter(({ rule }) => rule.inputs.every((input) => inputs.has(input)));
}
