import type { Diagnostic } from '../contract/schema/envelope.ts';
import { changesOf, type Docket } from '../ledger/open-docket.ts';
import type { RuleFinding } from '../rules/engine/finding.ts';
import { notOwner } from '../rules/roles/not-owner.ts';
import { otherSideTicked } from '../rules/roles/other-side-ticked.ts';
import { verdictRewritten } from '../rules/roles/verdict-rewritten.ts';
import { ruleWording } from '../rules/wording.ts';

const ownership = [notOwner, otherSideTicked, verdictRewritten];

/**
 * What the Builder's commits did to the Adversary's words of a phase: verdicts, vetoes, findings. DONE rests on these words, so that none of them may be
 * the Builder's. A commit that was made of others has the words of both sides and is not judged.
 */
export async function judgeOffences(docket: Docket, phase: string): Promise<Diagnostic[]> {
  const kinds = new Map(docket.ledger.documents.filter((document) => document.phase === phase).map(({ path, kind }) => [path, kind]));
  if (![...kinds.values()].some((kind) => kind === 'review' || kind === 'backlog')) return [];
  const commits = docket.ledger.commits.filter(({ role, replaces = [], documents }) => role === 'builder' && replaces.length === 0 && documents.some((path) => kinds.has(path)));
  const concerns = ({ place, entry = null }: RuleFinding): boolean => {
    const kind = kinds.get(place?.path ?? '');
    return kind === 'review' || (kind === 'backlog' && (entry?.startsWith('finding:') ?? false));
  };
  const told: Diagnostic[] = [];
  for await (const changes of changesOf(docket, commits)) {
    for (const rule of ownership) {
      for (const finding of rule.check({ changes }, { clock: 0, past: false, options: {} })) if (concerns(finding)) told.push(toDiagnostic(rule.id, finding));
    }
  }
  return told;
}

function toDiagnostic(rule: keyof typeof ruleWording, { found, expected, place, entry = null, commit = null, related = [] }: RuleFinding): Diagnostic {
  return { rule, level: 'error', message: `Unexpected ${found}${commit === null ? '' : ` in ${commit.slice(0, 12)}`}, expected ${expected}`, place, related, entry, next: commit === null ? ruleWording[rule].nextStep : `git show ${commit.slice(0, 12)}`, fixable: false };
}
