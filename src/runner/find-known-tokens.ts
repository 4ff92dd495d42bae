/** Nothing shorter is a token that somebody gave a shape of its own: texts without such a word need no library. */
const tokenLike = /[\w+/=.~-]{16}/;

/** By this word a text could have the library look away. */
const directive = /secretlint-(?=disable|enable)/g;

/**
 * What a kept library (secretlint, its recommended rules) takes for a token or a key in a text. It knows shapes that docket's own table does not, and is
 * loaded when a text may hold one: it takes longer to load than docket to start.
 */
export async function findKnownTokens(text: string): Promise<string[]> {
  if (!tokenLike.test(text)) return [];
  const [{ lintSource }, { creator }] = await Promise.all([import('@secretlint/core'), import('@secretlint/secretlint-rule-preset-recommend')]);
  const content = text.replace(directive, 'secretlint_');
  const { messages } = await lintSource({ source: { content, filePath: 'output.txt', ext: '.txt', contentType: 'text' }, options: { config: { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator }] }, noPhysicFilePath: true } });
  return messages.flatMap(({ type, range: [start, end] }) => (type === 'message' ? [text.slice(start, end)] : []));
}
