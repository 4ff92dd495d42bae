import type { Entry } from '../contract/schema/entry.ts';
import { readSource, type Source } from '../documents/outline/source.ts';
import { readBlobs, type Content } from '../git/read-blobs.ts';
import type { Shield } from './isolation/shield.ts';
import { ChangedWhileRead } from './sources/read-contents.ts';
import type { OpenedRevision } from './sources/open-revision.ts';

/**
 * The texts of these entries as they stand in their files, each file read once, with at most two calls of git. Entries whose file cannot be read
 * (any more) are left out.
 */
export async function readBodies(opened: OpenedRevision, entries: readonly Entry[]): Promise<Map<Entry, string>> {
  const blobs = new Map([...opened.files.documents, ...opened.files.alerts].map(({ path, blob }) => [path, blob]));
  const nameOf = ({ place }: Entry): string | null => (place.rev === null ? (blobs.get(place.path) ?? null) : `${place.rev}:${place.path}`);
  const present = new Set<string>();
  const past = new Set<string>();
  for (const entry of entries) {
    const name = nameOf(entry);
    if (name !== null) (entry.place.rev === null ? present : past).add(name);
  }
  const contents: Map<string, Content> = new Map();
  if (present.size > 0) for (const [name, content] of await readPresent(opened, present)) contents.set(name, content);
  if (past.size > 0) for (const [name, content] of await readBlobs(opened.repository, past)) contents.set(name, content);
  const sources = new Map<string, Source>();
  for (const entry of entries) {
    const name = nameOf(entry);
    const bytes = name === null || sources.has(name) ? null : (contents.get(name)?.bytes ?? null);
    if (name !== null && bytes !== null) sources.set(name, readSource(opened.shield === null ? bytes : await hideFrom(opened.shield, entry.place.path, bytes)));
  }
  const bodies = new Map<Entry, string>();
  for (const entry of entries) {
    const source = sources.get(nameOf(entry) ?? '');
    if (source !== undefined) bodies.set(entry, entry.hidden ? '' : source.sliceLines(entry.place.line, entry.place.endLine));
  }
  return bodies;
}

/** The bytes of documents of the revision as who reads may see them, by path; those that cannot be read are left out. */
export async function readTexts(opened: OpenedRevision, paths: readonly string[]): Promise<Map<string, Uint8Array>> {
  const { shield } = opened;
  const texts = await readWholeTexts(opened, paths);
  if (shield === null) return texts;
  return new Map(await Promise.all([...texts].map(async ([path, bytes]) => [path, await hideFrom(shield, path, bytes)] as const)));
}

/** The same as they are in the files, whoever reads: for what is judged or executed, never for an answer. */
export async function readWholeTexts(opened: OpenedRevision, paths: readonly string[]): Promise<Map<string, Uint8Array>> {
  const blobs = new Map(opened.files.documents.flatMap(({ path, blob }) => (blob === null || !paths.includes(path) ? [] : [[path, blob] as const])));
  const contents = await readPresent(opened, blobs.values());
  return new Map([...blobs].flatMap(([path, blob]) => {
    const bytes = contents.get(blob)?.bytes;
    return bytes ? [[path, bytes] as const] : [];
  }));
}

/** The contents of the revision, without those of files that have changed since it was opened. */
async function readPresent({ readContents }: Pick<OpenedRevision, 'readContents'>, blobs: Iterable<string>): Promise<Map<string, Content>> {
  const wanted = [...blobs];
  try {
    return await readContents(wanted);
  } catch (error) {
    if (!(error instanceof ChangedWhileRead)) throw error;
    const contents: Map<string, Content> = new Map();
    if (wanted.length < 2) return contents;
    for (const blob of wanted) for (const [name, content] of await readPresent({ readContents }, [blob])) contents.set(name, content);
    return contents;
  }
}

/** Loaded where something is hidden: it reads documents, and who may see all of them needs no reader. */
async function hideFrom(shield: Shield, path: string, bytes: Uint8Array): Promise<Uint8Array> {
  const { hideText } = await import('./isolation/hide-text.ts');
  return hideText(path, bytes, shield);
}
