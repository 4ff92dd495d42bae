import type { PageEntry, PageStep } from './report.ts';

/** The steps of the reproductions that lie in an entry, itself included, in the order of its lines. */
export type StepsWithin = (entry: PageEntry) => PageStep[];

/** Looks the reproductions of all entries up by their files once. */
export function indexSteps(entries: readonly PageEntry[]): StepsWithin {
  const byFile = new Map<string, PageEntry[]>();
  for (const entry of entries) {
    if (entry.steps === undefined) continue;
    const known = byFile.get(fileOf(entry));
    if (known) known.push(entry);
    else byFile.set(fileOf(entry), [entry]);
  }
  return (entry) => (byFile.get(fileOf(entry)) ?? []).filter(({ line, endLine }) => entry.line <= line && endLine <= entry.endLine).flatMap(({ steps }) => steps ?? []);
}

function fileOf({ rev, path }: PageEntry): string {
  return `${rev ?? ''}\n${path}`;
}
