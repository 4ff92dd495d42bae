import { findSecrets } from '../../repro/secrets/find-secrets.ts';
import { defineRule } from '../engine/rule.ts';

/** What is a secret by its own shape or by a header that only secrets have. Other words around a value may be those of an example: for masking that is enough, for a refusal it is not. */
const certain = /\btoken\b|\bkey\b|private key|authorization header|user and password of an address/u;
const uncertain: ReadonlySet<string> = new Set(['a header with a key', 'a parameter of an address', 'a variable', 'an option', 'a field', 'a cookie', 'user and password', 'a bearer token']);

/** Values that their own words call an example. */
const sample = /example|sample|dummy|placeholder|redacted|changeme|your[-_]|x{4,}|\*{3,}|0{8,}|1234|abcd|\bfoo\b|\bbar\b|test/iu;

export const secret = defineRule({
  id: 'secret',
  inputs: ['texts'],
  readsEntries: () => false,
  options: { allow: [] as readonly string[] },
  *check({ texts }, { options }) {
    for (const [path, text] of texts) {
      for (const { start, end, what } of findSecrets(text)) {
        const value = text.slice(start, end);
        if (options.allow.some((allowed) => value.includes(allowed)) || !isCertain(what, value)) continue;
        const before = text.slice(0, start);
        const line = before.split('\n').length;
        const column = start - before.lastIndexOf('\n');
        yield { found: `${what} in the text`, expected: 'the name of a variable that holds it, such as $CI_TOKEN', place: { path, line, column }, key: `${what} ${value.length}` };
      }
    }
  },
});

function isCertain(what: string, value: string): boolean {
  if (what === 'a private key') return true;
  const password = what.startsWith('user and password of') ? (value.split(':')[1] ?? value) : value;
  if (sample.test(value) || password.length < 6 || bitsOf(password) < 2.5) return false;
  if (!uncertain.has(what)) return certain.test(what);
  return value.length >= 16 && bitsOf(value) >= 3.2 && /\d/u.test(value) && /[A-Za-z]/u.test(value) && !/^[\p{L}-]+$/u.test(value) && !/[/\\]/u.test(value);
}

/** Shannon's entropy of the characters of a text, in bits a character: words have less than random letters. */
function bitsOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((bits, count) => bits - (count / text.length) * Math.log2(count / text.length), 0);
}
