import type { LintFinding } from './types.ts';

/** A line of prose, fences left out. */
export interface ProseLine {
  readonly text: string;
  readonly line: number;
}

const byReasoning = /\bby (?:construction|inspection|design|definition|reasoning|reading (?:the )?(?:code|source))\b/i;
const holds = /\b(?:holds?|held|prove[nsd]?|verified|confirmed|satisfied|guaranteed|true|correct|works?|fails?|passes|ensured|follows|covered|established|shown|red|green|teeth|safe)\b/i;
const negative = /\bneg\b|[\w.]-neg\b|\bnegative controls?\b|\bhas teeth\b|\bteeth\b|\bbreak-it\b|\bcan fail\b/i;
const supposed = /\bconfirmed in (?:the )?code\b|\bwould (?:\w+ )?(?:fail|go red|be red|turn red|be caught|be detected|catch|detect|return non-?zero)\b|\bobviously\b|\bin theory\b|\bfrom (?:reading )?the code\b|\btrivially\b|\blogically\b|\bfollows from\b|\bcan(?:not|'t) (?:possibly )?(?:pass|succeed)\b|\bno need to run\b/i;
const denied = /\b(?:not|never|no longer|isn't|instead of|rather than|than)\b[^.;]{0,30}$/i;
const quoted = /`[^`]{0,300}`|"[^"]{0,300}"|“[^”]{0,300}”|«[^»]{0,300}»/g;

/**
 * Finds evidence that was reasoned instead of run: "holds by construction", or, where the words speak of a negative
 * control, that it "would fail" or was "confirmed in code". At most one finding per block of lines: the line that says
 * it most plainly. An entry whose negative control was run is spared the weaker forms.
 */
export function findReasoning(lines: readonly ProseLine[], negWasRun: boolean): LintFinding[] {
  return blocksOf(lines).flatMap((block) => {
    const plain = block.find((each) => saysByReasoning(each.text));
    const weak = negWasRun || !block.some((each) => negative.test(each.text)) ? undefined : block.find((each) => supposed.test(withoutQuotes(each.text)));
    const found = plain ?? weak;
    return found === undefined ? [] : [finding(found)];
  });
}

function saysByReasoning(source: string): boolean {
  const text = withoutQuotes(source);
  const found = byReasoning.exec(text);
  if (found === null || denied.test(text.slice(0, found.index))) return false;
  return holds.test(text) || negative.test(text);
}

/** Lines without a blank line between them; a bold lead or a heading begins a block of its own. */
function blocksOf(lines: readonly ProseLine[]): ProseLine[][] {
  const blocks: ProseLine[][] = [];
  let previous: ProseLine | null = null;
  for (const line of lines) {
    const begins = previous === null || previous.text.trim() === '' || line.line > previous.line + 1 || /^\s*(?:[-*+]\s+)?(?:\*\*|#{1,6}\s)/.test(line.text);
    if (begins) blocks.push([line]);
    else blocks.at(-1)?.push(line);
    previous = line;
  }
  return blocks;
}

function withoutQuotes(text: string): string {
  return text.replace(quoted, ' ');
}

function finding({ text, line }: ProseLine): LintFinding {
  const words = byReasoning.exec(text)?.[0] ?? supposed.exec(text)?.[0] ?? '';
  return {
    rule: 'reasoned-evidence', line, endLine: line,
    message: `Unexpected reasoning (${JSON.stringify(words)}), expected a run: nobody has seen it happen`,
    next: 'Run it and record what it printed.',
  };
}
