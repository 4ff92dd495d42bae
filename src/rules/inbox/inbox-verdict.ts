import { maskText } from '../../ledger/commits/mask-text.ts';
import { readSubjectVerdicts } from '../../ledger/commits/read-subject-verdicts.ts';
import { entriesOf } from '../engine/entries.ts';
import { placeOf } from '../engine/finding.ts';
import { defineRule } from '../engine/rule.ts';

/** Unread messages of the Adversary that give a verdict which no review gives: it would be gone with the message. */
export const inboxVerdict = defineRule({
  id: 'inbox-verdict',
  inputs: ['ledger', 'texts'],
  *check({ ledger, texts }) {
    const given = new Set(entriesOf(ledger, 'verdict').map(({ gate, state }) => `${gate ?? ''} ${state ?? ''}`));
    for (const message of entriesOf(ledger, 'inbox')) {
      if (message.from !== 'adversary' || message.state !== 'unread') continue;
      const lines = (texts.get(message.place.path) ?? '').split(/\r\n|\r|\n/u);
      for (let line = message.place.line; line <= message.place.endLine; line += 1) {
        const first = readSubjectVerdicts([], statementOf(lines[line - 1] ?? '')).find(({ gate, result }) => result !== 'pending' && !given.has(`${gate} ${result}`));
        if (first === undefined) continue;
        yield { found: `verdict ${first.result.toUpperCase()} of ${first.gate} in a message`, expected: 'it in REVIEW', place: placeOf(message, line), entry: message.id, key: `${first.gate} ${first.result}` };
      }
    }
  },
});

/** What a line says, as the subject of a commit would: without marks, time and sender in front. */
function statementOf(line: string): string {
  return maskText(line.replace(/^[\s>*_#-]*@?\d{4}-\d{2}-\d{2}\S*\s*[—–-]*\s*/u, '').replace(/^[\s>*_#-]*(?:adversary|from adversary)\s*[:—–-]\s*/iu, ''));
}
