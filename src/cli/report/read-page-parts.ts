import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PageParts } from '../../reports/html/page.ts';

/** The script and the styles that the build made for the page. */
export function readPageParts(): PageParts {
  const folder = findParts();
  return { script: readFileSync(join(folder, 'page.js'), 'utf8').trimEnd(), style: readFileSync(join(folder, 'style.css'), 'utf8').trimEnd() };
}

/** Sources and bundles lie at different depths below the package's root, so the folder is looked for upwards. */
function findParts(): string {
  const start = dirname(fileURLToPath(import.meta.url));
  for (let folder = start; ; folder = dirname(folder)) {
    const parts = join(folder, 'dist', 'report');
    if (existsSync(join(folder, 'package.json')) && existsSync(parts)) return parts;
    if (dirname(folder) === folder) throw new Error(`the package lacks the parts of the report, looked for upwards from ${start}`);
  }
}
