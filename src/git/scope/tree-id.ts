import { createHash } from 'node:crypto';
import type { ObjectFormat } from '../open-repository.ts';
import { encodePath } from '../path-names.ts';

/** One file of a tree: its mode as git writes it (`100644`, `120000`, `160000`), and the id of its content; or a whole folder (`40000`) with that of its tree. */
export interface TreeFile {
  mode: string;
  id: string;
}

/** Files by path from the root. */
export type TreeFiles = ReadonlyMap<string, TreeFile>;

interface Folder {
  files: Map<string, TreeFile>;
  folders: Map<string, Folder>;
}

/** The id that git gives a tree of these files, made without writing an object. */
export function treeId(files: TreeFiles, format: ObjectFormat): string {
  const root: Folder = { files: new Map(), folders: new Map() };
  for (const [path, file] of files) {
    const parts = path.split('/');
    const name = parts.pop() ?? '';
    parts.reduce(openFolder, root).files.set(name, file);
  }
  return idOf(root, format);
}

function openFolder(folder: Folder, name: string): Folder {
  const known = folder.folders.get(name);
  if (known) return known;
  const made: Folder = { files: new Map(), folders: new Map() };
  folder.folders.set(name, made);
  return made;
}

function idOf(folder: Folder, format: ObjectFormat): string {
  const entries = [
    // git sorts a folder as if its name ended in a slash.
    ...[...folder.files].map(([name, { mode, id }]) => ({ name: encodePath(name), sort: encodePath(mode === '40000' ? `${name}/` : name), mode, id })),
    ...[...folder.folders].map(([name, inner]) => ({ name: encodePath(name), sort: encodePath(`${name}/`), mode: '40000', id: idOf(inner, format) })),
  ].toSorted((a, b) => Buffer.compare(a.sort, b.sort));
  const body = Buffer.concat(entries.flatMap(({ name, mode, id }) => [Buffer.from(`${mode} `), name, Buffer.from([0]), Buffer.from(id, 'hex')]));
  return createHash(format).update(`tree ${body.length}\0`).update(body).digest('hex');
}
