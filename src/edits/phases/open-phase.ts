import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../contract/failure.ts';
import type { Diagnostic } from '../../contract/schema/envelope.ts';
import { isGate } from '../../documents/vocabulary/gates.ts';
import { configPath } from '../../ledger/config/config.ts';
import { recordFolder } from '../../ledger/sources/select-files.ts';
import { createDocument, replaceDocument, readyFolder } from '../replace-document.ts';
import { diffOfFile } from '../unified-diff.ts';
import { withLock } from '../with-lock.ts';
import { readTarget } from '../writer/check-target.ts';
import { checkLine } from '../writer/check-text.ts';
import { pageOpener } from '../writer/open-page.ts';
import type { Pen } from '../writer/pen.ts';
import { findPhaseDocument } from '../writers/find-document.ts';
import { checkPhase } from '../writers/gate-argument.ts';
import { addPhaseToConfig } from './add-to-config.ts';

export interface PhaseOpening {
  phase: string;
  /** Path or address of the plan. */
  plan: string | null;
  gates: readonly string[];
}

export interface OpenedPhase {
  phase: string;
  /** The status of the phase. */
  path: string;
  written: string[];
  /** What was there already, and was left as it is. */
  kept: string[];
  diff: string;
  warnings: Diagnostic[];
}

/** A file as it is and as it is to be; `before` is null for a new one. */
interface Change {
  path: string;
  before: Buffer | null;
  after: Buffer;
}

const kinds = ['status', 'journal', 'backlog', 'review'] as const;

/**
 * Opens a phase: its four documents from the templates where they are missing, the gates in the front matter of its status, and its place in the order of
 * the configuration, where there is one. What is there stays; doing it twice changes nothing. Throws a usage failure for what is no phase or no gate.
 */
export async function openPhase(pen: Pen, opening: PhaseOpening): Promise<OpenedPhase> {
  checkPhase(opening.phase);
  for (const gate of opening.gates) if (!isGate(gate)) throw new Failure('usage', `Unexpected gate "${gate}" for --gates, expected such as M1 or WC1.1.`);
  if (opening.plan !== null) checkPlan(opening.plan);
  if (pen.options.dryRun) return answerOf(pen, opening, await planChanges(pen, opening));
  return withLock(pen.docket.repository.commonDir, async () => {
    const changes = await planChanges(pen, opening);
    const { root } = pen.docket.repository;
    readyFolder(pen.docket.repository, recordFolder);
    for (const { path, before, after } of changes) {
      if (before?.equals(after)) continue;
      if (before !== null) replaceDocument(root, path, after);
      else if (!createDocument(root, path, after)) throw new Failure('locked', `${path} was made while the phase was opened; it is as it is`, { next: 'Run the same command again.' });
    }
    return answerOf(pen, opening, changes);
  });
}

function checkPlan(plan: string): void {
  if (/[`<>]/u.test(checkLine('--plan', plan))) throw new Failure('usage', `Unexpected sign in "${plan}" for --plan, expected a path or an address.`);
}

async function planChanges(pen: Pen, opening: PhaseOpening): Promise<Change[]> {
  const { root } = pen.docket.repository;
  const changes: Change[] = [];
  for (const kind of kinds) {
    const { path, preamble } = findPhaseDocument(pen, kind, opening.phase);
    const before = readTarget(root, path);
    changes.push({ path, before, after: before ?? Buffer.from(kind === 'status' ? await statusText(pen, path, preamble, opening) : preamble) });
  }
  const config = readTarget(root, configPath);
  if (config === null || opening.phase === '-') return changes;
  const known = pen.docket.ledger.phases.map(({ id }) => id);
  return [...changes, { path: configPath, before: config, after: Buffer.from(addPhaseToConfig(config.toString('utf8'), opening.phase, known)) }];
}

/** The status of a new phase, read back: its front matter has to give the gates. */
async function statusText(pen: Pen, path: string, preamble: string, { plan, gates }: PhaseOpening): Promise<string> {
  const frontMatter = gates.length === 0 ? '' : `---\ngates: [${gates.join(', ')}]\n---\n`;
  const text = frontMatter + (plan === null ? preamble : preamble.replace('\n\n', `\n\nPlan: \`${plan.trim()}\`\n\n`));
  const { reading } = await pageOpener(pen.vocabulary)(path, Buffer.from(text));
  const read = reading.frontMatter?.gates ?? [];
  if (read.join() !== gates.join()) throw new Failure('usage', `The gates ${gates.join(', ')} would read as ${read.join(', ') || 'none'}; nothing was written.`);
  return text;
}

function answerOf(pen: Pen, opening: PhaseOpening, changes: readonly Change[]): OpenedPhase {
  const changed = changes.filter(({ before, after }) => !before?.equals(after));
  const [status] = changes;
  return {
    phase: opening.phase,
    path: status?.path ?? '',
    written: changed.map(({ path }) => path),
    kept: changes.filter((change) => !changed.includes(change)).map(({ path }) => path),
    diff: changed.map(({ path, before, after }) => diffOfFile(path, before, after)).join(''),
    warnings: warningsOf(pen, opening, status),
  };
}

function warningsOf({ docket }: Pen, { phase, plan, gates }: PhaseOpening, status: Change | undefined): Diagnostic[] {
  const warn = (rule: string, message: string, path: string, next: string): Diagnostic => ({ rule, level: 'warning', message, place: { path, line: 1 }, related: [], entry: null, next, fixable: false });
  const warnings: Diagnostic[] = [];
  const named = docket.ledger.phases.find(({ id }) => id === phase)?.gates ?? [];
  const lacking = status?.before ? gates.filter((gate) => !named.includes(gate)) : [];
  if (status && lacking.length > 0) warnings.push(warn('front-matter', `${status.path} is there already and does not name ${lacking.join(', ')}`, status.path, `Write gates: [${[...named, ...lacking].join(', ')}] into its front matter.`));
  const isPath = plan !== null && !/^[a-z][a-z+.-]*:/iu.test(plan);
  if (status && isPath && !lstatSync(join(docket.repository.root, plan), { throwIfNoEntry: false })) warnings.push(warn('dangling-link', `the plan ${plan} is not in this repository`, status.path, 'Give the path from the root of the repository, or the address of the plan.'));
  return warnings;
}
