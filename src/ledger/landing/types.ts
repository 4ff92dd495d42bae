/** A commit as far as landing needs it. */
export interface LandingCommit {
  commit: string;
  parents: string[];
  subject: string;
  message: string;
  /** Commit time, UTC. */
  commitTime: string;
  author: { name: string; email: string };
  authorTime: string;
  files: { path: string; from: string | null }[];
}

export type Route = 'ancestor' | 'patch-id' | 'squash';

/** How a commit says that it closes an item, strongest first. */
export type DeclaredBy = 'trailer' | 'hidden trailer' | 'words';

export interface Declaration {
  entry: string;
  commit: LandingCommit;
  by: DeclaredBy;
}

/** Where a declaring commit stands: landed by a route (as itself or as a twin), undone again, or not landed. */
export interface Landing {
  landed: { route: Route; as: string } | null;
  /** The landed revert that undid it, when nothing landed it again. */
  revertedBy: LandingCommit | null;
  /** Branches that hold it, for the reason of a pending one. */
  branches: string[];
}

export interface SyncPlan {
  closed: { entry: string; commit: string; as: string; route: Route; subject: string; at: string; by: DeclaredBy }[];
  reopened: { entry: string; commit: string; route: Route; subject: string; at: string; closedBy: string }[];
  refused: { entry: string; commit: string; why: string }[];
  pending: { entry: string; commit: string; why: string }[];
  /** Declarations whose words name no deferred item, or several. */
  unknown: { commit: string; value: string; why: string }[];
}
