import type { Block, Prose } from './outline/types.ts';
import type { DraftRef } from './reading.ts';
import { inRanges } from './masked.ts';
import { findGates, readFindingId } from './vocabulary/gates.ts';

/** A mention found in a text, with its offset. */
interface Mention extends Omit<DraftRef, 'line' | 'column'> {
  offset: number;
  length: number;
}

const url = /\bhttps?:\/\/[^\s<>"'`)\]}|\\]+/giu;
const alert = /\b(\d{8}T\d{6}Z-[A-Za-z0-9][A-Za-z0-9_-]*)(?:\.json)?/gu;
const docketId = /\b(?:journal|decision|deferred|inbox|claim|verdict|finding|task|gate|reproduction|alert|note|veto|plan):(?:-\/)?[A-Za-z0-9][\p{L}\p{N}/_.~#()-]*[\p{L}\p{N})]/gu;
const replayed = /\bdocket (?:replay|record)[ \t]+(?:--[a-z-]+[ \t]+)*(?:reproduction:)?([A-Za-z0-9][\w.-]*(?:\/[A-Za-z0-9][\w.-]*)?)/gu;
const sha = /(?<![\p{L}\p{N}_./#:%=-])([0-9a-f]{7,40})(?![\p{L}\p{N}_/%]|-[\p{L}\p{N}]|\.\p{L})/gu;
const shaLead = /(?:\bcommits?|\bclaim(?:ed)?|\bsha|\brev(?:ision)?|\bfix(?:ed)?|\bby|\bin|\bat|\bHEAD|@)[\s:(`]*$/iu;
const path = /(?<![\p{L}\p{N}_/.:@-])((?:\.{0,2}\/)?(?:[\p{L}\p{N}_.@+-]+\/)*[\p{L}\p{N}_@+-][\p{L}\p{N}_.@+-]*\.[A-Za-z][A-Za-z0-9]{0,9}|(?:\.{1,2}\/|\/)?(?:[\p{L}\p{N}_.@+-]+\/)+[\p{L}\p{N}_.@+-]*)(?::(\d+)(?:\s?[-–]\s?(\d+))?)?(?![\p{L}\p{N}_])/gu;
const bareFile = /^(?:Makefile|Dockerfile|Justfile|Caddyfile|Procfile|Rakefile|Vagrantfile|Jenkinsfile|LICENSE|CHANGELOG|README)$/u;
const codeExtension = /\.(?:md|py|ts|tsx|js|mjs|cjs|jsx|json|ya?ml|toml|nix|sh|bash|service|timer|socket|target|conf|cfg|ini|txt|rs|go|c|h|cc|cpp|hpp|java|kt|rb|php|html|css|scss|sql|lock|log|diff|patch|env|tf|xml|csv|proto|dockerfile|mk|lua|zig|ex|exs|erl|hs|ml|swift|vue|svelte|ipynb|gradle|properties|service)$/iu;
const lineNumbers = /^[`\s,(]*(?:at\s+)?(?:lines?|l\.|ll\.)\s*(\d+)(?:\s?(?:[-–—]|to)\s?(\d+))?/iu;
const phase = /(?<![\p{L}\p{N}_-])phase[ -]`?((?=[A-Za-z]*\d|[a-z]{2,})[A-Za-z0-9]+)\b/gu;
const document = /\b(DECISIONS|DEFERRED)(?:\.md)?`?[\s,:(]+(?:entry\s+(?:of\s+)?)?(\d{4}-\d{2}-\d{2})(?:(?:\s*[,—–-]\s*|\s+)((?:(?!DECISIONS|DEFERRED|\d{4}-\d{2}-\d{2})[\p{L}\p{N}_'’./-]+ ?){1,8}))?/gu;
const documentName = /(?<![\p{L}\p{N}_./-])(?:JOURNAL|STATUS|BACKLOG|REVIEW)-[A-Za-z0-9]+(?![\p{L}\p{N}_/-]|\.[\p{L}\p{N}])/gu;
const datedEntry = /\b(\d{4}-\d{2}-\d{2})[\s:]+((?:[\p{L}\p{N}_↔'’./-]+ ){0,5})(?:entry|item|deferral)\b/gu;
const gateWord = /\bgates?[:\s]*`?$/iu;
const findingBefore = /\b(?:findings?|defects?|\[adversary\])[\s:`(]*$/iu;
const findingAfter = /^`?\s*(?:\[adversary\]|findings?\b|\()?/iu;
const documentPhase = /^`?[\s,]*(?:findings?\s*)?(?:,?\s*(?:from|in|of)\s+)?\(?\s*`?(?:BACKLOG|REVIEW|STATUS|JOURNAL)-([A-Za-z0-9]+)(?:\.md)?/u;
const wordPhase = /^`?(?:,\s*(?:phase\s+)?([a-z0-9][A-Za-z0-9]*)(?=[\s.,:;)—–]|$)|\s*\(\s*(?:phase\s+)?([a-z0-9][A-Za-z0-9]*)\s*\)|\s+(?:of|in)\s+phase\s+([A-Za-z0-9]+)|\s+of\s+([a-z0-9]+)(?=[\s.,:;)—–]|$))/u;
const fillWords = /^(?:and|or|the|a|an|is|was|see|not|but|seen|with|from|for|in|on|as|it|which|that|this|blocking|open|closed|critical|high|medium|low|fix|fixed|done|later|all|both|too|then|so|by|if|no|yes)$/iu;

/** What a text must hold for a look at it to find something: most texts hold nothing of a kind, and the expressions above are slow. */
const hexRun = /[0-9a-f]{7}/;
const pathMark = /\.(?=[A-Za-z])|\//g;
const kindBefore = /(?:journal|decision|deferred|inbox|claim|verdict|finding|task|gate|reproduction|alert|note|veto|plan)$/i;
const gateShape = /[A-Z][A-Za-z]{0,9}-?\d|[A-Z][A-Za-z]{0,5}-[a-z]+[a-z0-9]*-\d|[A-Z]+-[A-Z]\d/;
const documentNames = ['JOURNAL-', 'STATUS-', 'BACKLOG-', 'REVIEW-'];

function holdsAny(text: string, words: readonly string[]): boolean {
  return words.some((word) => text.includes(word));
}

/** Whether a word that is a kind of entry stands before a colon. */
function mayNameEntry(text: string): boolean {
  for (let at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) {
    if (/[-A-Za-z0-9]/.test(text[at + 1] ?? '') && kindBefore.test(text.slice(Math.max(0, at - 12), at))) return true;
  }
  return false;
}

/** Every hit of `path`: no blank stands before its dot or slash, so each is looked for from the beginning of the word that holds one. */
function* pathsIn(text: string): Generator<RegExpExecArray> {
  const look = new RegExp(path);
  pathMark.lastIndex = 0;
  let from = 0;
  for (let marked = pathMark.exec(text); marked !== null; marked = pathMark.exec(text)) {
    const start = Math.max(text.lastIndexOf(' ', marked.index), text.lastIndexOf('\n', marked.index)) + 1;
    look.lastIndex = Math.max(from, start);
    const hit = look.exec(text);
    if (hit === null) return;
    from = look.lastIndex;
    const next = from;
    yield hit;
    pathMark.lastIndex = next;
  }
}

function* phases(text: string): Generator<Mention> {
  if (!text.includes('phase')) return;
  for (const hit of text.matchAll(phase)) {
    const id = hit[1] ?? '';
    if (fillWords.test(id) || /^(?:start|started|open|opens|plan|goal|list|order|id|ids|done|complete|had|has|have|of|to|files)$/u.test(id)) continue;
    yield { type: 'phase', value: id, offset: hit.index + hit[0].length - id.length, length: id.length };
  }
}

function* commits(prose: Prose, text: string): Generator<Mention> {
  if (!hexRun.test(text)) return;
  for (const hit of text.matchAll(sha)) {
    const value = hit[1] ?? '';
    const mixed = /\d/u.test(value) && /[a-f]/u.test(value);
    const wholeCode = inRanges(prose.code, hit.index) && text[hit.index - 1] === '`' && text[hit.index + value.length] === '`';
    if (!mixed && !wholeCode && !shaLead.test(text.slice(Math.max(0, hit.index - 16), hit.index))) continue;
    if (!mixed && /^\d{7,}$/u.test(value) && !wholeCode && !/(?:commit|claim|sha|@)[\s:(`]*$/iu.test(text.slice(Math.max(0, hit.index - 16), hit.index))) continue;
    yield { type: 'commit', value, offset: hit.index, length: value.length };
  }
}

function* paths(prose: Prose, text: string): Generator<Mention> {
  for (const hit of pathsIn(text)) {
    const value = (hit[1] ?? '').replace(/[.]+$/u, '');
    const inCode = inRanges(prose.code, hit.index);
    const folder = value.includes('/');
    if (!(inCode && (folder || codeExtension.test(value))) && !codeExtension.test(value)) continue;
    if (/^\/+$|^\.{1,2}\/?$|\/\//u.test(value) || /^\d+(?:\/\d+)+$/u.test(value)) continue;
    const host = folder && /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|net|org|io|dev|example|local|de|uk|eu)\//iu.test(value);
    if (host) continue;
    const after = text.slice(hit.index + hit[0].length, hit.index + hit[0].length + 40);
    const counted = hit[2] === undefined ? lineNumbers.exec(after) : null;
    const from = Number(hit[2] ?? counted?.[1] ?? 0);
    const to = Number(hit[3] ?? counted?.[2] ?? from);
    const bare = !folder && !/\.md$/iu.test(value);
    yield { type: 'path', value, offset: hit.index, length: value.length, ...(from > 0 ? { lines: { from, to: Math.max(from, to) } } : {}), ...(bare ? { weak: true } : {}) };
  }
  for (let index = 0; index < prose.code.length; index += 2) {
    const start = prose.code[index] ?? 0;
    const value = text.slice(start, prose.code[index + 1]).replace(/^`+\s?|\s?`+$/gu, '');
    if (bareFile.test(value)) yield { type: 'path', value, offset: start + 1, length: value.length };
  }
}

function phaseBehind(after: string): string | undefined {
  const named = documentPhase.exec(after)?.[1];
  if (named) return named;
  const found = wordPhase.exec(after);
  const word = found?.[1] ?? found?.[2] ?? found?.[3] ?? found?.[4];
  return word && !fillWords.test(word) && /[a-z\d]/u.test(word) ? word : undefined;
}

/** An id with a further hyphen is a finding's (`F2-14c`, `P1-neg`); short words with a number (`DoD-1`) are gates. */
function isFindingShape(id: string): boolean {
  return id.includes('-') && !/^[A-Z][A-Za-z]{1,3}-\d+$/u.test(id);
}

/** `Session-5`, `Apache-2.0`, `GPT-5.5`: a word or a product with its number, which is a finding only where the record has one of that name. */
function isNumberedWord(id: string): boolean {
  return /^[A-Z][a-z]{3,}-\d/u.test(id) || /^[A-Z][A-Za-z]+-\d+\.\d/u.test(id);
}

/** Gates and findings share one shape of id (`M1`, `A1`), so only the words around tell them apart; the ledger settles the weak ones. */
function* gatesAndFindings(text: string): Generator<Mention> {
  if (!gateShape.test(text)) return;
  const seen = new Set<number>();
  for (const hit of text.matchAll(/(?<![\p{L}\p{N}_./@#-])`?(?=[A-Z])/gu)) {
    const at = hit.index + hit[0].length;
    const found = readFindingId(text, at);
    if (!found || seen.has(at) || !/^[A-Z][A-Za-z]{0,9}-?\d|^[A-Z][A-Za-z]{0,5}-[a-z]+[a-z0-9]*-\d|^[A-Z]+-[A-Z]\d|^[A-Z]\d+-[a-z]+$/u.test(found.id)) continue;
    const before = text.slice(Math.max(0, at - 24), at);
    const after = text.slice(found.end, found.end + 60);
    const named = findingBefore.test(before) || /^`?\s*(?:\[adversary\]|findings?\b)/iu.test(findingAfter.exec(after)?.[0] ?? '');
    const isFinding = named || isFindingShape(found.id);
    const strong = (isFinding && !/^[A-Z]\d+-[a-z]+$/u.test(found.id) && (named || !isNumberedWord(found.id))) || gateWord.test(before);
    const phaseId = phaseBehind(after);
    const list = isFinding ? null : findGates(text.slice(at, at + 60))[0];
    const ids = list && list.start === 0 ? list.gates : isFinding || /^[A-Z]{1,4}\d/u.test(found.id) ? [found.id] : [];
    for (const id of ids) {
      yield { type: isFinding ? 'finding' : 'gate', value: id, offset: at, length: found.end - at, ...(phaseId ? { phase: phaseId } : {}), ...(strong ? {} : { weak: true }) };
    }
    for (let offset = at; offset < at + (list?.end ?? 0); offset += 1) seen.add(offset);
  }
}

function* dated(text: string): Generator<Mention> {
  for (const hit of holdsAny(text, ['DECISIONS', 'DEFERRED']) ? text.matchAll(document) : []) {
    const words = (hit[3] ?? '').trim();
    yield { type: hit[1] === 'DECISIONS' ? 'decision' : 'deferred', value: `${hit[2]}${words === '' ? '' : ` ${words}`}`, offset: hit.index, length: hit[0].length };
  }
  for (const hit of holdsAny(text, ['entry', 'item', 'deferral']) ? text.matchAll(datedEntry) : []) {
    if (/(?:DECISIONS|DEFERRED)(?:\.md)?[^\n]{0,4}$/u.test(text.slice(Math.max(0, hit.index - 16), hit.index))) continue;
    yield { type: 'deferred', value: `${hit[1]} ${(hit[2] ?? '').trim()}`.trim(), offset: hit.index, length: hit[0].length, ...(/\bdeferr|\bdeferral\b/iu.test(text.slice(Math.max(0, hit.index - 80), hit.index + hit[0].length)) ? {} : { weak: true }) };
  }
}

function* literals(text: string): Generator<Mention> {
  for (const hit of text.includes('://') ? text.matchAll(url) : []) {
    const value = hit[0].replace(/[.,:;!?…]+$/u, '');
    yield { type: 'url', value, offset: hit.index, length: value.length };
  }
  for (const hit of text.includes('Z-') ? text.matchAll(alert) : []) yield { type: 'alert', value: hit[1] ?? '', offset: hit.index, length: hit[0].length };
  for (const hit of mayNameEntry(text) ? text.matchAll(docketId) : []) {
    const kind = hit[0].slice(0, hit[0].indexOf(':'));
    const types: Record<string, DraftRef['type']> = { finding: 'finding', task: 'task', decision: 'decision', deferred: 'deferred', gate: 'gate', alert: 'alert', inbox: 'inbox', reproduction: 'reproduction' };
    const type = types[kind];
    if (type) yield { type, value: hit[0], offset: hit.index, length: hit[0].length };
  }
  // What is to be replayed may be a gate as well, and in a sentence any word.
  for (const hit of holdsAny(text, ['docket re']) ? text.matchAll(replayed) : []) {
    const name = (hit[1] ?? '').replace(/[.-]+$/u, '');
    yield { type: 'reproduction', value: name.includes('/') ? `reproduction:${name}` : name, offset: hit.index, length: 0, weak: true };
  }
  for (const hit of holdsAny(text, documentNames) ? text.matchAll(documentName) : []) yield { type: 'path', value: hit[0], offset: hit.index, length: hit[0].length, weak: true };
  for (const hit of !text.includes('-INBOX') ? [] : text.matchAll(/\b(?:BUILDER|ADVERSARY)-INBOX(?:\.md)?\b/gu)) yield { type: 'inbox', value: hit[0], offset: hit.index, length: hit[0].length };
}

function* linked(prose: Prose): Generator<Mention> {
  for (const { start, end, url: target } of prose.links) {
    if (/^https?:/iu.test(target)) yield { type: 'url', value: target, offset: start, length: end - start };
    else if (!/^(?:#|[a-z]+:)/iu.test(target)) yield { type: 'path', value: target.replace(/#.*$/u, ''), offset: start, length: end - start };
  }
}

/** Gives lines and columns to mentions that are sorted by offset, in one pass over the text. */
function placeMentions(mentions: Mention[], text: string, firstLine: number): DraftRef[] {
  let line = firstLine;
  let lineStart = 0;
  return mentions.map(({ offset, length: _length, ...mention }) => {
    for (let next = text.indexOf('\n', lineStart); next !== -1 && next < offset; next = text.indexOf('\n', lineStart)) {
      lineStart = next + 1;
      line += 1;
    }
    return Object.assign(mention, { line, column: offset - lineStart + 1 });
  });
}

/** All mentions of a prose, in order; where two overlap the earlier kind wins (a URL is not also a path, an alert's name no commit). */
function findReferences(prose: Prose, line: number): DraftRef[] {
  const text = prose.text;
  const mentions: Mention[] = [];
  const taken = new Uint8Array(text.length + 1);
  const take = (found: Iterable<Mention>): void => {
    const fresh = [...found].filter((mention) => taken[mention.offset] === 0);
    for (const mention of fresh) taken.fill(1, mention.offset, mention.offset + mention.length);
    mentions.push(...fresh);
  };
  take(linked(prose));
  for (const find of [literals, dated, phases]) take(find(text));
  for (const find of [paths, commits]) take(find(prose, text));
  take(gatesAndFindings(text));
  return placeMentions(mentions.toSorted((a, b) => a.offset - b.offset), text, line);
}

const noMarks: Omit<Prose, 'text'> = { code: [], strong: [], struck: [], links: [] };

function referencesOfBlock(block: Block): DraftRef[] {
  switch (block.type) {
    case 'heading':
    case 'paragraph':
      return findReferences(block.prose, block.line);
    case 'list':
      return block.items.flatMap((item) => item.children.flatMap(referencesOfBlock));
    case 'quote':
    case 'other':
      return block.children.flatMap(referencesOfBlock);
    case 'table':
      return block.rows.flatMap((row) => row.cells.flatMap((cell) => findReferences(cell, row.line)));
    case 'code':
      return findReferences({ text: block.value, ...noMarks }, block.bodyLine).filter((ref) => ref.type === 'alert' || ref.type === 'url' || ref.type === 'path' || (ref.type === 'reproduction' && ref.weak === true));
    default:
      return [];
  }
}

/** The references of some blocks, in order, without repetition on one line. */
export function readReferences(blocks: Block[]): DraftRef[] {
  const seen = new Set<string>();
  return blocks.flatMap(referencesOfBlock).filter((ref) => {
    const key = `${ref.type} ${ref.value} ${ref.phase ?? ''} ${ref.line} ${ref.lines?.from ?? ''}-${ref.lines?.to ?? ''}`;
    return !seen.has(key) && seen.add(key) !== undefined;
  });
}
