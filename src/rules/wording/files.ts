import type { RuleOf } from '../rule-ids.ts';
import type { Wording } from './wording.ts';

export const filesWording: Record<RuleOf<'files'>, Wording> = {
  'conflict-marker': {
    title: 'A merge conflict is left in a document',
    why: 'Two clones append to the same files every day. A committed marker hides the entries between the marks from every reader.',
    wrong: `==> machine-docs/DEFERRED.md <==
<<<<<<< HEAD
### 2026-06-12 — alert files pile up
=======
### 2026-06-12 — version stamp is written too early
>>>>>>> origin/main`,
    right: `==> machine-docs/DEFERRED.md <==
### 2026-06-12 — alert files pile up

### 2026-06-12 — version stamp is written too early`,
    nextStep: 'Keep the entries of both sides in order of time and delete the three marker lines.',
  },
  'file-location': {
    title: 'A document stands outside machine-docs/',
    why: 'The other role, the hooks and the owners of files look in machine-docs/; a document elsewhere is read, but easily missed.',
    wrong: `==> JOURNAL-pxgate.md <==
## 2026-06-13 — Phase start`,
    right: `==> machine-docs/JOURNAL-pxgate.md <==
## 2026-06-13 — Phase start`,
    nextStep: 'Move the file with git mv into machine-docs/.',
  },
  'unknown-document': {
    title: 'A markdown file in machine-docs/ is of no known kind',
    why: 'The file name decides kind and phase; a file with another name belongs to no phase, and none of its entries are read.',
    wrong: `==> machine-docs/NOTES.md <==
## 2026-06-13 — Phase start`,
    right: `==> machine-docs/JOURNAL-pxgate.md <==
## 2026-06-13 — Phase start`,
    nextStep: 'Rename the file to the kind that it is, or name it under documents: in machine-docs/docket.yaml.',
  },
  unparsed: {
    title: 'Lines that docket did not understand',
    why: 'What is not understood is in no list and no gate. Nothing is lost, but nobody will find it by asking.',
    wrong: `==> machine-docs/DEFERRED.md <==
## Open deferrals

- The sweep, some day.`,
    right: `==> machine-docs/DEFERRED.md <==
## Open deferrals

### 2026-06-12 — nightly sweep gives up on the first network error
- [ ] **What:** retry three times`,
    nextStep: 'Write the lines as an entry of this document, or leave them as they are if they need not be found.',
  },
  'front-matter': {
    title: 'Front matter cannot be read',
    why: 'Front matter may name the phase and its gates. When it is broken, docket goes by the file name alone and may count gates that are not.',
    wrong: `==> machine-docs/STATUS-pxgate.md <==
---
gates: [M1, M2
---`,
    right: `==> machine-docs/STATUS-pxgate.md <==
---
gates: [M1, M2]
---`,
    nextStep: 'Mend the YAML between the --- lines; only phase, owner, gates and status are read, and only from plain YAML.',
  },
  'baseline-grown': {
    title: 'The baseline of known findings grew',
    why: 'The baseline is for the faults that an old repository came with. If new ones could be added to it, no rule would hold.',
    wrong: `==> machine-docs/docket-baseline.json <==
 {
   "schemaVersion": 1,
   "known": [
+    {"fingerprint":"2f1c","rule":"unparsed","path":"machine-docs/DEFERRED.md","entry":null,"found":"a bullet without a box"},
     {"fingerprint":"9b7e","rule":"unparsed","path":"machine-docs/BACKLOG-1.md","entry":null,"found":"a bullet without a box"}
   ]
 }`,
    right: `==> machine-docs/docket-baseline.json <==
 {
   "schemaVersion": 1,
-  "known": [{"fingerprint":"9b7e","rule":"unparsed","path":"machine-docs/BACKLOG-1.md","entry":null,"found":"a bullet without a box"}]
+  "known": []
 }`,
    nextStep: 'Take the new lines out and mend what they stand for, or have a person waive it with docket waive.',
  },
};
