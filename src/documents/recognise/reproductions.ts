import { createHash } from 'node:crypto';
import type { Step } from '../../contract/schema/entry.ts';
import type { Fence, Reproduction } from '../../repro/types.ts';
import { findEvidence, type FoundReproduction } from '../evidence/find-evidence.ts';
import { addDraft, nameGates, type Page } from '../page.ts';
import type { Draft, DraftRecording } from '../reading.ts';
import { readTitle } from '../titles.ts';

/** The steps as the contract has them. */
export function stepsOf(reproduction: Reproduction): Step[] {
  return reproduction.steps.map((step) => ({
    line: step.line,
    role: step.role,
    guessed: step.guessed,
    ...(step.at === null ? {} : { at: step.at }),
    ...(step.patch === null ? {} : { patch: step.patch }),
    commands: step.commands.map((command) => ({ line: command.line, text: command.text })),
    observations: step.observations.map((observation) => ({
      line: observation.line,
      text: observation.text,
      stream: observation.stream,
      mode: observation.mode === 'plain' ? 'literal' : observation.mode,
      verdict: observation.note?.verdict ?? null,
    })),
  }));
}

function ownerOf(page: Page, line: number): Draft | undefined {
  const owner = page.cover.owners[line] ?? -1;
  return owner >= 0 ? page.drafts[owner] : undefined;
}

function recordingOf({ fence, reproduction, receipt }: FoundReproduction): { recording?: DraftRecording } {
  if (reproduction.notation !== 'strict') return {};
  const text = { fence, receipt: receipt?.text ?? null };
  return { recording: { digest: digestOfFence(fence, text.receipt), line: receipt?.line ?? null, text } };
}

/** Names a fence together with the receipt beside it, wherever they stand. */
export function digestOfFence({ lang, meta, body }: Fence, receipt: string | null): string {
  return createHash('sha256').update(JSON.stringify([lang, meta, body, receipt])).digest('hex');
}

/** The gate that `claim=M1` or `claim=PHASE/M1` names; one of another phase than the document's keeps that phase's name, so that it is no gate of this one. */
function gateOf(claim: string | null, phase: string): string | undefined {
  return claim?.startsWith(`${phase}/`) === true ? claim.slice(phase.length + 1) : (claim ?? undefined);
}

/** Reproductions: fences in the exact notation, and loose ones that show commands with what they printed. They own no lines of their own. */
export function recogniseReproductions(page: Page): void {
  const { reproductions, receipts } = findEvidence(page.outline.blocks);
  page.receipts = receipts;
  for (const found of reproductions) {
    const { code, words, reproduction } = found;
    const owner = ownerOf(page, code.line);
    const title = readTitle(words).title;
    const gate = gateOf(reproduction.meta.claim, page.name.phase);
    if (gate !== undefined && !gate.includes('/')) nameGates(page, [gate], code.line);
    addDraft(page, 'reproduction', {
      title: title === '' ? 'reproduction' : title,
      date: owner?.date ?? null,
      line: code.line,
      endLine: code.endLine,
      notation: reproduction.notation,
      steps: stepsOf(reproduction),
      ...recordingOf(found),
      ...(reproduction.meta.id ? { key: reproduction.meta.id } : {}),
      ...(gate === undefined ? {} : { gate }),
      ...(reproduction.meta.needs.length === 0 ? {} : { needs: [...reproduction.meta.needs] }),
    }, { covers: false });
  }
}
