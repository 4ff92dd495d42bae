// Writes the licences of what is bundled: most of them ask that their text goes with every copy.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Writes name, version and licence of every package that one of these files (relative to the top of the tree) belongs to. */
export function writeNotices(files, to) {
  const folders = new Set(files.flatMap((file) => (file.includes('node_modules/') ? [packageFolder(file)] : [])));
  const notices = [...folders].map(notice).toSorted();
  writeFileSync(to, `docket contains these packages.\n\n${notices.join('\n')}`);
}

function packageFolder(file) {
  let folder = dirname(file);
  // A folder inside a package may hold a package.json that says only what kind of modules it has.
  while (!existsSync(join(folder, 'package.json')) || JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version === undefined) folder = dirname(folder);
  return folder;
}

function notice(folder) {
  const { name, version, license, licenses = [], author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  // Old packages name theirs in a list.
  const named = license ?? licenses.map(({ type }) => type).join(' OR ');
  const file = readdirSync(folder).find((entry) => /^(?:licen[cs]e|copying)/i.test(entry));
  if (named === '' && file === undefined) throw new Error(`${name} says nothing of its licence, so it cannot be bundled`);
  const text = file === undefined ? `Copyright ${author?.name ?? author ?? `the authors of ${name}`}` : readFileSync(join(folder, file), 'utf8').trim();
  return `== ${name} ${version}, ${named}\n\n${text}\n`;
}
