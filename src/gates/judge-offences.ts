import type { Diagnostic } from '../contract/schema/envelope.ts';
import { changesOf, type Docket } from '../ledger/open-docket.ts';
import { toDiagnostic, type Finding } from '../rules/engine/finding.ts';
import { runRules, type ActiveRule } from '../rules/engine/run-rules.ts';
import { notOwner } from '../rules/roles/not-owner.ts';
import { otherSideTicked } from '../rules/roles/other-side-ticked.ts';
import { verdictRewritten } from '../rules/roles/verdict-rewritten.ts';

/** Always errors here, whatever the configuration makes of them in `check`. */
const ownership = [notOwner, otherSideTicked, verdictRewritten].map((rule): ActiveRule => ({ rule, level: 'error', options: {} }));

/**
 * What the Builder's commits did to the Adversary's words of a phase: verdicts, vetoes, findings. DONE rests on these words, so that none of them may be
 * the Builder's. A commit that was made of others has the words of both sides and is not judged.
 */
export async function judgeOffences(docket: Docket, phase: string): Promise<Diagnostic[]> {
  const kinds = new Map(docket.ledger.documents.filter((document) => document.phase === phase).map(({ path, kind }) => [path, kind]));
  if (![...kinds.values()].some((kind) => kind === 'review' || kind === 'backlog')) return [];
  const commits = docket.ledger.commits.filter(({ role, replaces = [], documents }) => role === 'builder' && replaces.length === 0 && documents.some((path) => kinds.has(path)));
  const concerns = ({ place, entry }: Finding): boolean => {
    const kind = kinds.get(place?.path ?? '');
    return kind === 'review' || (kind === 'backlog' && (entry?.startsWith('finding:') ?? false));
  };
  const told: Diagnostic[] = [];
  for await (const changes of changesOf(docket, commits)) {
    told.push(...runRules(ownership, { changes }, { clock: 0, past: false }).filter(concerns).map(atCommit));
  }
  return told;
}

function atCommit(finding: Finding): Diagnostic {
  const { commit, found, expected } = finding;
  if (commit === null) return toDiagnostic(finding);
  return { ...toDiagnostic(finding), message: `Unexpected ${found} in ${commit.slice(0, 12)}, expected ${expected}`, next: `git show ${commit.slice(0, 12)}` };
}
