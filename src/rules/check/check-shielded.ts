import { readUnjudged } from '../../ledger/read-ledger.ts';
import { hideFindings } from '../../ledger/isolation/hide-findings.ts';
import { isAdversary } from '../../ledger/isolation/role-of-reader.ts';
import type { Shield } from '../../ledger/isolation/shield.ts';
import type { OpenOptions } from '../../ledger/sources/open-revision.ts';
import { allRules } from '../all-rules.ts';
import type { InputName } from '../engine/inputs.ts';
import type { CheckOptions, CheckResult, Judgement } from './check-result.ts';

/** Inputs that are made of the record as it is handed out; all others read files and commits as they are. */
const handedOut: ReadonlySet<InputName> = new Set(['documents', 'ledger', 'linked', 'decisions', 'gates', 'triggered', 'landing', 'evidence', 'texts', 'infra']);
const blind: ReadonlySet<string> = new Set(allRules.filter(({ inputs }) => inputs.every((input) => handedOut.has(input))).map(({ id }) => id));

type Judge = (dir: string, options: CheckOptions, reading: Reading) => Promise<Judgement>;
export type Reading = Pick<OpenOptions, 'role' | 'afterVerdict' | 'unjudged'>;

/**
 * Judges the whole record, and for the Adversary once more as it is handed out: what is wrong is the same for whoever asks, and said in words
 * that nobody has to keep from anyone.
 */
export async function checkShielded(dir: string, options: CheckOptions, judge: Judge): Promise<CheckResult> {
  const { result, opened } = await judge(dir, options, { role: 'operator' });
  if (options.afterVerdict === true || !(await isAdversary(opened.repository, opened.config, options.role ?? null))) return result;
  const seen = await judge(dir, options, { role: 'adversary', unjudged: opened.repository.bare ? new Map() : await readUnjudged(dir) });
  const { shield } = seen.opened;
  return shield === null ? result : shielded(result, seen.result, shield);
}

function shielded(whole: CheckResult, seen: CheckResult, shield: Shield): CheckResult {
  const hide = (findings: CheckResult['all']): CheckResult['all'] => hideFindings(findings, seen.all, shield, (rule) => blind.has(rule));
  return { ...whole, findings: hide(whole.findings), all: hide(whole.all), diagnostics: seen.diagnostics };
}
