import type { Entry, Ref } from '../../contract/schema/entry.ts';
import type { DraftRef } from '../../documents/reading.ts';
import { findDeferred } from './find-deferred.ts';
import type { LinkIndex } from './link-index.ts';

/** What a mention was found to mean; null: it is none after all. */
export type Meaning = Pick<Ref, 'type' | 'target' | 'status'> | null;

/** Says what a mention means, for the entry that makes it. */
export type ResolveMention = (entry: Entry, mention: DraftRef) => Meaning;

/** Mentions of what the record itself holds. Commits, paths and addresses are not asked here: git knows them, or nobody. What means the same wherever it stands is looked for once. */
export function openMentions(index: LinkIndex): ResolveMention {
  const known = new Map<string, Meaning>();
  const resolve = (entry: Entry, mention: DraftRef): Meaning => {
    const isById = mention.value.includes(':');
    // What looks like a gate means another one in another phase.
    const isOfPhase = !isById && (mention.type === 'gate' || mention.type === 'finding');
    const key = [mention.type, mention.value, ...(isOfPhase ? [entry.phase, mention.phase ?? ''] : [])].join("\n");
    let meaning = known.get(key);
    if (meaning === undefined) {
      meaning = isById ? byId(index, mention) : isOfPhase ? gateOrFinding(index, entry, mention) : byName(index, mention);
      known.set(key, meaning);
    }
    return meaning;
  };
  return (entry, mention) => {
    const found = resolve(entry, mention);
    return found?.status === 'dangling' && mention.weak ? null : found;
  };
}

function byId(index: LinkIndex, { type, value }: DraftRef): Meaning {
  const exact = index.byId.get(value);
  if (exact) return one(type, [exact]);
  const kind = value.slice(0, value.indexOf(':') + 1);
  const tail = value.slice(value.indexOf(':') + 1);
  return one(type, ofKind(index, type).filter(({ id }) => id.startsWith(kind) && (id.endsWith(`/${tail}`) || id.endsWith(`-${tail}`))));
}

function byName(index: LinkIndex, { type, value }: DraftRef): Meaning {
  switch (type) {
    case 'phase':
      return index.phases.has(value) ? { type, target: value, status: 'resolved' } : { type, target: null, status: 'dangling' };
    case 'decision':
      return one(type, index.findDecisions(value));
    case 'deferred':
      return one(type, findDeferred(index.byKind('deferred'), value));
    case 'alert':
      return one(type, [index.byId.get(`alert:${value}`)].filter((found) => found !== undefined));
    case 'inbox':
      return inbox(index, value);
    case 'task':
    case 'reproduction':
      return one(type, ofKind(index, type).filter(({ id }) => id.endsWith(`/${value}`)));
    default:
      return { type, target: value, status: 'external' };
  }
}

const kindOf: Partial<Record<Ref['type'], Entry['kind']>> = { gate: 'gate', finding: 'finding', task: 'task', decision: 'decision', deferred: 'deferred', alert: 'alert', inbox: 'inbox', reproduction: 'reproduction' };

function ofKind(index: LinkIndex, type: Ref['type']): readonly Entry[] {
  const kind = kindOf[type];
  return kind === undefined ? [] : index.byKind(kind);
}

/** A decision that is superseded is found, and retired. */
function one(type: Ref['type'], found: readonly Entry[]): Meaning {
  const [first, ...others] = found;
  if (!first) return { type, target: null, status: 'dangling' };
  if (others.length > 0) return { type, target: null, status: 'ambiguous' };
  return { type, target: first.id, status: type === 'decision' && first.state === 'superseded' ? 'retired' : 'resolved' };
}

/**
 * `M1`, `A1` and `D-010` look alike: the record says which of them is a gate, which a finding and which a numbered decision. The phase is the one that the words name, else that of
 * the entry, else the only one that has such a gate or finding.
 */
function gateOrFinding(index: LinkIndex, entry: Entry, mention: DraftRef): Meaning {
  const { value, type } = mention;
  const phases = index.gates.get(value) ?? [];
  const findings = index.findings.get(value) ?? [];
  const named = mention.phase !== undefined && index.phases.has(mention.phase) ? mention.phase : null;
  const asGate = pick(phases, (phase) => phase, named, entry.phase);
  const asFinding = pick(findings, (finding) => finding.phase, named, entry.phase);
  const order = type === 'finding' ? [finding, gate] : [gate, finding];
  for (const meaning of order) {
    const found = meaning();
    if (found) return found;
  }
  const decisions = index.numbered.get(value) ?? [];
  return decisions.length > 0 ? one('decision', decisions) : { type, target: null, status: 'dangling' };

  function gate(): Meaning {
    if (asGate === null) return null;
    return asGate === 'several' ? { type: 'gate', target: null, status: 'ambiguous' } : { type: 'gate', target: `gate:${asGate}/${value}`, status: 'resolved' };
  }
  function finding(): Meaning {
    if (asFinding === null) return null;
    return asFinding === 'several' ? { type: 'finding', target: null, status: 'ambiguous' } : { type: 'finding', target: asFinding.id, status: 'resolved' };
  }
}

function pick<T>(candidates: readonly T[], phaseOf: (candidate: T) => string, named: string | null, own: string): T | 'several' | null {
  if (named !== null) return candidates.find((candidate) => phaseOf(candidate) === named) ?? null;
  const near = candidates.find((candidate) => phaseOf(candidate) === own);
  if (near !== undefined) return near;
  return candidates.length > 1 ? 'several' : (candidates[0] ?? null);
}

/** An inbox file means the message that is unread there, else the last one that was. */
function inbox(index: LinkIndex, value: string): Meaning {
  const side = /^ADVERSARY/iu.test(value) ? 'inbox:adversary/' : 'inbox:builder/';
  const messages = ofKind(index, 'inbox').filter(({ id }) => id.startsWith(side));
  const unread = messages.filter(({ state }) => state === 'unread');
  return one('inbox', unread.length > 0 ? unread : messages.slice(-1));
}
