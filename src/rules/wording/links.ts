import type { RuleOf } from '../rule-ids.ts';
import type { Wording } from './wording.ts';

export const linksWording: Record<RuleOf<'links'>, Wording> = {
  'duplicate-id': {
    title: 'Two entries have the same id',
    why: 'A link to the id means either of them; closing or judging one may hit the other.',
    wrong: `==> machine-docs/BACKLOG-pvfix.md <==
## Adversary findings
### A1 [adversary] deploy-proxy waits for the dashboard
### A1 [adversary] version stamp is written too early`,
    right: `==> machine-docs/BACKLOG-pvfix.md <==
## Adversary findings
### A1 [adversary] deploy-proxy waits for the dashboard
### A2 [adversary] version stamp is written too early`,
    nextStep: 'Give the later entry an id of its own, or a {#name} at the end of its heading.',
  },
  'dangling-commit': {
    title: 'A cited commit does not exist',
    why: 'A sha that nobody can look up proves nothing. Usually it was mistyped, invented, or rebased away without a twin.',
    wrong: `==> machine-docs/JOURNAL-pvfix.md <==
## 2026-06-12 — Start limit raised
**Fix applied:** in commit 4c1d9e7.

$ git cat-file -t 4c1d9e7
fatal: Not a valid object name 4c1d9e7`,
    right: `==> machine-docs/JOURNAL-pvfix.md <==
## 2026-06-12 — Start limit raised
**Fix applied:** in commit 452a15b.

$ git cat-file -t 452a15b
commit`,
    nextStep: 'Cite the commit that holds the change, in a new entry where the document is append-only.',
  },
  'dangling-link': {
    title: 'A mention leads nowhere',
    why: 'The finding, gate, decision, document or file that the entry leans on is not there, so the reader cannot check what is said.',
    wrong: `==> machine-docs/JOURNAL-pxgate.md <==
## 2026-06-13 — Phase start
A9 finding from BACKLOG-pvfix.md: confirmed.

==> machine-docs/BACKLOG-pvfix.md <==
## Adversary findings
### A1 [adversary] deploy-proxy waits for the dashboard`,
    right: `==> machine-docs/JOURNAL-pxgate.md <==
## 2026-06-13 — Phase start
A1 finding from BACKLOG-pvfix.md: confirmed.

==> machine-docs/BACKLOG-pvfix.md <==
## Adversary findings
### A1 [adversary] deploy-proxy waits for the dashboard`,
    nextStep: 'Name what is meant by its id; docket search finds it by its words.',
  },
  'ambiguous-link': {
    title: 'A mention fits several entries',
    why: 'Ids such as A1 and M1 are unique only within a phase; a reader of another phase takes the wrong one.',
    wrong: `==> machine-docs/DECISIONS.md <==
## Health probe moved to the proxy's own API
It answers finding A1.

==> machine-docs/BACKLOG-pvfix.md <==
## Adversary findings
### A1 [adversary] deploy-proxy waits for the dashboard

==> machine-docs/BACKLOG-lvl5.md <==
## Adversary findings
### A1 [adversary] the level of a phase is not checked`,
    right: `==> machine-docs/DECISIONS.md <==
## Health probe moved to the proxy's own API
It answers finding:pvfix/A1.

==> machine-docs/BACKLOG-pvfix.md <==
## Adversary findings
### A1 [adversary] deploy-proxy waits for the dashboard

==> machine-docs/BACKLOG-lvl5.md <==
## Adversary findings
### A1 [adversary] the level of a phase is not checked`,
    nextStep: 'Put the phase before the id, as in pvfix/A1.',
  },
  'rewritten-commit': {
    title: 'A cited commit was rewritten',
    why: 'After a rebase or an amend the old sha exists in one clone only; for everybody else the citation dangles.',
    wrong: `==> machine-docs/JOURNAL-pvfix.md <==
## 2026-06-12 — Start limit raised
Fixed in 65f8ba79d4ad.

$ git branch --all --contains 65f8ba79d4ad
$ docket list journal --phase pvfix --fields id,refs
… 65f8ba79d4ad rewritten: 452a15b6bae3 by patch-id`,
    right: `==> machine-docs/JOURNAL-pvfix.md <==
## 2026-06-12 — Start limit raised
Fixed in 452a15b6bae3.

$ docket list journal --phase pvfix --fields id,refs
… 65f8ba79d4ad rewritten: 452a15b6bae3 by patch-id`,
    nextStep: 'Cite the commit that replaced it; the finding names it and how it was found.',
  },
  'unlanded-commit': {
    title: 'A cited commit has not landed',
    why: 'The commit exists on some branch only. Whoever reads the record on the default branch does not have the change.',
    wrong: `==> machine-docs/ADVERSARY-INBOX.md <==
@2026-06-12T12:01Z — Builder: the stamp is mended in 5072db8180.

$ git branch --contains 5072db8180
  fix/dstamp`,
    right: `==> machine-docs/ADVERSARY-INBOX.md <==
@2026-06-12T12:01Z — Builder: the stamp is mended in 5072db8180.

$ git branch --contains 5072db8180
  fix/dstamp
  main`,
    nextStep: 'Land the commit, or say in the entry that it stands on a branch.',
  },
};
