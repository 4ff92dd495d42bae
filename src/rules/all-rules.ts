import { baselineGrown } from './files/baseline-grown.ts';
import { conflictMarker } from './files/conflict-marker.ts';
import { fileLocation } from './files/file-location.ts';
import { frontMatter } from './files/front-matter.ts';
import { unknownDocument } from './files/unknown-document.ts';
import { unparsed } from './files/unparsed.ts';
import { ambiguousLink } from './links/ambiguous-link.ts';
import { danglingCommit } from './links/dangling-commit.ts';
import { danglingLink } from './links/dangling-link.ts';
import { duplicateId } from './links/duplicate-id.ts';
import { rewrittenCommit } from './links/rewritten-commit.ts';
import { unlandedCommit } from './links/unlanded-commit.ts';
import { commitScope } from './commits/commit-scope.ts';
import { commitTrailerHidden } from './commits/commit-trailer-hidden.ts';
import { reviewWithoutVerdict } from './commits/review-without-verdict.ts';
import { retiredDecisionCited } from './decisions/retired-decision-cited.ts';
import { supersedeCycle } from './decisions/supersede-cycle.ts';
import { supersedeOneSided } from './decisions/supersede-one-sided.ts';
import { supersedeTwice } from './decisions/supersede-twice.ts';
import { supersedeUnknown } from './decisions/supersede-unknown.ts';
import { deferredClosedWithoutPointer } from './deferred/deferred-closed-without-pointer.ts';
import { deferredDuplicate } from './deferred/deferred-duplicate.ts';
import { deferredElsewhere } from './deferred/deferred-elsewhere.ts';
import { deferredNotClosed } from './deferred/deferred-not-closed.ts';
import { deferredReopened } from './deferred/deferred-reopened.ts';
import { deferredTriggered } from './deferred/deferred-triggered.ts';
import { deferredWrongSection } from './deferred/deferred-wrong-section.ts';
import { misattributedClose } from './deferred/misattributed-close.ts';
import { backlogStale } from './gates/backlog-stale.ts';
import { claimCiFailing } from './gates/claim-ci-failing.ts';
import { claimDirtyTree } from './gates/claim-dirty-tree.ts';
import { claimIncomplete } from './gates/claim-incomplete.ts';
import { claimWithoutCommit } from './gates/claim-without-commit.ts';
import { claimWithoutEvidence } from './gates/claim-without-evidence.ts';
import { doneMissing } from './gates/done-missing.ts';
import { doneNotAllowed } from './gates/done-not-allowed.ts';
import { donePlaceholder } from './gates/done-placeholder.ts';
import { expectedWithoutCommand } from './gates/expected-without-command.ts';
import { findingOpenAtDone } from './gates/finding-open-at-done.ts';
import { gateDisagreement } from './gates/gate-disagreement.ts';
import { verdictStale } from './gates/verdict-stale.ts';
import { verdictWithoutClaim } from './gates/verdict-without-claim.ts';
import { vetoStanding } from './gates/veto-standing.ts';
import { inboxOverwritten } from './inbox/inbox-overwritten.ts';
import { inboxUnreadAtClaim } from './inbox/inbox-unread-at-claim.ts';
import { inboxVerdict } from './inbox/inbox-verdict.ts';
import { alertClearedWithoutRecord } from './infra/alert-cleared-without-record.ts';
import { alertUnexplained } from './infra/alert-unexplained.ts';
import { appendOnly } from './roles/append-only.ts';
import { notOwner } from './roles/not-owner.ts';
import { otherSideTicked } from './roles/other-side-ticked.ts';
import { verdictRewritten } from './roles/verdict-rewritten.ts';
import { secret } from './safety/secret.ts';
import { terminalEscape } from './safety/terminal-escape.ts';
import { gateCycle } from './infra/gate-cycle.ts';
import { identityBlind } from './infra/identity-blind.ts';
import { toothlessGate } from './infra/toothless-gate.ts';
import { lintRules } from './evidence/lint-rules.ts';
import type { Rule } from './engine/rule.ts';
import { futureTime } from './time/future-time.ts';
import { timeWithoutZone } from './time/time-without-zone.ts';

/** Every rule that `check` asks, by group. */
export const allRules: readonly Rule[] = [
  conflictMarker, fileLocation, unknownDocument, unparsed, frontMatter, baselineGrown,
  duplicateId, danglingCommit, danglingLink, ambiguousLink, rewrittenCommit, unlandedCommit,
  deferredWrongSection, deferredClosedWithoutPointer, deferredDuplicate, deferredTriggered,
  deferredNotClosed, deferredReopened, misattributedClose, deferredElsewhere,
  supersedeCycle, supersedeTwice, supersedeOneSided, supersedeUnknown, retiredDecisionCited,
  claimWithoutCommit, claimIncomplete, claimWithoutEvidence, claimDirtyTree, claimCiFailing, expectedWithoutCommand, verdictStale, verdictWithoutClaim, gateDisagreement, doneNotAllowed, donePlaceholder, doneMissing,
  vetoStanding, findingOpenAtDone, backlogStale,
  ...lintRules,
  notOwner, appendOnly, verdictRewritten, otherSideTicked,
  inboxVerdict, inboxOverwritten, inboxUnreadAtClaim,
  futureTime, timeWithoutZone,
  commitScope, commitTrailerHidden, reviewWithoutVerdict,
  gateCycle, toothlessGate, identityBlind, alertUnexplained, alertClearedWithoutRecord,
  secret, terminalEscape,
];
