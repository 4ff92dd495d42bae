import { describe, expect, it } from 'vitest';
import { Failure } from '../../../src/contract/failure.ts';
import { defaultConfig } from '../../../src/ledger/config/config.ts';
import { readConfig } from '../../../src/ledger/config/read-config.ts';

const path = 'machine-docs/docket.yaml';

function refusal(text: string): Failure {
  try {
    readConfig(text, path);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('the configuration was taken');
}

describe('readConfig', () => {
  it.each(['', '# nothing set\n', '{}', 'rules:\n  # unparsed: off\n', 'landing:\n'])('fills in the defaults of %j', (text) => {
    expect(readConfig(text, path)).toEqual({ ...defaultConfig, present: true });
  });

  it('reads every key', () => {
    const text = `
landing: main
phases: [pvfix, 2, 1e10, 007]
defaultPhase: one
freshness: 36h
evidence: {claim: claimed, done: replayed, gates: {M2: attested}}
roles: {builder: [Bob, bob@example.org, build], adversary: [Ada]}
documents: {notes/LOG.md: JOURNAL-one.md}
rules: {unparsed: off, secret: {level: warning, options: {max: 3, strict: true}}}
redactions: {RUN: 'run-[0-9]+'}
inputs: [src/**]
prepare: [npm, ci]
deferred: {sections: move}
ci: {forge: github, url: https://ci.example/, required: [test]}
`;
    expect(readConfig(text, path)).toEqual({
      landing: 'main',
      phases: ['pvfix', '2', '1e10', '007'],
      defaultPhase: 'one',
      freshness: 36 * 3600,
      evidence: { claim: 'claimed', done: 'replayed', gates: { M2: 'attested' }, seals: [] },
      roles: { builder: ['Bob', 'bob@example.org', 'build'], adversary: ['Ada'], operator: [] },
      documents: { 'notes/LOG.md': 'JOURNAL-one.md' },
      rules: { unparsed: { level: 'off', options: {} }, secret: { level: 'warning', options: { max: 3, strict: true } } },
      redactions: { RUN: 'run-[0-9]+' },
      inputs: ['src/**'],
      prepare: [['npm', 'ci']],
      deferred: { sections: 'move' },
      ci: { forge: 'github', url: 'https://ci.example/', required: ['test'], seals: [] },
      present: true,
    });
  });

  it('takes several commands to prepare', () => {
    expect(readConfig('prepare: [[npm, ci], [npm, run, build]]', path).prepare).toEqual([['npm', 'ci'], ['npm', 'run', 'build']]);
  });

  it.each([['90m', 5400], ['2d', 172_800], ['1500ms', 1.5], ['0.5h', 1800], ['45s', 45]])('reads the duration %s as %d seconds', (text, seconds) => {
    expect(readConfig(`freshness: ${text}`, path).freshness).toBe(seconds);
  });

  it('lists every problem with line, column and the nearest key', () => {
    const failure = refusal(`laning: main
freshness: 24
evidence:
  clam: recorded
  done: best
  gates: {M2: nope}
rules: {unparsed: loud}
ci: 3
phases: x
documents:
  notes/LOG.md: LOG.md
prepare: npm ci
`);
    expect(failure.kind).toBe('config');
    expect(failure.exitCode).toBe(2);
    expect(failure.place).toEqual({ path, line: 1, column: 1 });
    expect(failure.message.split('\n')).toEqual([
      `${path}:1:1: Unexpected key "laning", expected "landing"`,
      `${path}:2:12: Unexpected "24" for "freshness", expected a duration such as 24h, 90m or 2d`,
      `${path}:4:3: Unexpected key "evidence.clam", expected "claim"`,
      `${path}:5:9: Unexpected "best" for "evidence.done", expected claimed, recorded, replayed or attested`,
      `${path}:6:15: Unexpected "nope" for "evidence.gates.M2", expected claimed, recorded, replayed or attested`,
      `${path}:7:19: Unexpected "loud" for "rules.unparsed", expected off, info, warning, error or {level, options}`,
      `${path}:8:5: Unexpected "3" for "ci", expected a map`,
      `${path}:9:9: Unexpected "x" for "phases", expected a list of phases`,
      `${path}:11:17: Unexpected "LOG.md" for "documents.notes/LOG.md", expected the name of a known kind, such as JOURNAL-x.md`,
      `${path}:12:10: Unexpected "npm ci" for "prepare", expected a command as a list of words, or a list of such commands`,
    ]);
  });

  it.each([
    ['landing: [', 1],
    ['landing: main\nlanding: other\n', 2],
    ['- landing', 1],
    ['landing: main\n\tphases: []\n', 2],
  ])('refuses %j at line %d', (text, line) => {
    expect(refusal(text).place?.line).toBe(line);
  });

  it('names all keys where none is near', () => {
    expect(refusal('colour: red').message).toMatch(/expected one of landing, phases, defaultPhase, /u);
  });
});
