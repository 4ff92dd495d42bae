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

function receiptOf(journal: string): string {
  return /<!-- docket-receipt.*-->/.exec(journal)?.[0] ?? '';
}

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
    ['a member that stands twice in the receipt', (journal) => journal.replace('"verdict":"proven"', '"verdict":"toothless","verdict":"proven"'), 'receipt-unreadable'],
    ['a second receipt behind the first', (journal) => `${journal}\n${receiptOf(journal)}\n`, 'receipt-unreadable'],
    ['a second receipt in the comment of the first', (journal) => journal.replace(/ -->$/m, ' <!-- docket-receipt v1 {} --> -->'), 'receipt-unreadable'],
    ['a receipt in front of its fence', (journal) => journal.replace(receiptOf(journal), '').replace('```console', `${receiptOf(journal)}\n\n\`\`\`console`), 'claim-without-evidence'],
    ['words between fence and receipt', (journal) => journal.replace('*Recorded', 'It held.\n\n*Recorded'), 'claim-without-evidence'],
    ['a claim that was recorded for another gate', (journal) => journal.replace('claim=M3', 'claim=kite/M3 inputs=level'), 'stale-contract'],
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


describe('a recording that stands where it does not belong', () => {
  const block = (): string => stage.journal().slice(stage.journal().indexOf('```console'));

  test('in another phase, whose gate has the same name', async () => {
    stage.write('machine-docs/JOURNAL-owl.md', `# JOURNAL\n\n## 2026-03-02 — start\n\n${block()}`);
    const { exit, stdout } = await stage.run('gate', 'owl/M3', '--json');
    expect([exit, JSON.parse(stdout).data.missing.join()]).toEqual([1, expect.stringContaining('it was recorded in phase kite, and stands in phase owl')]);
  });

  test('in a quotation it is nobody\'s proof', async () => {
    stage.write('machine-docs/STATUS-kite.md', '# STATUS\n\n## Gate: M3 — CLAIMED, awaiting Adversary\n');
    edit((journal) => journal.replace(block(), block().trimEnd().replace(/^/gm, '> ')));
    expect((await gate()).missing.join()).toContain('is loose: written by hand, never recorded');
  });

  test('recorded for a gate of another phase it proves nothing here, whatever the words around it say', async () => {
    edit((journal) => journal.replace('claim=M3', 'claim=owl/M3').replace('Recorded gauge for M3', 'Recorded gauge, shows M3'));
    stage.write('machine-docs/STATUS-kite.md', '# STATUS\n\n## Gate: M3 — CLAIMED, awaiting Adversary\n\n### HOW\nsee reproduction:kite/gauge\n');
    expect((await gate()).states).toEqual([]);
  });

  test('a failed attempt that was committed and taken out again', async () => {
    const before = stage.journal();
    await stage.ask('record', 'gauge', '--claim', 'kite/M3', '--runs', '1', '--red', stage.base, 'bash gauge.sh', '--green', 'false', '--neg', 'revert');
    stage.commit('journal(kite): it failed', '2026-03-02T13:00:00Z');
    edit(() => before);
    const { exit, rules, missing, next } = await gate();
    expect([exit, rules, missing.join(), next[0]]).toEqual([1, ['append-only'], expect.stringContaining('was not-green'), expect.stringMatching(/^git show /)]);
    expect(missing.join()).toContain('was taken out of the document');
  });

  test('a link of the chain taken out', async () => {
    await stage.ask('record', 'gauge', '--claim', 'kite/M3', '--runs', '1', '--red', stage.base, 'bash gauge.sh', '--green', 'false', '--neg', 'revert');
    await stage.ask('record', 'gauge', '--claim', 'kite/M3', '--runs', '1', '--red', stage.base, 'bash gauge.sh', '--green', 'bash gauge.sh', '--neg', 'revert');
    edit((journal) => journal.split(/(?=^## 2)/m).toSpliced(-2, 1).join(''));
    expect((await gate()).rules).toContain('duplicate-reproduction');
  });
});
