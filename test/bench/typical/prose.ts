import type { Random } from './random.ts';

const things = ['the exporter', 'the proxy', 'the nightly sweep', 'the cache', 'the importer', 'the dashboard', 'the relay', 'the lock', 'the queue', 'the report', 'the vault', 'the mirror'];
const deeds = ['waits for', 'asks', 'restarts after', 'writes over', 'knows nothing of', 'comes up before', 'outlives', 'holds on to', 'gives up on', 'is ordered after'];
const paths = ['runner/sweep.py', 'runner/probe.py', 'src/lock.ts', 'src/queue.ts', 'nix/modules/proxy.nix', 'nix/modules/mirror.nix', 'docs/warm.md', 'systemd/relay.service'];
const remarks = ['seen with my own eyes', 'twice in a row', 'on the second host only', 'as the plan says', 'which nobody expected', 'after a cold boot', 'with an empty image cache'];

export const sourcePaths = paths;

export function thing(random: Random): string {
  return random.pick(things);
}

/** One sentence as agents write them, now and then with a path, a line range, a number or a link. */
export function sentence(random: Random): string {
  const end = random.chance(40) ? `, ${random.pick(remarks)}` : '';
  const tail = random.pick([
    '',
    ` (\`${random.pick(paths)}:${random.between(1, 400)}\`)`,
    `: ${random.between(2, 900)} s instead of ${random.between(2, 90)} s`,
    `, see https://ci.example.org/runs/${random.between(1000, 9999)}`,
    ` (\`${random.pick(paths)}\` lines ${random.between(10, 90)}-${random.between(91, 180)})`,
  ]);
  const words = `${random.pick(things)} ${random.pick(deeds)} ${random.pick(things)}${end}${tail}.`;
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function paragraph(random: Random, sentences: number): string {
  return Array.from({ length: sentences }, () => sentence(random)).join(' ');
}

/** Blocks of an entry's body, about `bytes` long: paragraphs, lists with bold leads, a console block, a table. */
export function body(random: Random, bytes: number): string {
  const parts: string[] = [];
  for (let size = 0; size < bytes; ) {
    const part = random.pick([listed, listed, prose, prose, consoleBlock, table])(random);
    parts.push(part);
    size += part.length + 2;
  }
  return parts.join('\n\n');
}

function prose(random: Random): string {
  return paragraph(random, random.between(2, 6));
}

function listed(random: Random): string {
  const lead = random.pick(['Findings', 'Did', 'Left over', 'Code examination', `Measured (${random.between(2, 9)} runs)`, 'Fix approach (committed to DECISIONS.md)']);
  return [`**${lead}:**`, ...Array.from({ length: random.between(2, 6) }, () => `- ${sentence(random)}`)].join('\n');
}

function consoleBlock(random: Random): string {
  const url = `https://${random.pick(['ci', 'relay', 'mirror'])}.example.org/api/version`;
  return [
    `**Controlled reproduction (${random.between(2, 5)} runs):**`,
    '```',
    '# OLD probe, the far side scaled to 0:',
    `curl -sk -o /dev/null -w "%{http_code}" ${url}`,
    '→ 404 ← FAILS (would wait for ever)',
    '',
    '# NEW probe:',
    `curl -sk -o /dev/null -w "%{http_code}" ${url}?self`,
    '→ 200 ← PASSES',
    '```',
  ].join('\n');
}

function table(random: Random): string {
  return ['| run | seconds | answer |', '|-----|---------|--------|', ...Array.from({ length: random.between(2, 6) }, (_, row) => `| ${row + 1} | ${random.between(2, 90)} | ${random.pick(['200', '404', '503'])} |`)].join('\n');
}
