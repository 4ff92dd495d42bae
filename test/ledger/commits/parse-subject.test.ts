import { describe, expect, it } from 'vitest';
import { parseSubject } from '../../../src/ledger/commits/parse-subject.ts';

/** subject → phase / gates of the scope, claims, verdicts as `GATE=result[@sha]`. */
const cases: [subject: string, scope: string | null, claims: string, verdicts: string][] = [
  ['claim(forms-M1): the new question is in place', 'forms/M1', 'M1', ''],
  ['claim(2w): Gate WC4+WC7 CLAIMED', '2w/', 'WC4 WC7', ''],
  ['claim(3 U0): schema', '3/U0', 'U0', ''],
  ['claim(M1): root cause', 'null/M1', 'M1', ''],
  ['review(lvl5): M2 PASS @a521d43 - ranks hold', 'lvl5/', '', 'M2=pass@a521d43'],
  ['review(redfix-M2): FAIL - 5/6 PASS (all but one), relay FAIL (F-redfix-1: port taken)', 'redfix/M2', '', 'M2=fail'],
  ['review(redfix-M2): FAIL — 5/6 PASS (discourse, immich), discourse FAIL', 'redfix/M2', '', 'M2=fail'],
  ['review(ghost-M1+M2): M1 PASS + M2 PASS - cold', 'ghost/M1 M2', '', 'M1=pass M2=pass'],
  ['review(pvfix-M2): M2 PASS + [adversary] A1 filed', 'pvfix/M2', '', 'M2=pass'],
  ['review(2w): watchdog ping - no formal gate yet', '2w/', '', ''],
  ['review(pvfix): ledger opened, no verdict yet', 'pvfix/', '', ''],
  ['review(pxgate): ledger opened, orientation sent - no verdict', 'pxgate/', '', ''],
  ['review(pxgate-M1): PASS @13:00Z - gate asks traefik itself; A1 (pvfix) closed', 'pxgate/M1', '', 'M1=pass'],
  ['status(pxgate): M1 verified, M2 - AWAITING ORCHESTRATOR', 'pxgate/', '', ''],
  ['status+journal(pvfix): phase start', 'pvfix/', '', ''],
  // forms nobody listed
  ['review(net7-M1-M3): M1 PASS, M2 FAIL, M3 CONDITIONAL', 'net7/M1 M2 M3', '', 'M1=pass M2=fail M3=conditional'],
  ['review(net7): M1–M3 PASS', 'net7/', '', 'M1=pass M2=pass M3=pass'],
  ['review(net7-M1): CONDITIONAL PASS - one host left', 'net7/M1', '', 'M1=conditional'],
  ['review(net7-M1): PASS (conditional on the relay)', 'net7/M1', '', 'M1=conditional'],
  ['review(net7-M1): FAIL → PASS after the lock', 'net7/M1', '', 'M1=pass'],
  ['review(net7-M1): M1 FAIL -> PASS', 'net7/M1', '', 'M1=pass'],
  ['review(net7-M1): PASS withdrawn, the probe never ran', 'net7/M1', '', 'M1=fail'],
  ['review(net7-M1): withdraw the PASS', 'net7/M1', '', 'M1=fail'],
  ['review(net7-M1): A1 closed, PASS', 'net7/M1', '', 'M1=pass'],
  ['review(net7): PASS for Q4.6 @9f8e7d6', 'net7/', '', 'Q4.6=pass@9f8e7d6'],
  ['review(net7): E0 / HC2 — local trust gate — PASS', 'net7/', '', 'E0=pass HC2=pass'],
  ['review(net7-M1): after FAIL of M0 — PASS', 'net7/M1', '', 'M1=pass'],
  ['review(net7): informal look, M1 PASS likely', 'net7/', '', ''],
  ['review(net7-M1): M1 PASS - no verdict on M2 yet', 'net7/M1', '', 'M1=pass'],
  ['review(net7-M1): PENDING, host is down', 'net7/M1', '', 'M1=pending'],
  ['review(net7-M1): pass - cold clone', 'net7/M1', '', 'M1=pass'],
  ['review(net7-M1): first pass over the code', 'net7/M1', '', ''],
  ['review(net7-M1): verdict: fail', 'net7/M1', '', 'M1=fail'],
  ['review(net7): M4 ✅', 'net7/', '', 'M4=pass'],
  ['review(net7-M1): orientation, M1 PASS was expected', 'net7/M1', '', ''],
  ['review(net7-M1): M1 PASS, break-it probes all green', 'net7/M1', '', 'M1=pass'],
  ['review(net7): M1 PASS revoked, M2 PASS stands', 'net7/', '', 'M1=fail M2=pass'],
  ['review(net7-M1): all green, break-it probes run, PASS', 'net7/M1', '', 'M1=pass'],
  ['review(M1): PASS', 'null/M1', '', 'M1=pass'],
  ['review: M1 PASS', null, '', 'M1=pass'],
  ['review(net7-M1): "M1 PASS" was written too early', 'net7/M1', '', ''],
  ['review(net7-M1): PASS claim `f7b6f26`', 'net7/M1', '', 'M1=pass'],
  ['review(net7-M1): PASS, claim f7b6f26', 'net7/M1', '', 'M1=pass@f7b6f26'],
  ['review(net7-M1): PASS @20260613', 'net7/M1', '', 'M1=pass'],
  ['Review(net7-m1): PASS', 'net7/M1', '', 'M1=pass'],
  ['review(net7/M1): PASS', 'net7/M1', '', 'M1=pass'],
  ['review(net7 M1 re-claim): PASS', 'net7/M1', '', 'M1=pass'],
  ['review(net7-M2(c)): PASS', 'net7/M2(c)', '', 'M2(c)=pass'],
  ['verdict(net7-M1): PASS', 'net7/M1', '', 'M1=pass'],
  ['feat(net7): tests PASS', 'net7/', '', ''],
  ['claim(net7-M1+M2): both', 'net7/M1 M2', 'M1 M2', ''],
  ['claim(net7-M1..M3): all', 'net7/M1 M2 M3', 'M1 M2 M3', ''],
  ['claim(net7): M3, which rests on M1', 'net7/', 'M3', ''],
  ['claim(net7-M1): withdrawn, the host was cold', 'net7/M1', '', ''],
  ['claim(net7): nothing is claimed yet', 'net7/', '', ''],
  ['status+claim(net7-M1): claimed', 'net7/M1', 'M1', ''],
  ['status(net7): Gate M1 CLAIMED, awaiting Adversary', 'net7/', 'M1', ''],
  ['status(net7): M1 will flip to CLAIMED', 'net7/', '', ''],
  ['journal(net7): M1 CLAIMED yesterday', 'net7/', '', ''],
  ['claim(phase net7): M1', 'net7/', 'M1', ''],
  ['claim(deploy proxy): M1', 'null/', 'M1', ''],
  ['fix(sweep): try a fetch three times', 'sweep/', '', ''],
  ['fixup! claim(net7-M1): words', 'net7/M1', 'M1', ''],
  ['Merge branch main', null, '', ''],
  ['', null, '', ''],
];

describe('a commit subject', () => {
  it.each(cases)('%s', (subject, scope, claims, verdicts) => {
    const read = parseSubject(subject);
    expect({
      scope: read.scope ? `${read.scope.phase}/${read.scope.gates.join(' ')}` : null,
      claims: read.claims.join(' '),
      verdicts: read.verdicts.map(({ gate, result, at }) => `${gate}=${result}${at === null ? '' : `@${at}`}`).join(' '),
    }).toEqual({ scope, claims, verdicts });
  });

  it('takes a known phase for a phase, whatever it looks like', () => {
    expect(parseSubject('claim(W2): M1', (id) => id === 'W2')).toMatchObject({ scope: { phase: 'W2', gates: [] }, claims: ['M1'] });
    expect(parseSubject('claim(W2): M1')).toMatchObject({ scope: { phase: null, gates: ['W2'] }, claims: ['W2'] });
  });
});
