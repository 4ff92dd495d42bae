import { parseUnitFile, type Setting } from './parse-unit-file.ts';
import type { ReadTree, Unread } from './types.ts';
import { dropInFolders, isUnitName, templateOf } from './unit-names.ts';

/** What files say about units, before instances of templates are known. */
export interface UnitSources {
  /** Unit → what its own files say, in the order of their paths. A twin in another language says it twice. */
  own: Map<string, Setting[]>;
  /** Folder that holds the `*.d` folders → name of such a folder → file name → what it says. */
  dropIns: Map<string, Map<string, Map<string, Setting[]>>>;
  unread: Unread[];
}

/** Sorts files by what their paths make them: units, drop-ins (`x.service.d/*.conf`) and links of a target (`x.target.wants/y`).
 *  Other files are none of systemd's business. */
export async function collectUnits(tree: ReadTree, paths: readonly string[]): Promise<UnitSources> {
  const sources: UnitSources = { own: new Map(), dropIns: new Map(), unread: [] };
  for (const path of paths) {
    const names = path.split('/');
    const [name = '', folder = ''] = [names.at(-1), names.at(-2)];
    const above = names.slice(0, -2).join('/');
    const linkOf = /^(.+\.target)\.(wants|requires)$/.exec(folder);
    if (linkOf?.[1]) {
      if (isUnitName(name)) addOwn(sources, linkOf[1], [wanted(linkOf[2] === 'wants' ? 'Wants' : 'Requires', name, path)]);
      continue;
    }
    const isDropIn = folder.endsWith('.d') && name.endsWith('.conf');
    if (!isDropIn && !isUnitName(name)) continue;
    const text = await tree.read(path);
    if (text === null) {
      sources.unread.push({ what: path, why: 'it could not be read', place: { path, line: 1 } });
      continue;
    }
    const settings = parseUnitFile(text, path);
    if (!isDropIn) {
      addOwn(sources, name, settings);
      continue;
    }
    const folders = sources.dropIns.get(above) ?? new Map<string, Map<string, Setting[]>>();
    sources.dropIns.set(above, folders);
    folders.set(folder, (folders.get(folder) ?? new Map<string, Setting[]>()).set(name, settings));
  }
  return sources;
}

export function addOwn({ own }: UnitSources, unit: string, settings: readonly Setting[]): void {
  own.set(unit, [...(own.get(unit) ?? []), ...settings]);
}

function wanted(key: 'Wants' | 'Requires', unit: string, path: string): Setting {
  const place = { path, line: 1 };
  return { section: 'Unit', key, words: [{ text: unit, place }], place };
}

/** Units that have a file here, or a drop-in folder under their very own name. */
export function findKnownUnits({ own, dropIns }: UnitSources): string[] {
  const named = [...dropIns.values()].flatMap((folders) => [...folders.keys()].map((folder) => folder.slice(0, -'.d'.length)));
  return [...own.keys(), ...named.filter((unit) => isUnitName(unit) && !/-@?\.\w+$/.test(unit))];
}

/** All that applies to a unit: its file (or its template's), then drop-ins by file name; of two with one name, that of the more
 *  special folder hides the other. Lists of units only ever grow: an empty `After=` takes nothing back (systemd.unit(5)). */
export function settingsOf({ own, dropIns }: UnitSources, unit: string): Setting[] {
  const template = templateOf(unit);
  const settings = [...(own.get(unit) ?? (template === null ? undefined : own.get(template)) ?? [])];
  for (const folders of dropIns.values()) {
    const visible = new Map<string, Setting[]>();
    for (const folder of dropInFolders(unit)) {
      for (const [name, said] of folders.get(folder) ?? []) if (!visible.has(name)) visible.set(name, said);
    }
    for (const name of [...visible.keys()].sort()) settings.push(...(visible.get(name) ?? []));
  }
  return settings;
}
