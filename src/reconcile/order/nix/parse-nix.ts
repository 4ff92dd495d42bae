import type { AttributeName, Binding, Expression } from './expressions.ts';
import { NixFault, readTokens, type Token } from './read-tokens.ts';

/** Deeper nesting than anybody writes; ends a file that was made to exhaust the stack. */
const DEEPEST = 300;

const KEYWORDS = new Set(['then', 'else', 'in', 'let', 'with', 'assert', 'if', 'inherit', 'or']);

/** How loosely the operators bind that decide what an expression is; the others make it something that is not read. */
const CALCULATION = new Set(['-', '*', '/', '==', '!=', '<', '>', '<=', '>=', '&&', '||', '->', '?']);

/** Reads a Nix file into an expression (Nix manual, "Operators" and "Syntax"). Nothing is evaluated. Throws NixFault where the
 *  text is no Nix. */
export function parseNix(source: string, firstLine = 1): Expression {
  const tokens = readTokens(source, firstLine);
  let at = 0;
  let depth = 0;

  const lineHere = (): number => (tokens[at] ?? tokens.at(-1))?.line ?? firstLine;
  const textAt = (index: number): string | null => plainText(tokens[index]);
  const isNext = (text: string): boolean => textAt(at) === text;
  function take(text: string): void {
    if (!isNext(text)) throw new NixFault(lineHere(), `"${text}" is missing`);
    at += 1;
  }

  function parseExpression(): Expression {
    return deeper(parseWhole);
  }

  function deeper(parse: () => Expression): Expression {
    depth += 1;
    if (depth > DEEPEST) throw new NixFault(lineHere(), 'it is nested too deeply');
    const expression = parse();
    depth -= 1;
    return expression;
  }

  function parseWhole(): Expression {
    const line = lineHere();
    if (isFunctionAhead()) return { kind: 'function', body: parseExpression(), line };
    switch (textAt(at)) {
      case 'let': {
        at += 1;
        const bindings = parseBindings('in');
        return { kind: 'let', bindings, body: parseExpression(), line };
      }
      case 'with':
      case 'assert': {
        at += 1;
        parseExpression();
        take(';');
        return parseExpression();
      }
      case 'if': {
        at += 1;
        parseExpression();
        take('then');
        const whenTrue = parseExpression();
        take('else');
        return { kind: 'choice', branches: [whenTrue, parseExpression()], line };
      }
      default:
        return parseOperation();
    }
  }

  /** Skips the head of a function (`x:`, `{ a, ... }:`, `x@{ … }:`) when there is one. */
  function isFunctionAhead(): boolean {
    const start = at;
    let end = at;
    if (tokens[end]?.kind === 'word' && textAt(end + 1) === '@') end += 2;
    if (textAt(end) === '{') end = findClosing(end) + 1;
    else if (tokens[end]?.kind === 'word' && !KEYWORDS.has(textAt(end) ?? '')) end += 1;
    else return false;
    if (textAt(end) === '@' && tokens[end + 1]?.kind === 'word') end += 2;
    if (textAt(end) !== ':') return false;
    at = end + 1;
    return at > start;
  }

  function findClosing(open: number): number {
    let level = 0;
    for (let index = open; index < tokens.length; index++) {
      const text = textAt(index);
      if (text === '{' || text === '${') level += 1;
      if (text === '}') level -= 1;
      if (level === 0) return index;
    }
    throw new NixFault(tokens[open]?.line ?? firstLine, 'a { has no end');
  }

  function parseOperation(): Expression {
    const line = lineHere();
    const sides = [parseApplication()];
    const operators: string[] = [];
    for (let operator = textAt(at); operator !== null && (CALCULATION.has(operator) || ['++', '//', '+'].includes(operator)); operator = textAt(at)) {
      at += 1;
      operators.push(operator);
      sides.push(isFunctionAhead() ? parseExpression() : parseApplication());
    }
    return joinSides(sides, operators, line);
  }

  function parseApplication(): Expression {
    const line = lineHere();
    while (isNext('!') || isNext('-')) at += 1;
    const called = parseSelection();
    const args: Expression[] = [];
    while (startsPrimary(tokens[at])) args.push(parseSelection());
    if (args.length === 0) return called;
    return { kind: 'call', called: called.kind === 'name' ? called.name : '', args, line };
  }

  function parseSelection(): Expression {
    let selected = parsePrimary();
    while (isNext('.')) {
      at += 1;
      const name = parseAttributeName();
      const line = selected.line;
      selected = selected.kind === 'name' && name.kind === 'fixed' ? { kind: 'name', name: `${selected.name}.${name.name}`, line } : { kind: 'other', line };
    }
    if (isNext('or')) {
      at += 1;
      return { kind: 'choice', branches: [selected, deeper(parseSelection)], line: selected.line };
    }
    return selected;
  }

  function parsePrimary(): Expression {
    const token = tokens[at];
    if (!token) throw new NixFault(lineHere(), 'it ends too early');
    const { line } = token;
    if (token.kind === 'text') {
      at += 1;
      return { kind: 'text', parts: token.parts, line };
    }
    switch (token.text) {
      case '(': {
        at += 1;
        const inside = parseExpression();
        take(')');
        return inside;
      }
      case '[': {
        at += 1;
        const items: Expression[] = [];
        while (!isNext(']')) items.push(deeper(parseSelection));
        at += 1;
        return { kind: 'list', items, line };
      }
      case 'rec':
      case '{': {
        const recursive = token.text === 'rec';
        if (recursive) at += 1;
        take('{');
        return { kind: 'set', bindings: parseBindings('}'), recursive, line };
      }
      default:
        if (token.kind === 'sign' || KEYWORDS.has(token.text)) throw new NixFault(line, `"${token.text}" stands where a value is expected`);
        at += 1;
        return /^[a-zA-Z_][\w'-]*$/.test(token.text) ? { kind: 'name', name: token.text, line } : { kind: 'other', line };
    }
  }

  function parseBindings(end: '}' | 'in'): Binding[] {
    const bindings: Binding[] = [];
    while (!isNext(end)) {
      if (isNext('inherit')) {
        bindings.push(...parseInherit());
        continue;
      }
      const line = lineHere();
      const path = [parseAttributeName()];
      while (isNext('.')) {
        at += 1;
        path.push(parseAttributeName());
      }
      take('=');
      bindings.push({ path, value: parseExpression(), line });
      take(';');
    }
    at += 1;
    return bindings;
  }

  function parseInherit(): Binding[] {
    take('inherit');
    let from = '';
    if (isNext('(')) {
      at += 1;
      const source = parseExpression();
      from = source.kind === 'name' ? `${source.name}.` : '(…).';
      take(')');
    }
    const bindings: Binding[] = [];
    while (!isNext(';')) {
      const line = lineHere();
      const name = parseAttributeName();
      bindings.push({ path: [name], value: name.kind === 'fixed' ? { kind: 'name', name: from + name.name, line } : { kind: 'other', line }, line });
    }
    at += 1;
    return bindings;
  }

  function parseAttributeName(): AttributeName {
    const token = tokens[at];
    if (token?.kind === 'word') {
      at += 1;
      return { kind: 'fixed', name: token.text };
    }
    if (token?.kind === 'text') {
      at += 1;
      const [only, more] = token.parts;
      return only?.kind === 'plain' && !more ? { kind: 'fixed', name: only.text } : { kind: 'computed', value: { kind: 'text', parts: token.parts, line: token.line } };
    }
    take('${');
    const value = parseExpression();
    take('}');
    return { kind: 'computed', value };
  }

  const whole = parseExpression();
  if (at < tokens.length) throw new NixFault(lineHere(), `"${textAt(at) ?? 'a text'}" stands where the file should end`);
  return whole;
}

function plainText(token: Token | undefined): string | null {
  return token === undefined || token.kind === 'text' ? null : token.text;
}

function startsPrimary(token: Token | undefined): boolean {
  if (!token) return false;
  if (token.kind === 'text') return true;
  return token.kind === 'word' ? !KEYWORDS.has(token.text) : ['(', '[', '{'].includes(token.text);
}

/** `++` binds tighter than `//`, and both tighter than what compares. */
function joinSides(sides: Expression[], operators: readonly string[], line: number): Expression {
  const [only] = sides;
  if (operators.length === 0 && only) return only;
  if (operators.some((operator) => CALCULATION.has(operator))) return { kind: 'other', line };
  const by = operators.includes('//') ? '//' : operators.includes('+') ? '+' : '++';
  const groups: Expression[] = [];
  let from = 0;
  for (let index = 0; index <= operators.length; index++) {
    if (index < operators.length && operators[index] !== by) continue;
    groups.push(joinSides(sides.slice(from, index + 1), operators.slice(from, index), line));
    from = index + 1;
  }
  return { kind: 'joined', by, sides: groups, line };
}
