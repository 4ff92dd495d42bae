import { Lexer } from 'yaml';

/** What makes a text more than anybody writes: where, and what was found and expected. */
export interface Excess {
  offset: number;
  message: string;
}

/** `yaml` compares every key of a map with every other, and looks for an anchor from the start for each alias. */
const longest = 131_072;
/** It calls itself for each level too; V8 may end the whole process, not the call, when the stack is used up inside a regular expression. */
const deepest = 60;
const mostAliases = 200;

/**
 * Why a text of YAML is not to be given to the parser, or null: it is too long, nested too deeply, or full of aliases. Goes by the parser's own
 * lexer, which calls itself for nothing, so that brackets in quotes and comments do not count. Counts no fewer levels than there are.
 */
export function findExcess(text: string): Excess | null {
  if (text.length > longest) return { offset: 0, message: `Unexpected YAML of ${text.length} characters, expected at most ${longest}` };
  let aliases = 0;
  let offset = 0;
  const depth = createDepth();
  for (const token of new Lexer().lex(text)) {
    // The lexer says "a document begins", "it ends", "a scalar follows" with a control character that stands in no text.
    if (token === '\u0002' || token === '\u0018' || token === '\u001f') continue;
    if (depth.after(token) > deepest) return { offset, message: `Unexpected nesting, expected at most ${deepest} levels` };
    if (token.startsWith('*') && (aliases += 1) > mostAliases) return { offset, message: `Unexpected alias after ${mostAliases} others, expected fewer` };
    offset += token.length;
  }
  return null;
}

/** Follows the brackets that are open, and the lines' indents with the `- ? :` that each begins with. */
function createDepth(): { after(token: string): number } {
  let brackets = 0;
  let indents: number[] = [];
  let column = 0;
  let colons = 0;
  let atStart = true;
  function open(): void {
    indents = [...indents.filter((indent) => indent < column), column];
  }
  return {
    after(token) {
      if (token === '[' || token === '{') brackets += 1;
      else if (token === ']' || token === '}') brackets = Math.max(0, brackets - 1);
      if (/[\r\n]$/.test(token)) {
        column = 0;
        if (brackets === 0) colons = 0;
        atStart = true;
        return brackets + indents.length;
      }
      // `a: b: c: d` and `? !x ? !x` are refused, but each is read inside the one before it.
      if (token === ':' || token === '?' || token === '-') colons += 1;
      else if (token === ',' || /^[[\]{}]$/.test(token)) colons = 0;
      if (atStart && brackets === 0 && !/^[ \t]/.test(token) && token !== '\uFEFF') {
        open();
        // What stands behind a `-` in its line is a level of its own.
        atStart = token === '-' || token === '?' || token === ':';
      }
      column += token.length;
      return brackets + indents.length + colons;
    },
  };
}
