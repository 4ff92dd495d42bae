import type { Step } from '../../contract/schema/entry.ts';
import { readReproduction } from '../../repro/read-reproduction.ts';
import type { Reproduction } from '../../repro/types.ts';
import { findLeads } from '../leads.ts';
import type { Block, Code } from '../outline/types.ts';
import { addDraft, type Page } from '../page.ts';
import type { Draft } from '../reading.ts';
import { readTitle } from '../titles.ts';

/** The fences of some blocks, those in lists and quotes too, each with the words above it that name it. */
function* fences(blocks: Block[], above: { words: string }): Generator<{ code: Code; words: string }> {
  for (const block of blocks) {
    if (block.type === 'heading') above.words = block.prose.text;
    if (block.type === 'paragraph') {
      const lead = findLeads(block.prose, { bullet: false }).at(-1);
      if (lead) above.words = lead.name;
    }
    if (block.type === 'code' && block.fenced) yield { code: block, words: above.words };
    if (block.type === 'quote' || block.type === 'other') yield* fences(block.children, above);
    if (block.type === 'list') {
      for (const item of block.items) yield* fences(item.children, above);
    }
  }
}

function stepsOf(reproduction: Reproduction): Step[] {
  return reproduction.steps.map((step) => ({
    line: step.line,
    role: step.role,
    guessed: step.guessed,
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

/** Reproductions: fences in the exact notation, and loose ones that show commands with what they printed. They own no lines of their own. */
export function recogniseReproductions(page: Page): void {
  const above = { words: '' };
  const kept = [...fences(page.outline.blocks, above)];
  for (const { code, words } of kept) {
    const reproduction = readReproduction({ lang: code.lang, meta: code.meta, body: code.value, line: code.bodyLine });
    if (!reproduction) continue;
    const owner = ownerOf(page, code.line);
    const title = readTitle(words).title;
    addDraft(page, 'reproduction', {
      title: title === '' ? 'reproduction' : title,
      date: owner?.date ?? null,
      line: code.line,
      endLine: code.endLine,
      notation: reproduction.notation,
      steps: stepsOf(reproduction),
      ...(reproduction.meta.id ? { key: reproduction.meta.id } : {}),
    }, { covers: false });
  }
}
