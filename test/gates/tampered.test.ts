import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { contractDigest, sha256 } from '../../src/repro/receipts/digests.ts';
import { editReceipt, makeGateStage, type GateStage } from './gate-stage.ts';

let stage: GateStage;
beforeAll(async () => {
  stage = await makeGateStage();
});
afterAll(() => stage.remove());
beforeEach(() => stage.restore());

const gate: GateStage['gate'] = (...options) => stage.gate(...options);
const edit: GateStage['edit'] = (change) => stage.edit(change);

describe('a recording that was tampered with', () => {
  test.each<[string, (journal: string) => string]>([
    ['an output line, digests kept', (journal) => journal.replace('→ level high', '→ level very high')],
    ['a command', (journal) => journal.replace('# green\n$ bash gauge.sh', '# green\n$ true; bash gauge.sh')],
    ['the verdict in the receipt', (journal) => editReceipt(journal, (receipt) => Object.assign(receipt, { runs: 9 }), 'kept')],
    ['the recorded output, its digest kept', (journal) => editReceipt(journal, (receipt) => Object.assign(receipt.steps[1].run.stdout, { text: 'level 9\n' }), 'fits')],
    ['the receipt copied under another name', (journal) => journal.replace('id=gauge', 'id=other')],
    ['the receipt copied under another commit', (journal) => editReceipt(journal, (receipt) => Object.assign(receipt, { commit: stage.base }), 'fits')],
    ['the receipt with another tree', (journal) => editReceipt(journal, (receipt) => Object.assign(receipt, { tree: 'c'.repeat(40) }), 'fits')],
    ['the receipt with another base tree', (journal) => editReceipt(journal, (receipt) => Object.assign(receipt.base, { tree: 'c'.repeat(40) }), 'fits')],
    ['the receipt of a role that is another', (journal) => journal.replace('# neg +revert', '# check')],
    ['a predecessor that is not there', (journal) => editReceipt(journal, (receipt) => Object.assign(receipt, { prev: 'd'.repeat(64) }), 'fits')],
  ])('%s', async (_, change) => {
    edit(change);
    expect(await gate()).toMatchObject({ exit: 1, allowed: false, rules: expect.arrayContaining(['tampered']) });
  });

  test.each<[string, (journal: string) => string, string]>([
    ['a pattern that was widened', (journal) => journal.replace('→ level high', '→~ level [..]'), 'stale-contract'],
    ['a receipt that is cut off', (journal) => journal.replace(/(<!-- docket-receipt v1 .{200}).*( -->)/, '$1$2'), 'receipt-unreadable'],
    ['a receipt that is gone', (journal) => journal.replace(/<!-- docket-receipt.*-->\n/, ''), 'claim-without-evidence'],
    ['another of the same name', (journal) => `${journal}\n\`\`\`console repro id=gauge claim=M3\n# green\n$ true\n→? 0\n\`\`\`\n`, 'duplicate-reproduction'],
    ['the whole of it twice', (journal) => journal + journal.slice(journal.indexOf('```console')), 'duplicate-reproduction'],
  ])('%s', async (_, change, rule) => {
    edit(change);
    expect(await gate()).toMatchObject({ exit: 1, rules: expect.arrayContaining([rule]) });
  });

  test('every digest recomputed passes as recorded, and fails a replay', async () => {
    edit((journal) => {
      const forged = journal.replace('→ level high', '→ level top');
      const body = /```console repro [^\n]*\n([\s\S]*?)\n```/.exec(forged)?.[1] ?? '';
      return editReceipt(forged, (receipt) => {
        for (const run of [receipt.steps[1].run, receipt.steps[2].control.before, receipt.steps[2].control.after]) {
          Object.assign(run.stdout, { text: run.stdout.text === null ? null : 'level top\n', sha256: sha256('level top\n'), bytes: 10 });
        }
        receipt.contract = contractDigest(body);
      }, 'fits');
    });
    expect(await gate()).toMatchObject({ exit: 0, states: ['recorded proven fresh'] });
    expect((await gate('--replay')).exit).toBe(4);
    await stage.consentTo('gauge');
    expect(await gate('--replay')).toMatchObject({ exit: 1, rules: ['mismatch'] });
  });
});

