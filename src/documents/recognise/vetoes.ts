import type { Prose } from '../outline/types.ts';
import { addDraft, blocksBetween, readContent, type Page } from '../page.ts';
import type { Draft } from '../reading.ts';
import { coverEntry } from '../cover-lines.ts';
import { readTitle } from '../titles.ts';
import { leadingStrong } from '../leads.ts';
import { walkUnits, type Unit } from '../units.ts';
import { dropLeadingSeparator, tidyTitle } from '../vocabulary/punctuation.ts';
import { findWhen, plainWhen } from '../vocabulary/when.ts';
import { deniesVerdict } from '../vocabulary/words.ts';

const lifted = /\bVETO(?:es|s)?\b[^.;:\n]*?\b(?:cleared|lifted|withdrawn|removed|resolved|rescinded|revoked|dropped|CLEARED|LIFTED|WITHDRAWN|REMOVED|RESOLVED|RESCINDED)\b|\b(?:clear(?:ed|ing)?|lift(?:ed|ing)?|withdr(?:awn|ew|awing)|CLEARED|LIFTED|WITHDRAWN)\s+(?:the\s+|my\s+|this\s+|all\s+)?(?:scoped\s+|SCOPED\s+)?VETO/u;
const denied = /\b(?:no|not|without|never|any|the|that|this|standing|open|prior|previous|old|existing|my|its|all|each|every|a|an|under|former|if|would|could|may)\s+(?:standing\s+|open\s+|active\s+|further\s+)?$/iu;

/** True when a masked text issues a veto: the word VETO, neither denied nor told of nor lifted. */
function issuesVeto(masked: string): boolean {
  const at = /(?<![\p{L}\p{N}_-])VETO(?![\p{L}\p{N}_])/u.exec(masked)?.index;
  if (at === undefined || lifted.test(masked)) return false;
  const before = masked.slice(0, at).replace(/\bSCOPED\s+$/u, '');
  if (denied.test(before) || /^VETO\s+(?:stays|stands|status|log|history|remains)\b/u.test(masked.slice(at))) return false;
  return !deniesVerdict(masked) || /^\W*$/u.test(before);
}

/** What a scoped veto is limited to: what stands behind "on", or, where that is DONE, what the heading speaks of before it. */
function scopeOf(text: string): string | null {
  const found = /\bSCOPED\s+VETO\b(?:\s+on\s+([^:;—–(\n]+))?/u.exec(text);
  if (!found) return null;
  const on = tidyTitle(found[1] ?? '');
  if (on !== '' && !/^(?:phase\s+)?DONE\b/iu.test(on)) return on;
  const before = tidyTitle(readTitle(text.slice(0, found.index)).title.replace(/[\s;,—–:-]+$/u, ''));
  const after = tidyTitle(dropLeadingSeparator(text.slice(found.index + found[0].length)).replace(/^for\s+/iu, ''));
  return before !== '' ? before : after !== '' ? after : on === '' ? null : on;
}

function words(text: string): Set<string> {
  return new Set((text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []).filter((word) => !/^(?:veto|the|and|for|with|scoped|lifted|cleared|withdrawn|done|now|not|has|was|are|its)$/u.test(word)));
}

function overlap(a: string, b: string): number {
  const other = words(b);
  return [...words(a)].filter((word) => other.has(word)).length;
}

/** Which standing vetoes a lifting speaks of: all, the one it numbers, the one whose words it shares, else the last that stands. */
function chooseLifted(standing: Draft[], text: string): Draft[] {
  if (/\b(?:all|both|every|VETOes|VETOs)\b/u.test(text)) return standing;
  const number = /\bVETO\s*#?(\d+)\b/u.exec(text)?.[1];
  const numbered = number ? standing.find((draft) => draft.key === number) : undefined;
  if (numbered) return [numbered];
  const scoped = /\bSCOPED\b/u.test(text) ? standing.filter((draft) => draft.scope !== null) : standing;
  const pool = scoped.length > 0 ? scoped : standing;
  const ranked = pool.map((draft) => ({ draft, score: overlap(draft.title, text) })).toSorted((a, b) => b.score - a.score);
  const best = ranked[0];
  if (best && best.score > 0) return [best.draft];
  const unscoped = pool.filter((draft) => draft.scope === null);
  const last = (unscoped.length > 0 ? unscoped : pool).at(-1);
  return last ? [last] : [];
}

function vetoText(unit: Unit): { prose: Prose; text: string; masked: string } | null {
  if (unit.type === 'heading') return unit.section.depth > 1 ? { prose: unit.prose, text: unit.prose.text, masked: unit.masked } : null;
  const strong = leadingStrong(unit.prose);
  if (!strong || unit.type !== 'paragraph') return null;
  const masked = unit.masked.slice(0, strong.end);
  return /\bVETO\b/u.test(masked) && (/^\W*(?:SCOPED\s+)?VETO\b/u.test(masked)) ? { prose: unit.prose, text: unit.prose.text.split('\n')[0] ?? '', masked } : null;
}

/**
 * Vetoes of a review: `## VETO <reason>`, "SCOPED VETO on …" in a heading or a bold lead; cleared by a later "VETO lifted", or by those words in the
 * heading itself. The section that lifts a veto belongs to the veto. Returns the lines of all such units.
 */
export function recogniseVetoes(page: Page): Set<number> {
  const lines = new Set<number>();
  const vetoes: Draft[] = [];
  for (const unit of walkUnits(page.root)) {
    const found = vetoText(unit);
    const endLine = unit.type === 'heading' ? unit.section.endLine : unit.endLine;
    if (found && issuesVeto(found.masked)) {
      lines.add(unit.line);
      vetoes.push(fileVeto(page, unit, endLine, 'standing', vetoes.length + 1));
    } else if (lifted.test(unit.masked) && (unit.type === 'heading' ? unit.section.depth > 1 : vetoes.length > 0)) {
      const self = unit.type === 'heading' && /^\W*(?:\S+\s+)?(?:SCOPED\s+)?VETO\s+(?!(?:cleared|lifted|withdrawn|removed|resolved|rescinded)\b)/iu.test(readTitle(unit.masked).rest) && chooseLifted(vetoes.filter((veto) => veto.state === 'standing'), unit.prose.text).length === 0;
      if (self) {
        lines.add(unit.line);
        vetoes.push(Object.assign(fileVeto(page, unit, endLine, 'cleared', vetoes.length + 1), { clearedAtLine: unit.line }));
        continue;
      }
      for (const veto of chooseLifted(vetoes.filter((candidate) => candidate.state === 'standing'), unit.prose.text)) {
        Object.assign(veto, { state: 'cleared', clearedAtLine: unit.line });
        if (unit.type !== 'heading') continue;
        coverEntry(page.cover, page.drafts.indexOf(veto), unit.line, endLine);
        lines.add(unit.line);
      }
    }
  }
  return lines;
}

function fileVeto(page: Page, unit: Unit, endLine: number, state: string, number: number): Draft {
  const first = unit.type === 'paragraph' ? (unit.prose.text.split('\n')[0] ?? '') : unit.prose.text;
  const read = readTitle(first);
  const blocks = blocksBetween(page, unit.line, endLine);
  const index = addDraft(page, 'veto', {
    ...plainWhen(read.when ?? findWhen(first)),
    title: read.title,
    name: read.name,
    author: 'adversary',
    state,
    key: String(number),
    scope: scopeOf(unit.prose.text),
    line: unit.line,
    endLine,
    fields: readContent(page, blocks.slice(1)).fields,
    refs: readContent(page, blocks).refs,
  });
  return page.drafts[index] as Draft;
}
