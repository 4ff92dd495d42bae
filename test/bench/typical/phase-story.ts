import { day, minute } from './clock.ts';
import type { Side } from './fast-import.ts';
import { body, paragraph, sentence, sourcePaths, thing } from './prose.ts';
import type { Random } from './random.ts';

/** One commit of the story before it has a time: what it does to the files is decided when its turn comes. */
export interface Step {
  by: Side;
  /** Writes into `files` and gives the commit message. */
  write(files: Files, at: number): string;
  /** Told the sha of its commit, where a later step cites it. */
  committedAs?(sha: string): void;
}

/** The files of the repository as they are now. */
export interface Files {
  read(path: string): string;
  put(path: string, content: string): void;
  remove(path: string): void;
}

export interface PhasePlan {
  id: string;
  /** Whether the operator's plan stands in this repository too. */
  planned: boolean;
  gates: string[];
  /** Bytes of prose for each commit that writes a document. */
  bytes: number;
  /** An earlier phase, for links across phases. */
  before: string | null;
}

const docs = 'machine-docs';

/** The life of one phase: opened, built gate by gate, judged, sent back, parked, decided, done. */
export function phaseSteps(plan: PhasePlan, random: Random): Step[] {
  const steps: Step[] = [openPhase(plan, random), openReview(plan)];
  plan.gates.forEach((gate, index) => steps.push(...gateSteps(plan, gate, index + 1, random)));
  steps.push(markDone(plan));
  return steps;
}

function openPhase({ id, planned, gates, bytes }: PhasePlan, random: Random): Step {
  return {
    by: 'builder',
    write(files, at) {
      files.put(`${docs}/STATUS-${id}.md`, statusText(id, gates, 0, '', `_Not yet_: ${gates.join(', ')}`));
      files.put(`${docs}/JOURNAL-${id}.md`, `# JOURNAL — phase ${id} (Builder, append-only)\n\n## ${day(at)} — Phase start\n\n${body(random, bytes)}\n\n**Next:** ${thing(random)}.\n`);
      files.put(`${docs}/BACKLOG-${id}.md`, `# BACKLOG — phase ${id}\n\n## Build backlog\n\n- [ ] Look at ${thing(random)}\n- [~] Go through ${thing(random)}\n\n## Adversary findings\n`);
      if (planned) files.put(`${docs}/plan-phase-${id}-${thing(random).slice(4).replaceAll(' ', '-')}.md`, `# Plan of phase ${id}\n\nGates: ${gates.join(', ')}\n\n${paragraph(random, 8)}\n`);
      return `status+journal(${id}): phase start\n\nPhase: ${id}`;
    },
  };
}

function openReview({ id }: PhasePlan): Step {
  return {
    by: 'adversary',
    write(files, at) {
      files.put(`${docs}/REVIEW-${id}.md`, `# REVIEW — phase ${id} (Adversary, append-only)\n\nA heading \`## VETO <reason>\` forbids DONE.\n\n## Adversary orientation (cold start — ${minute(at)})\n\nRead: plan, units, the code. Not run: anything.\n`);
      return `review(${id}): ledger opened, no verdict yet\n\nPhase: ${id}`;
    },
  };
}

function gateSteps(plan: PhasePlan, gate: string, number: number, random: Random): Step[] {
  const { id, bytes } = plan;
  let claimSha = '';
  const journal = (title: string): Step => ({
    by: 'builder',
    write(files, at) {
      append(files, `${docs}/JOURNAL-${id}.md`, `## ${minute(at)} — ${gate}: ${title}\n\n${body(random, bytes)}\n\n**Next:** ${sentence(random)}\n`);
      change(files, random.pick(sourcePaths), random);
      return `${random.pick(['feat', 'fix', 'journal'])}(${id}): ${title}\n\n${paragraph(random, 2)}\n\nPhase: ${id}`;
    },
  });
  const claim = (again: boolean): Step => ({
    by: 'builder',
    write(files, at) {
      const heading = again ? `## Gate: ${gate} — RE-CLAIMED @${minute(at)}, awaiting Adversary` : `## Gate: ${gate} — CLAIMED, awaiting Adversary`;
      const text = `${heading}\n\n### WHAT is claimed\n\n${paragraph(random, 2)}\n\n### HOW to verify (cold-clone commands)\n\n\`make ${gate.toLowerCase()}\`\n\n### EXPECTED\n\n\`ok ${random.between(3, 40)}\`\n\n### WHERE\n\n\`${random.pick(sourcePaths)}\`\n\n`;
      files.put(`${docs}/STATUS-${id}.md`, statusText(id, plan.gates, number - 1, text, '_Not yet_'));
      return `claim(${id}-${gate}): ${again ? 'once more, ' : ''}${sentence(random)}\n\nPhase: ${id}`;
    },
    committedAs(sha) {
      claimSha = sha;
    },
  });
  const verdict = (result: 'PASS' | 'FAIL'): Step => ({
    by: 'adversary',
    write(files, at) {
      append(files, `${docs}/REVIEW-${id}.md`, `## ${gate} — ${thing(random)}: **${result}** @ ${minute(at)} — claim \`${claimSha.slice(0, 10)}\`\n\n${body(random, bytes / 2)}\n`);
      if (result === 'FAIL') append(files, `${docs}/BACKLOG-${id}.md`, `### A${number} [adversary] ${sentence(random)}\n\n**Filed:** ${minute(at)}\n**Severity:** high\n**Status:** OPEN\n**Description:** ${paragraph(random, 3)}\n`);
      return `review(${id}-${gate}): ${gate} ${result}${result === 'FAIL' ? ` + [adversary] A${number}` : ' - cold'}\n\nPhase: ${id}`;
    },
  });
  const sendBack = random.chance(40);
  return [
    journal(`look at ${thing(random)}`),
    journal(`first attempt, ${thing(random)}`),
    decide(plan, random),
    claim(false),
    ...(sendBack ? [verdict('FAIL'), journal(`mended what A${number} says`), closeFinding(plan, `A${number}`), claim(true)] : []),
    ...(random.chance(50) ? sendAndConsume(plan, random) : []),
    verdict('PASS'),
    ...(random.chance(60) ? parkAndClose(plan, random) : []),
    verified(plan, gate, number),
  ];
}

function decide({ id, before, bytes }: PhasePlan, random: Random): Step {
  return {
    by: 'builder',
    write(files, at) {
      const supersedes = before && random.chance(15) ? ` (supersedes the ${before} stop-gap)` : '';
      const title = random.chance(20) ? `stop-gap for ${thing(random)}` : `${thing(random)} first`;
      append(files, `${docs}/DECISIONS.md`, `## ${day(at)} — ${id}: ${title}${supersedes}\n\n${body(random, Math.min(bytes / 8, 1500))}\n`);
      return `decisions(${id}): ${title}\n\nPhase: ${id}`;
    },
  };
}

function sendAndConsume({ id }: PhasePlan, random: Random): Step[] {
  const [name, by, to]: [string, Side, Side] = random.chance(70) ? ['BUILDER', 'adversary', 'builder'] : ['ADVERSARY', 'builder', 'adversary'];
  const path = `${docs}/${name}-INBOX.md`;
  const subject = `a word on ${thing(random)}`;
  return [
    {
      by,
      write(files, at) {
        files.put(path, `@${minute(at)} — ${by === 'builder' ? 'Builder' : 'Adversary'}: ${subject} (phase ${id})\n\n${paragraph(random, 4)}\n`);
        return `inbox(${id}): ${subject}\n\nPhase: ${id}\nRole: ${by}`;
      },
    },
    {
      by: to,
      write(files) {
        files.remove(path);
        return `inbox(${id}): read and consumed\n\nPhase: ${id}\nRole: ${to}`;
      },
    },
  ];
}

function closeFinding({ id }: PhasePlan, finding: string): Step {
  return {
    by: 'adversary',
    write(files, at) {
      const path = `${docs}/BACKLOG-${id}.md`;
      const [head, tail] = splitAt(files.read(path), `### ${finding} [adversary]`);
      files.put(path, head + tail.replace('**Status:** OPEN', `**Status:** CLOSED @${day(at)}, seen cold`));
      return `review(${id}): ${finding} closed, no verdict\n\nPhase: ${id}`;
    },
  };
}

/** An item is filed, and some of them are closed by the commit of their fix. */
function parkAndClose({ id }: PhasePlan, random: Random): Step[] {
  const path = `${docs}/DEFERRED.md`;
  const source = random.pick(sourcePaths);
  const what = `${thing(random)} and ${thing(random)} ${random.between(10, 999)}`;
  let heading = '';
  const file: Step = {
    by: 'builder',
    write(files, at) {
      heading = `### ${day(at)} — ${id}: ${what}`;
      const item = `${heading}\n- [ ] **What:** \`${source}\`, ${paragraph(random, 2)}\n- **Filed by:** Builder, phase ${id}\n- **Reason for deferral:** ${sentence(random)}\n- **Re-entry trigger:** before any later gate claim\n- **Linked IDEA / BACKLOG:** —\n\n`;
      const [head, tail] = splitAt(files.read(path), '## Closed deferrals');
      files.put(path, head + item + tail);
      return `deferred(${id}): park ${what}\n\nPhase: ${id}`;
    },
  };
  const fix: Step = {
    by: 'builder',
    write(files, at) {
      const [head, tail] = splitAt(files.read(path), heading);
      const end = tail.indexOf('\n\n');
      files.put(path, `${head}${tail.slice(0, end).replace('- [ ]', '- [x]')}\n- **Closed:** ${day(at)} with this commit${tail.slice(end)}`);
      change(files, source, random);
      const date = /\d{4}-\d\d-\d\d/.exec(heading)?.[0] ?? '';
      const slug = `${id}: ${what}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
      return `fix(${id}): ${what}\n\nCloses-Deferred: ${date}-${slug}\nPhase: ${id}`;
    },
  };
  return random.chance(60) ? [file, fix] : [file];
}

function verified(plan: PhasePlan, gate: string, number: number): Step {
  return {
    by: 'builder',
    write(files) {
      files.put(`${docs}/STATUS-${plan.id}.md`, statusText(plan.id, plan.gates, number, '', '_Not yet_'));
      return `status(${plan.id}): ${gate} verified\n\nPhase: ${plan.id}`;
    },
  };
}

function markDone({ id, gates }: PhasePlan): Step {
  return {
    by: 'builder',
    write(files, at) {
      files.put(`${docs}/STATUS-${id}.md`, statusText(id, gates, gates.length, '', `Phase ${id} complete @${day(at)}: ${gates.join(', ')} PASS.`));
      return `done(${id}): every gate has its PASS\n\nPhase: ${id}`;
    },
  };
}

function statusText(id: string, gates: string[], passed: number, claim: string, done: string): string {
  const told = gates.slice(0, passed).map((gate) => `Gate: ${gate} PASS (REVIEW-${id}.md).\n\n`);
  const next = gates[passed] && claim === '' ? `## Gate: ${gates[passed]} — IN FLIGHT\n\nNothing is claimed.\n\n` : claim;
  return `---\nphase: ${id}\nowner: builder\ngates: [${gates.join(', ')}]\n---\n# STATUS — phase ${id} (Builder)\n\n${told.join('')}${next}## DONE\n\n${done}\n`;
}

function append(files: Files, path: string, text: string): void {
  files.put(path, `${files.read(path)}\n${text}`);
}

function change(files: Files, path: string, random: Random): void {
  const lines = files.read(path).split('\n').slice(-60);
  files.put(path, [...lines, `# ${sentence(random)}`].join('\n'));
}

function splitAt(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  if (at < 0) throw new Error(`the generator lost ${mark}`);
  return [text.slice(0, at), text.slice(at)];
}
