/**
 * Characters that move a terminal's cursor or turn the direction of text, but for the tab: C0, DEL, C1, line and
 * paragraph separators, bidirectional marks, embeddings, overrides and isolates, the byte order mark, zero-width ones.
 */
// oxlint-disable-next-line no-control-regex
const controls = /[\u0000-\u0008\u000A-\u001F\u007F-\u009F\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/g;

/** Writes them as `\xNN`, or `\uNNNN` beyond one byte, so that no output reaches a terminal or a fence raw. */
export function escapeControls(text: string): string {
  return text.replace(controls, (character) => {
    const code = character.charCodeAt(0).toString(16);
    return code.length <= 2 ? `\\x${code.padStart(2, '0')}` : `\\u${code.padStart(4, '0')}`;
  });
}
