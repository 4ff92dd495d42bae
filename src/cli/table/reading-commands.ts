import { kindNames } from '../../queries/known-kinds.ts';
import { ruleGroups } from '../../rules/rule-ids.ts';
import type { CommandSpec } from './command-spec.ts';
import { filterOptions, pageOptions } from './options.ts';

const ruleNames = [...Object.keys(ruleGroups), ...Object.values(ruleGroups).flatMap((levels) => Object.keys(levels))];

export const readingCommands = [
  {
    name: 'status',
    summary: 'where every phase stands: gates, DONE, findings, vetoes, deferred items, inboxes, alerts',
    arguments: [{ name: 'PHASE', summary: 'only this phase', required: false, variadic: false }],
    options: [],
    exitCodes: [0, 2, 70],
    examples: ['docket status', 'docket status pxgate --json', 'docket status --at HEAD~1'],
    access: 'read',
  },
  {
    name: 'list',
    summary: 'entries, or documents, that pass a filter',
    arguments: [
      { name: 'KIND', summary: 'kinds of entries, in the singular or plural, or "documents"; all entries without one', required: false, variadic: true, values: [...kindNames, 'documents'] },
    ],
    options: [...filterOptions, { name: '--text', value: 'WORDS', summary: 'with all these words in the id, title, fields or body' }, ...pageOptions],
    exitCodes: [0, 2, 70],
    examples: [
      'docket list findings --state open',
      'docket list journal --phase pxgate --since 2026-06-13',
      'docket list claim verdict --gate pxgate/M1 --json',
      'docket list --refs pvfix/A1',
      'docket list --refs-status dangling,stale --fields id,refs --json',
      'docket list --by-commit HEAD',
      'docket list documents --json --fields path,unparsed',
      'docket list --limit 20 --fields id,state,place',
    ],
    access: 'read',
  },
  {
    name: 'show',
    summary: 'one entry: its text, what it mentions and what mentions it',
    arguments: [{ name: 'ID', summary: 'an id, or any unique tail of one: finding:pvfix/A1, pvfix/A1, A1', required: true, variadic: false }],
    options: [],
    exitCodes: [0, 2, 70],
    examples: ['docket show finding:pvfix/A1', 'docket show A1 --json'],
    access: 'read',
  },
  {
    name: 'trace',
    summary: 'the links around an entry, a gate, a phase or a commit: what it mentions, what mentions it, which commits brought, changed and closed it',
    arguments: [{ name: 'ID', summary: 'an id or any unique tail of one, a phase, or a commit (its digits, or HEAD)', required: true, variadic: false }],
    options: [
      { name: '--depth', value: 'N', summary: 'how many steps around it (default: 1); phases, files and addresses are ends, decisions are followed to the last successor' },
      { name: '--format', value: 'FORMAT', summary: 'how the answer is written (default: text)', values: ['text', 'json', 'mermaid', 'dot'], closed: true },
    ],
    exitCodes: [0, 2, 70],
    examples: ['docket trace pxgate/M1', 'docket trace A1 --depth 2 --json', 'docket trace e12ac18160 --format mermaid', 'docket trace pvfix --format dot'],
    access: 'read',
  },
  {
    name: 'why',
    summary: 'which commits brought a file or a line, and which entries explain them',
    arguments: [{ name: 'PATH', summary: 'PATH, PATH:LINE or PATH:FROM-TO, as seen from here or from the root; renames and moved lines are followed', required: true, variadic: false }],
    options: [...pageOptions],
    exitCodes: [0, 2, 70],
    examples: ['docket why runner/warm_reconcile.py:117', 'docket why runner/warm_reconcile.py:117-127 --json', 'docket why runner/warm_reconcile.py --at HEAD --limit 5'],
    access: 'read',
  },
  {
    name: 'search',
    summary: 'entries by their words, best first, 20 of them; case and diacritics do not count',
    arguments: [{ name: 'WORDS', summary: 'what to look for; words in double quotes are a phrase that must be found', required: true, variadic: true }],
    options: [
      { name: '--kind', value: 'KIND', summary: 'only entries of this kind', many: true, values: kindNames },
      ...filterOptions,
      ...pageOptions,
    ],
    exitCodes: [0, 2, 70],
    examples: ['docket search dashboard probe', `docket search '"health gate"' --kind decision`, 'docket search reconcil --phase pxgate --json'],
    access: 'read',
  },
  {
    name: 'brief',
    summary: 'what an agent needs on waking, within a budget of tokens; for the Adversary without the journal of what is not judged yet',
    arguments: [],
    options: [
      { name: '--phase', value: 'P', summary: 'the phase that it is about; without it, the one that waits or was worked on last' },
      { name: '--budget', value: 'TOKENS', summary: 'at most so many tokens (default: 2000); a token is taken for 4 bytes, line by line' },
    ],
    exitCodes: [0, 2, 70],
    examples: ['docket brief --role builder', 'docket brief --role adversary --budget 800', 'docket brief --role builder --phase pxgate --json'],
    access: 'read',
  },
  {
    name: 'report',
    summary: 'the whole record as one HTML page that needs nothing else: board, timeline, links, decisions, deferred items, journals, search',
    arguments: [],
    options: [
      { name: '--out', value: 'FILE', summary: 'write it there; without it to docket/report.html in the git folder, which git neither tracks nor shows. Only a report is replaced' },
      { name: '--force', value: null, summary: 'replace a file that is no report' },
      { name: '--serve', value: null, summary: 'write no file: serve it on 127.0.0.1 until an interrupt, and load open pages again when the record changes' },
      { name: '--port', value: 'N', summary: 'with --serve: this port instead of any that is free' },
    ],
    exitCodes: [0, 2, 70],
    examples: ['docket report', 'docket report --out report.html --force', 'docket report --at HEAD~1 --json'],
    access: 'read',
  },
  {
    name: 'watch',
    summary: 'hand-offs from commits, one JSON object a line: claim, verdict, veto, inbox, done; and when history was rewritten',
    arguments: [],
    options: [
      { name: '--once', value: null, summary: 'end when all that is there has been printed; of all history, where no --since is given' },
      { name: '--since', value: 'REV', summary: 'only of commits that REV does not have: the cursor of the last line that was read; HEAD without it' },
      { name: '--interval', value: 'SECONDS', summary: 'look at HEAD that often; 2 by default' },
    ],
    exitCodes: [0, 2, 70],
    examples: ['docket watch --once', 'docket watch --once --since HEAD~3', 'docket watch --since HEAD'],
    access: 'none',
    hostForm: true,
  },
  {
    name: 'explain',
    summary: "a rule's meaning, a wrong and a right example, and how to mend it",
    arguments: [{ name: 'RULE', summary: 'a rule id, or a group of rules; all rules without one', required: false, variadic: false, values: ruleNames }],
    options: [],
    exitCodes: [0, 2, 70],
    examples: ['docket explain', 'docket explain deferred-wrong-section', 'docket explain evidence --json'],
    access: 'none',
  },
] as const satisfies readonly CommandSpec[];
