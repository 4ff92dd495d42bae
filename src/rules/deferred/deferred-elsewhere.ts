import { maskText } from '../../ledger/commits/mask-text.ts';
import { defineRule } from '../engine/rule.ts';
import { entriesOf, quote } from '../engine/entries.ts';

/** Words by which work is put off for good; `later` alone is a word of every story. */
const putOff = /\bTODO\b|\bFIXME\b|\bfollow-?up\b(?=[^.]*\b(?:later|separate(?:ly)?|next phase|another|to do|needed|required|ticket|issue)\b)|\b(?:do|fix|handle|address|revisit|clean up|tackle|mend|sort out) (?:this|that|it|them|these|those)?\s*(?:up |out )?later\b|\b(?:left|leave|leaving|saved?|postponed?|parked?|defer(?:red|ring)?|put off|punt(?:ed)?) (?:it |this |that |them )?(?:for|to|until|till) (?:later|a later|another|the next|some other|a follow-?up|a future)\b|\b(?:in|as|for) (?:a|another|some|the next|some later) follow-?up\b|\bout of scope (?:for now|here|of this phase)\b/iu;

/** Lines of journals that put work off, in entries which name no deferred item and no finding for it. */
export const deferredElsewhere = defineRule({
  id: 'deferred-elsewhere',
  inputs: ['linked', 'texts'],
  *check({ linked, texts }) {
    for (const entry of entriesOf(linked, 'journal')) {
      const lines = (texts.get(entry.place.path) ?? '').split(/\r\n|\r|\n/u);
      const filed = new Set(entry.refs.flatMap(({ type, line }) => (type === 'deferred' || type === 'task' || type === 'finding' ? [line] : [])));
      let fence: string | null = null;
      for (let line = entry.place.line; line <= entry.place.endLine; line += 1) {
        const text = lines[line - 1] ?? '';
        const mark = /^\s*(`{3,}|~{3,})/u.exec(text)?.[1] ?? null;
        if (mark !== null && (fence === null || mark.startsWith(fence))) fence = fence === null ? mark : null;
        if (fence !== null || mark !== null || /\bDEFERRED\b/u.test(text) || [line - 1, line, line + 1].some((near) => filed.has(near)) || !putOff.test(maskText(text))) continue;
        yield { found: `work put off in prose: ${quote(text)}`, expected: 'an item of DEFERRED.md that the entry names', place: { path: entry.place.path, line }, entry: entry.id, key: text.trim() };
      }
    }
  },
});
