import { expect, test } from 'vitest';
import { secret } from '../../src/rules/safety/secret.ts';

function linesWith(text: string, allow: string[] = []): number[] {
  const inputs = { texts: new Map([['machine-docs/JOURNAL-k9.md', text]]) };
  return [...secret.check(inputs, { options: { allow }, clock: 0, past: false })].map(({ place }) => place?.line ?? 0);
}

const letters = 'aZ9kq2LmX7pR4tV8wB1cD6eF3gH5jK0nM';

test.each([
  ['a token of a forge', `token ghp_${letters}${letters.slice(0, 3)}`],
  ['a key of a cloud', `AKIAQ7ZXCV5BNMKL2WEP`],
  ['a header', `curl -H "Authorization: Bearer ${letters}" https://ci/`],
  ['user and password of an address', 'git clone https://quay:tr0ub4dor-3@forge.invalid/x'],
  ['a variable', `CI_TOKEN=${letters} make`],
  ['a private key', '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n-----END OPENSSH PRIVATE KEY-----'],
])('%s is found', (_, text) => expect(linesWith(`first\n${text}\n`)).toContain(2));

test.each([
  ['a variable by its name', 'curl -H "Authorization: Bearer $CI_TOKEN" https://ci/'],
  ['a commit, a digest', `fixed in 1a2b3c4d5e6f7a8b9c0d1a2b3c4d5e6f7a8b9c0d, sha256:${'9b1c7e04'.repeat(8)}`],
  ['an address of ssh', 'git@github.com:quay/wall.git'],
  ['what says that it is none', 'password: changeme, TOKEN=your-token-here, key=xxxxxxxxxxxxxxxx, API_KEY=<the key>'],
  ['words', 'the token is wrong; password: correct-horse-battery-staple; secret: none of your business'],
  ['masked output', 'Authorization: Bearer [MASKED]'],
  ['the same letter', `SK${'a'.repeat(32)}`],
])('%s is not', (_, text) => expect(linesWith(text)).toEqual([]));

test('what the configuration allows is not told', () => {
  const text = `CI_TOKEN=${letters} make`;
  expect(linesWith(text, [letters.slice(0, 8)])).toEqual([]);
});
