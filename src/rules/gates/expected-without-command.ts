import type { Entry } from '../../contract/schema/entry.ts';
import { claimPart } from '../../documents/recognise/read-claim.ts';
import { commandLikeness } from '../../repro/shell/command-like.ts';
import { entriesOf, quote } from '../engine/entries.ts';
import { defineRule } from '../engine/rule.ts';

/** Results that a claim expects of no command: neither on the line nor, by a number, in HOW. */
export const expectedWithoutCommand = defineRule({
  id: 'expected-without-command',
  inputs: ['linked', 'texts'],
  *check({ linked, texts }) {
    for (const claim of entriesOf(linked, 'claim')) {
      const how = partOf(claim, 'HOW');
      const lines = (texts.get(claim.place.path) ?? '').split(/\r\n|\r|\n/u);
      const items = itemsOf(partOf(claim, 'EXPECTED'));
      for (const item of items) {
        if (isTied(item, how, items.length)) continue;
        const line = lineOf(claim, lines, item);
        yield {
          found: `expectation ${quote(item)} without a command`, expected: 'the command that shows it', place: { path: claim.place.path, line }, entry: claim.id, key: item.slice(0, 80),
        };
      }
    }
  },
});

function partOf(claim: Entry, part: string): string {
  return Object.entries(claim.fields).flatMap(([name, value]) => (claimPart(name) === part ? [value] : [])).join('\n');
}

/** The bullets of a part, continuation lines and all; the whole of it where it has none. Fenced lines are commands with their results already. */
function itemsOf(text: string): string[] {
  const prose = text.replace(/^\s*(`{3,}|~{3,})[\s\S]*?(?:^\s*\1|$(?![\s\S]))/gmu, '').trim();
  if (prose === '') return [];
  const bullets = prose.split(/^(?=\s*(?:[-*+]|\d+[.)])\s)/mu).map((item) => item.replace(/\s+/gu, ' ').trim()).filter((item) => item !== '');
  return bullets.some((item) => /^(?:[-*+]|\d+[.)])\s/u.test(item)) ? bullets.filter((item) => /^(?:[-*+]|\d+[.)])\s/u.test(item)) : [bullets.join(' ')];
}

function isTied(item: string, how: string, count: number): boolean {
  const text = item.replace(/^(?:[-*+]|\d+[.)])\s+/u, '');
  if (/^\d+[.)]\s/u.test(item) || /^(?:steps?\s+|commands?\s+|\(|#)?\d+(?:\s*(?:,|and|–|-|to|\+)\s*\d+)*\b/iu.test(text) || /\b(?:steps?|commands?)\s+#?\d+\b|\([a-d1-9]\)/iu.test(text)) return true;
  if (/\b(?:reproduction:|repro(?:duction)?\s+`?[\w.-]+`?)/iu.test(text)) return true;
  const spans = [...text.matchAll(/`([^`]+)`/gu)].map((hit) => hit[1] ?? '');
  if (spans.some((span) => isCommand(span) || (span.length >= 4 && how.includes(span) && !/^[\w.]+\(\)$/u.test(span)))) return true;
  return count === 1 && commandsOf(how) === 1;
}

function isCommand(text: string): boolean {
  return !/^[\w.]+\(.*\)$/u.test(text) && commandLikeness(text) === 'strong';
}

function commandsOf(how: string): number {
  const spans = [...how.matchAll(/`([^`\n]+)`/gu)].filter((hit) => isCommand(hit[1] ?? '')).length;
  const fenced = how.split('\n').filter((line) => !line.includes('`') && commandLikeness(line) === 'strong').length;
  return spans + fenced;
}

function lineOf({ place }: Entry, lines: readonly string[], item: string): number {
  const words = item.replace(/^(?:[-*+]|\d+[.)])\s+/u, '').slice(0, 30);
  for (let line = place.line; line <= place.endLine; line += 1) if ((lines[line - 1] ?? '').replace(/\s+/gu, ' ').includes(words)) return line;
  return place.line;
}
