import type { RuleOf } from '../rule-ids.ts';
import type { Wording } from './wording.ts';

export const decisionsWording: Record<RuleOf<'decisions'>, Wording> = {
  'supersede-cycle': {
    title: 'Decisions replace each other in a circle',
    why: 'None of them is in force, or all are; whoever asks what holds gets no answer.',
    wrong: `==> machine-docs/DECISIONS.md <==
## Probe asks the dashboard (supersedes "Probe asks the API")
## Probe asks the API (supersedes "Probe asks the dashboard")`,
    right: `==> machine-docs/DECISIONS.md <==
## Probe asks the dashboard
## Probe asks the API (supersedes "Probe asks the dashboard")`,
    nextStep: 'Add a new decision that says which of them holds and supersedes the others.',
  },
  'supersede-twice': {
    title: 'Two decisions replace the same one',
    why: 'Each of the two says that it holds instead; whoever follows the old one to what is in force arrives at two answers.',
    wrong: `==> machine-docs/DECISIONS.md <==
## Manual workaround
## Probe asks the API (supersedes "Manual workaround")
## Probe asks the dashboard (supersedes "Manual workaround")`,
    right: `==> machine-docs/DECISIONS.md <==
## Manual workaround
## Probe asks the API (supersedes "Manual workaround")
## Probe asks the dashboard (supersedes "Probe asks the API")`,
    nextStep: 'Say in a new decision which of the successors holds; it supersedes the other.',
  },
  'supersede-one-sided': {
    title: 'A decision names a successor that does not know it',
    why: 'The old entry says that it was replaced, the new one does not; one of them is wrong about what is in force.',
    wrong: `==> machine-docs/DECISIONS.md <==
## Manual workaround — superseded by "Probe asks the API"
## Probe asks the API`,
    right: `==> machine-docs/DECISIONS.md <==
## Manual workaround
## Probe asks the API (supersedes "Manual workaround")`,
    nextStep: 'Say in a new decision what supersedes what; the word of the successor is enough.',
  },
  'supersede-unknown': {
    title: 'A decision supersedes one that is not there',
    why: 'The decision that it means to retire stays in force, as nobody can tell which one it was.',
    wrong: `==> machine-docs/DECISIONS.md <==
## Probe asks the API (supersedes the ping workaround)`,
    right: `==> machine-docs/DECISIONS.md <==
## Manual workaround for the ping
## Probe asks the API (supersedes "Manual workaround for the ping")`,
    nextStep: 'Name the retired decision by its title or its id.',
  },
  'retired-decision-cited': {
    title: 'A decision that is no longer in force is cited',
    why: 'The reader follows a rule that was replaced. A comment in code that cites it will be believed longest.',
    wrong: `==> machine-docs/STATUS-pvfix.md <==
Restart by hand, as decided in "Manual workaround".

==> machine-docs/DECISIONS.md <==
## Manual workaround
## Probe asks the API (supersedes "Manual workaround")`,
    right: `==> machine-docs/STATUS-pvfix.md <==
No restart is needed, as decided in "Probe asks the API".

==> machine-docs/DECISIONS.md <==
## Manual workaround
## Probe asks the API (supersedes "Manual workaround")`,
    nextStep: 'Cite the decision that replaced it.',
  },
};
