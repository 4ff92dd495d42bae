import { type Alias, isMap, isScalar, LineCounter, parseDocument, visit, type Document, type Pair } from 'yaml';
import { closestMatch } from 'leven';
import type { z } from 'zod';
import { Failure } from '../../contract/failure.ts';
import { defaultConfig, type Config, type RuleSetting } from './config.ts';
import { findExcess } from '../../yaml/find-excess.ts';
import { configSchema, keysAt, type WrittenConfig } from './config-schema.ts';

interface Problem {
  line: number;
  column: number;
  message: string;
}

/**
 * Reads the text of a configuration. Throws a `Failure` of kind config that lists every problem (unknown key, wrong type, broken YAML) with
 * line and column; its place is that of the first.
 */
export function readConfig(text: string, path: string): Config {
  const excess = findExcess(text);
  if (excess !== null) throw refuse([{ ...placeIn(text, excess.offset), message: excess.message }], path);
  const lineCounter = new LineCounter();
  // Failsafe: everything is text. Under YAML's own types the phase `2` would be a number and the phase `1e10` ten thousand million.
  const document = parseDocument(text, { lineCounter, prettyErrors: false, schema: 'failsafe' });
  const at = (offset: number): { line: number; column: number } => {
    const { line, col } = lineCounter.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  // One broken line may be thousands of faults to the parser.
  const broken = [...document.errors.slice(0, 20).map((error) => problemAt(at(error.pos[0]), error.message)), ...findBadAliases(document, at)];
  if (broken.length > 0) throw refuse(broken, path);
  const result = configSchema.safeParse(dropEmpty(document.toJS()) ?? {});
  if (!result.success) throw refuse(result.error.issues.flatMap((issue) => explain(issue, document, at)), path);
  return { ...fillDefaults(result.data), rules: readRules(result.data.rules ?? {}, parseDocument(text)) };
}

/** A key without a value (its children commented out, say) is as good as absent. */
function dropEmpty(value: unknown): unknown {
  if (value === '' || value === null) return undefined;
  if (typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, dropEmpty(each)]).filter(([, each]) => each !== undefined));
}

function problemAt({ line, column }: { line: number; column: number }, message: string): Problem {
  return { line, column, message };
}

function placeIn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** Aliases that stand for nothing, for what holds them, or for what holds aliases in turn: a few lines of those may become gigabytes. */
function findBadAliases(document: Document, at: (offset: number) => { line: number; column: number }): Problem[] {
  const problems: Problem[] = [];
  visit(document, {
    Alias(_, alias) {
      const target = alias.resolve(document);
      if (target !== undefined && !holdsAlias(target)) return;
      const why = target === undefined ? `an anchor "&${alias.source}" above it` : 'one that stands for plain values without further aliases';
      problems.push({ ...at(alias.range?.[0] ?? 0), message: `Unexpected alias "*${alias.source}", expected ${why}` });
    },
  });
  return problems;
}

function holdsAlias(target: NonNullable<ReturnType<Alias['resolve']>>): boolean {
  let found = false;
  visit(target, {
    Alias() {
      found = true;
      return visit.BREAK;
    },
  });
  return found;
}

function explain(issue: z.core.$ZodIssue, document: Document, at: (offset: number) => { line: number; column: number }): Problem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const near = closestMatch(key, keysAt(issue.path), { maxDistance: Math.max(1, Math.floor(key.length / 2)) });
      const name = [...issue.path.map(String), key].join('.');
      const known = keysAt(issue.path).join(', ');
      return { ...at(offsetOf(document, [...issue.path, key], true)), message: `Unexpected key "${name}", expected ${near === undefined ? `one of ${known}` : `"${near}"`}` };
    });
  }
  const value: unknown = document.getIn(issue.path);
  const name = issue.path.map(String).join('.');
  const written = isScalar(value) || value === null || typeof value !== 'object' ? JSON.stringify(value) : isMap(value) ? 'a map' : 'a list';
  return [{ ...at(offsetOf(document, issue.path, false)), message: `Unexpected ${written?.replace(/\/\/[^/@"]*@/u, '//[MASKED]@')}${name === '' ? '' : ` for "${name}"`}, expected ${issue.message}` }];
}

/** Offset of the value (or of the key) at a path; of what holds it where the path leads nowhere. */
function offsetOf(document: Document, path: readonly PropertyKey[], ofKey: boolean): number {
  const holder: unknown = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents;
  if (ofKey && isMap(holder)) {
    const pair = holder.items.find((item: Pair) => isScalar(item.key) && String(item.key.value) === String(path.at(-1)));
    if (pair && isScalar(pair.key)) return pair.key.range?.[0] ?? 0;
  }
  const node: unknown = path.length > 0 ? document.getIn(path, true) : document.contents;
  if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)) return Number(node.range[0]);
  return path.length > 0 ? offsetOf(document, path.slice(0, -1), false) : 0;
}

function refuse(problems: Problem[], path: string): Failure {
  const sorted = problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
  const first = sorted[0] ?? { line: 1, column: 1, message: '' };
  const lines = sorted.map(({ line, column, message }) => `${path}:${line}:${column}: ${message}`);
  return new Failure('config', lines.join('\n'), { place: { path, line: first.line, column: first.column }, next: `Correct ${path}; \`docket describe\` lists its keys.` });
}

function fillDefaults(written: WrittenConfig): Omit<Config, 'rules'> {
  const { evidence, roles, ci } = written;
  return {
    landing: written.landing ?? null,
    phases: written.phases ?? [],
    defaultPhase: written.defaultPhase ?? defaultConfig.defaultPhase,
    freshness: written.freshness ?? defaultConfig.freshness,
    evidence: { claim: evidence?.claim ?? defaultConfig.evidence.claim, done: evidence?.done ?? defaultConfig.evidence.done, gates: evidence?.gates ?? {}, seals: evidence?.seals ?? [] },
    roles: { builder: roles?.builder ?? [], adversary: roles?.adversary ?? [], operator: roles?.operator ?? [] },
    documents: written.documents ?? {},
    redactions: written.redactions ?? {},
    inputs: written.inputs ?? [],
    prepare: fillPrepare(written.prepare ?? []),
    deferred: { sections: written.deferred?.sections ?? 'keep' },
    ci: { forge: ci?.forge ?? null, url: ci?.url ?? null, required: ci?.required ?? [], seals: ci?.seals ?? [] },
    present: true,
  };
}

/** Options of rules keep their YAML types (numbers, booleans), which the rule itself checks. */
function readRules(written: NonNullable<WrittenConfig['rules']>, typed: Document): Record<string, RuleSetting> {
  return Object.fromEntries(
    Object.entries(written).flatMap(([id, setting]): [string, RuleSetting][] => {
      if (setting === undefined) return [];
      if (typeof setting === 'string') return [[id, { level: setting, options: {} }]];
      const options: unknown = typed.getIn(['rules', id, 'options']);
      return [[id, { level: setting.level ?? null, options: isMap(options) ? (options.toJS(typed) as Record<string, unknown>) : {} }]];
    }),
  );
}

/** One command may stand without the outer list. */
function fillPrepare(prepare: NonNullable<WrittenConfig['prepare']>): string[][] {
  const commands: string[][] = [];
  const words: string[] = [];
  for (const part of prepare) {
    if (typeof part === 'string') words.push(part);
    else commands.push(part);
  }
  return words.length > 0 ? [words] : commands;
}
