import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sentence } from './typical/prose.ts';
import { seeded } from './typical/random.ts';

const perJournal = 500;

/** Builds a repository in `dir` whose record has so many journal entries, all in one commit; gives one of its journals. */
export function makeEntries(dir: string, entries: number): string {
  const random = seeded(7);
  const folder = join(dir, 'machine-docs');
  mkdirSync(folder, { recursive: true });
  let journal = '';
  for (let from = 0; from < entries; from += perJournal) {
    journal = join(folder, `JOURNAL-p${from / perJournal + 1}.md`);
    const texts = Array.from({ length: Math.min(perJournal, entries - from) }, (_, at) => {
      const day = `2026-${String((at % 12) + 1).padStart(2, '0')}-${String((at % 28) + 1).padStart(2, '0')}`;
      return `## ${day} — ${sentence(random)} ${from + at}\n\n${sentence(random)}. ${sentence(random)}.\n`;
    });
    writeFileSync(journal, `# JOURNAL\n\n${texts.join('\n')}`);
  }
  const git = (...args: string[]): void => void spawnSync('git', ['-C', dir, '-c', 'user.name=Bench', '-c', 'user.email=bench@example.org', ...args], { stdio: 'ignore' });
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('commit', '-q', '-m', 'journal: all of it');
  return journal;
}
