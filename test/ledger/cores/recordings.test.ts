import { generateKeyPairSync, createHash, sign, type KeyObject } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Recording } from '../../../src/contract/schema/entry.ts';
import type { Draft } from '../../../src/documents/reading.ts';
import type { JudgedRecording } from '../../../src/ledger/evidence/judge-recording.ts';
import { joinRecordings, levelOf, type FencedReproduction } from '../../../src/ledger/evidence/recordings.ts';
import { replaysOf, type FoundReplay } from '../../../src/ledger/evidence/replays.ts';
import type { ReplayReceipt } from '../../../src/repro/receipts/types.ts';
import { proven } from '../../gates/cores/evidence-fixture.ts';

interface Judged {
  prev: string | null;
  recording: Partial<Recording>;
}

const sum = (letter: string): string => letter.repeat(64);

describe('the recordings of a phase', () => {
  const fence = (key: string | undefined, line: number, judged: Judged | null, path = 'machine-docs/JOURNAL-barge.md'): FencedReproduction => {
    const { line: _, ...bare } = proven;
    const draft = { key, line, recording: judged === null ? undefined : { digest: 'd', line: line + 5, text: null } } as unknown as Draft;
    return { path, draft, judged: judged === null ? null : { prev: judged.prev, used: [], lost: [], recording: { ...bare, ...judged.recording } } satisfies JudgedRecording };
  };
  const recorded = (letter: string, prev: string | null = null, more: Partial<Recording> = {}): Judged => ({ prev: prev === null ? null : sum(prev), recording: { receipt: sum(letter), ...more } });
  const join = (...fences: FencedReproduction[]): (string | undefined)[] => {
    const found = joinRecordings(fences);
    return fences.map((each) => {
      const recording = found.get(each);
      return recording && `${recording.state} ${recording.verdict} ${recording.line} ${recording.why.join('; ')}`.trim();
    });
  };
  const doubled = (name: string): string => `another reproduction of the phase is called ${name} too, and the receipts do not lead from one to the other`;

  test('one alone is as it was judged, at the line of its receipt', () => {
    expect(join(fence('weigh', 10, recorded('a')))).toEqual(['intact proven 15']);
    expect(join(fence('weigh', 10, recorded('a', null, { state: 'tampered', why: ['edited'] })))).toEqual(['tampered proven 15 edited']);
    expect(join(fence('weigh', 10, null), fence('lift', 20, recorded('a')))).toEqual([undefined, 'intact proven 25']);
    const withoutLine = fence('weigh', 10, recorded('a'));
    expect(join({ ...withoutLine, draft: { ...withoutLine.draft, recording: undefined } as unknown as Draft })).toEqual(['intact proven 10']);
  });

  test('recorded again: the last of the chain counts, in each file for itself', () => {
    expect(join(fence('weigh', 10, recorded('a')), fence('weigh', 30, recorded('b', 'a')), fence('weigh', 50, recorded('c', 'b')))).toEqual(['superseded proven 15', 'superseded proven 35', 'intact proven 55']);
    expect(join(fence('weigh', 10, recorded('a')), fence('lift', 30, recorded('b')))).toEqual(['intact proven 15', 'intact proven 35']);
  });

  test('a receipt whose predecessor is gone is tampered with', () => {
    const why = `the receipt before it, ${sum('f').slice(0, 12)}, does not stand above it`;
    expect(join(fence('weigh', 10, recorded('a', 'f')))).toEqual([`tampered proven 15 ${why}`]);
    expect(join(fence('weigh', 10, recorded('a', 'f', { state: 'stale-contract', why: ['edited'] })))).toEqual([`tampered proven 15 ${why}; edited`]);
    expect(join(fence('weigh', 10, recorded('a', 'f', { state: 'unreadable', why: ['torn'] })))).toEqual(['unreadable proven 15 torn']);
    expect(join(fence('weigh', 10, recorded('a', 'f')), fence('weigh', 30, recorded('b', 'a')))).toEqual(['superseded proven 15', 'intact proven 35']);
  });

  test('two of one name that are not chained are doubled, with a receipt or without', () => {
    expect(join(fence('weigh', 10, recorded('a')), fence('weigh', 30, recorded('b', null, { why: ['x'] })))).toEqual([`doubled proven 15 ${doubled('weigh')}`, `doubled proven 35 ${doubled('weigh')}; x`]);
    expect(join(fence('weigh', 10, null), fence('weigh', 30, recorded('b')))).toEqual([`doubled inconclusive 10 ${doubled('weigh')}`, `doubled proven 35 ${doubled('weigh')}`]);
    expect(joinRecordings([fence('weigh', 10, null), fence('weigh', 30, null)]).size).toBe(2);
  });

  test('and what nobody recorded says nothing of itself', () => {
    const bare = fence('weigh', 10, null);
    expect(joinRecordings([bare, fence('weigh', 30, null)]).get(bare)).toEqual({ state: 'doubled', verdict: 'inconclusive', why: [doubled('weigh')], receipt: null, line: 10, time: null, commit: null, tree: null, scope: [], dirty: [], base: null, env: null, runs: 0, attempts: 0, seal: null });
  });

  test('one name in two files is doubled; other names are not, nor what has no name', () => {
    const elsewhere = fence('weigh', 10, recorded('b', 'a'), 'machine-docs/STATUS-barge.md');
    expect(join(fence('weigh', 10, recorded('a')), fence('lift', 30, recorded('c')), elsewhere)).toEqual([expect.stringContaining('doubled proven 15'), 'intact proven 35', expect.stringMatching(/^doubled proven 15 another.*; the receipt before it/)]);
    expect(join(fence(undefined, 10, recorded('a')), fence(undefined, 30, recorded('b')))).toEqual([undefined, undefined]);
  });
});

describe('how well it is proven by what stands in the record', () => {
  const counts = { counts: true, attested: false } as ReturnType<typeof replaysOf>[number];
  test.each<[string, Recording | undefined, (typeof counts)[], string]>([
    ['no recording', undefined, [counts], 'claimed'],
    ['tampered with', { ...proven, state: 'tampered' }, [counts], 'claimed'],
    ['on uncommitted changes', { ...proven, dirty: ['x'] }, [counts], 'claimed'],
    ['recorded', proven, [], 'recorded'],
    ['with a replay that does not count', proven, [{ ...counts, counts: false }], 'recorded'],
    ['with one that counts among others', proven, [{ ...counts, counts: false }, counts], 'replayed'],
    ['with one that a build seals among others', proven, [counts, { ...counts, attested: true }], 'attested'],
    ['toothless and recorded', { ...proven, verdict: 'toothless' }, [], 'recorded'],
  ])('%s', (_, recording, replays, level) => {
    expect(levelOf(recording, replays)).toBe(level);
  });
});

/** A seal as `ssh-keygen -Y sign` makes it, with a key of its own. */
function makeKey(): { fingerprint: string; seal: (sum: string) => string } {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const text = (value: string | Buffer): Buffer => {
    const bytes = Buffer.from(value as string);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  const raw = (key: KeyObject): Buffer => Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url');
  const blob = Buffer.concat([text('ssh-ed25519'), text(raw(publicKey))]);
  const version = Buffer.from([0, 0, 0, 1]);
  return {
    fingerprint: `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/u, '')}`,
    seal: (what) => {
      const parts = [text('docket-receipt'), text(''), text('sha512')];
      const signature = sign(null, Buffer.concat([Buffer.from('SSHSIG'), ...parts, text(createHash('sha512').update(what).digest())]), privateKey);
      return Buffer.concat([Buffer.from('SSHSIG'), version, text(blob), ...parts, text(Buffer.concat([text('ssh-ed25519'), text(signature)]))]).toString('base64');
    },
  };
}

describe('the replays of a recording', () => {
  const [build, other] = [makeKey(), makeKey()];
  const recording: Recording = { ...proven, receipt: sum('a') };
  const replay = (receipt: Partial<ReplayReceipt> = {}, more: Partial<FoundReplay> = {}): FoundReplay => ({
    receipt: {
      v: 1, kind: 'replay', id: 'weigh', of: sum('a'), by: 'adversary', cold: true, tool: { name: 'docket', version: '1' }, time: '2026-04-02T00:00:00Z', commit: 'c'.repeat(40), tree: proven.tree ?? '', env: { os: 'linux', node: '20', bash: '5', passed: [] }, verdict: 'proven', prev: null, sum: sum('b'), seal: null, steps: [], ...receipt,
    },
    sumHolds: true, path: 'machine-docs/REVIEW-barge.md', line: 4, endLine: 5, owner: 'adversary', committer: 'adversary', ...more,
  });
  const [sealed, strange] = [build.seal(sum('b')), other.seal(sum('b'))];
  const evidence: Partial<FoundReplay> = { owner: null, path: 'machine-docs/evidence/x.json' };

  test('what is shown of one', () => {
    expect(replaysOf(recording, [replay()], [])).toEqual([{
      by: 'adversary', cold: true, verdict: 'proven', time: '2026-04-02T00:00:00Z', commit: 'c'.repeat(40), tree: proven.tree, place: { path: 'machine-docs/REVIEW-barge.md', line: 4, endLine: 5, rev: null }, counts: true, why: null, attested: false, ci: null,
    }]);
    const ci = { system: 'drone', run: null, repository: null };
    expect(replaysOf(recording, [replay({ ci })], [])[0]?.ci).toEqual(ci);
  });

  test('only those of this very receipt, oldest first', () => {
    const found = [replay({ time: '2026-04-03' }), replay({ of: sum('f') }), replay({ time: '2026-04-01' }), replay({ time: '2026-04-02' }), replay({ time: '2026-04-02', verdict: 'flaky' })];
    expect(replaysOf(recording, found, []).map(({ time, verdict }) => `${time} ${verdict}`)).toEqual(['2026-04-01 proven', '2026-04-02 proven', '2026-04-02 flaky', '2026-04-03 proven']);
  });

  test.each<[string, FoundReplay, string[], string | null, boolean]>([
    ['of the adversary', replay(), [], null, false],
    ['whose digest does not hold', replay({}, { sumHolds: false }), [], 'its digest is not that of its text', false],
    ['that was not proven', replay({ verdict: 'not-green' }), [], 'it came out not-green', false],
    ['that was warm', replay({ cold: false }), [], 'it was not cold', false],
    ['of other code', replay({ tree: 'e'.repeat(40) }), [], 'it ran on other code', false],
    ['of the Builder', replay({ by: 'builder' }, { owner: 'builder', committer: 'builder' }), [], 'the Builder replayed a recording of the Builder', false],
    ['of the adversary in a file of the Builder', replay({}, { owner: 'builder' }), [], 'it says adversary and does not stand in a file of the Adversary', false],
    ['of the adversary in a file of nobody', replay({}, evidence), [], 'it says adversary and does not stand in a file of the Adversary', false],
    ['of the adversary, committed by the Builder', replay({}, { committer: 'builder' }), [], 'it says adversary and was committed by the Builder', false],
    ['of the adversary, committed by nobody knows whom', replay({}, { committer: null }), [], null, false],
    ['of the operator in a file of nobody', replay({ by: 'operator' }, evidence), [], null, false],
    ['of the operator in a file of the Builder', replay({ by: 'operator' }, { owner: 'builder' }), [], 'it stands in a file of the Builder', false],
    ['of the operator, committed by the Builder', replay({ by: 'operator' }, { ...evidence, committer: 'builder' }), [], 'it says operator and was committed by the Builder', false],
    ['of a build, where it has no key', replay({ by: 'ci' }, evidence), [], null, false],
    ['of a build, where it has a key', replay({ by: 'ci' }, evidence), [build.fingerprint], 'it says ci and is not sealed by a key of the build', false],
    ['of a build, sealed by its key, whoever commits it', replay({ by: 'ci', seal: sealed }, { ...evidence, committer: 'builder' }), [other.fingerprint, build.fingerprint], null, true],
    ['of a build, sealed by its key, on other code', replay({ by: 'ci', seal: sealed, tree: 'e'.repeat(40) }, evidence), [build.fingerprint], 'it ran on other code', false],
    ['of a build, sealed by another key', replay({ by: 'ci', seal: strange }, evidence), [build.fingerprint], 'it says ci and is not sealed by a key of the build', false],
    ['of a build, sealed where no key is named', replay({ by: 'ci', seal: sealed }, evidence), [], null, false],
    ['of the adversary, sealed by the key of the build', replay({ seal: sealed }), [build.fingerprint], null, false],
    ['of the adversary, sealed by the key of the build, in a file of nobody', replay({ seal: sealed }, evidence), [build.fingerprint], 'it says adversary and does not stand in a file of the Adversary', false],
    ['whose seal is one of another receipt', replay({ by: 'ci', seal: build.seal(sum('c')) }, evidence), [build.fingerprint], 'its seal is not one of it', false],
    ['whose seal is none', replay({ seal: 'AAAA' }), [], 'its seal is not one of it', false],
  ])('one %s', (_, found, keys, why, attested) => {
    expect(replaysOf(recording, [found], keys)).toEqual([expect.objectContaining({ why, counts: why === null, attested })]);
  });
});
