import type { Entry } from '../../contract/schema/entry.ts';
import type { Touch } from './open-touch.ts';
import type { Declaration, Landing, Route, SyncPlan } from './types.ts';

const strength: Record<Route, number> = { ancestor: 0, 'patch-id': 1, squash: 2 };

interface Judged {
  declaration: Declaration;
  landing: Landing;
  refused: string | null;
  /** A person reopened the item after this commit had closed it: it does not do so again. */
  takenBack: boolean;
  /** The edge of a shallow clone: the commit seems to bring every file, so nobody can see what it changed. */
  isEdge: boolean;
}

function whyPending({ landing, takenBack, isEdge }: Judged): string {
  if (isEdge) return 'declared by a commit at the edge of this shallow clone, where what it changed cannot be seen';
  if (takenBack) return 'landed, but the item it closed was reopened by hand since';
  if (landing.revertedBy) return `landed, but undone by ${landing.revertedBy.commit.slice(0, 12)} ("${landing.revertedBy.subject}")`;
  if (landing.landed) return 'declared in words only';
  const [branch, ...others] = landing.branches;
  if (!branch) return 'declared by a commit that is on no branch';
  return `declared on ${[branch, ...others].slice(0, 3).join(', ')}, which ${others.length > 0 ? 'are' : 'is'} not merged`;
}

function closes(judged: Judged, acceptWords: boolean): boolean {
  return judged.refused === null && !judged.takenBack && !judged.isEdge && judged.landing.landed !== null && judged.landing.revertedBy === null && (acceptWords || judged.declaration.by !== 'words');
}

function byStrength(a: Judged, b: Judged): number {
  const rank = (judged: Judged): number => strength[judged.landing.landed?.route ?? 'squash'] * 10 + (judged.declaration.by === 'words' ? 1 : 0);
  return rank(a) - rank(b) || a.declaration.commit.commitTime.localeCompare(b.declaration.commit.commitTime) || a.declaration.commit.commit.localeCompare(b.declaration.commit.commit);
}

function planOpen(plan: SyncPlan, item: Entry, judged: Judged[], acceptWords: boolean): void {
  const best = judged.filter((one) => closes(one, acceptWords)).toSorted(byStrength)[0];
  for (const one of judged) {
    const { commit } = one.declaration.commit;
    if (one.refused !== null) plan.refused.push({ entry: item.id, commit, why: one.refused });
    else if (!best) plan.pending.push({ entry: item.id, commit, why: whyPending(one) });
  }
  if (!best?.landing.landed) return;
  const { commit, subject, commitTime } = best.declaration.commit;
  plan.closed.push({ entry: item.id, commit, as: best.landing.landed.as, route: best.landing.landed.route, subject, at: commitTime, by: best.declaration.by });
}

function isTakenBack(item: Entry, { commit }: Declaration, { landed }: Landing): boolean {
  const closed = item.closedBy?.commit;
  if (!closed || item.state !== 'reopened' || !/\bby hand\b/u.test(item.fields['Reopened'] ?? '')) return false;
  return commit.commit.startsWith(closed) || landed?.as.startsWith(closed) === true;
}

/** A closed item opens again when the commit that its closing names was undone, and no other declaration stands. */
function planClosed(plan: SyncPlan, item: Entry, judged: Judged[], closing: { commit: string; landing: Landing } | null): void {
  const undone = closing?.landing.revertedBy;
  if (!closing || !undone || judged.some((one) => closes(one, true))) return;
  plan.reopened.push({ entry: item.id, commit: undone.commit, route: 'ancestor', subject: undone.subject, at: undone.commitTime, closedBy: closing.commit });
}

export interface SyncInput {
  items: readonly Entry[];
  declarations: readonly Declaration[];
  /** Landing of every declaring and closing commit, by full sha. */
  landings: ReadonlyMap<string, Landing>;
  /** The commit that a closed item's closing names, resolved. */
  closings: ReadonlyMap<string, string>;
  unknown: SyncPlan['unknown'];
  touch: Touch;
  acceptWords: boolean;
  /** Commits at the edge of a shallow clone. */
  edge: ReadonlySet<string>;
}

/**
 * Decides what sync does: an open item closes by its strongest landed declaration that touches what the item names (ancestor before patch-id
 * before squash); what is declared but not landed, or in words alone, is pending; what does not touch is refused; a landed revert reopens.
 */
export function planSync(input: SyncInput): SyncPlan {
  const plan: SyncPlan = { closed: [], reopened: [], refused: [], pending: [], unknown: [...input.unknown] };
  const nowhere: Landing = { landed: null, revertedBy: null, branches: [] };
  for (const item of input.items) {
    const judged = input.declarations
      .filter((declaration) => declaration.entry === item.id)
      .map((declaration): Judged => {
        const landing = input.landings.get(declaration.commit.commit) ?? nowhere;
        const isEdge = input.edge.has(declaration.commit.commit);
        return { declaration, landing, isEdge, refused: isEdge ? null : input.touch(item, declaration.commit), takenBack: isTakenBack(item, declaration, landing) };
      });
    if (item.state === 'closed') {
      const commit = input.closings.get(item.id);
      planClosed(plan, item, judged, commit ? { commit, landing: input.landings.get(commit) ?? nowhere } : null);
    } else {
      planOpen(plan, item, judged, input.acceptWords);
    }
  }
  return plan;
}
