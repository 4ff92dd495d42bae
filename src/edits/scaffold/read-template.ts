import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The text of a template that ships with the package, by its path below `templates/`. */
export function readTemplate(path: string): string {
  return readFileSync(join(findTemplates(), path), 'utf8');
}

/** Sources and bundles lie at different depths below the package's root, so the folder is looked for upwards. */
function findTemplates(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const templates = join(folder, 'templates');
    if (existsSync(join(folder, 'package.json')) && existsSync(templates)) return templates;
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`the package lacks its templates, looked for upwards from ${fileURLToPath(import.meta.url)}`);
    folder = parent;
  }
}
