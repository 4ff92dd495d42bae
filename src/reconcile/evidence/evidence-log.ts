import { mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { digestOf } from './canonical-json.ts';

/** The evidence of one run. Its id is the digest of all the rest: a line that was changed no longer fits its name. */
export type EvidenceLine = { id: string } & Record<string, unknown>;

export function evidencePath(stateDir: string): string {
  return join(stateDir, 'evidence', 'runs.jsonl');
}

/** Appends one line, durably, and returns its id. A line that was torn by a crash is left behind as a line of its own. */
export async function appendEvidence(stateDir: string, content: Record<string, unknown>): Promise<string> {
  const path = evidencePath(stateDir);
  await mkdir(dirname(path), { recursive: true });
  // Through JSON first, so that what is digested is what will be read.
  const plain: unknown = JSON.parse(JSON.stringify(content));
  const id = digestOf(plain);
  const file = await open(path, 'a+', 0o600);
  try {
    const { size } = await file.stat();
    const last = size === 0 ? '\n' : (await file.read(Buffer.alloc(1), 0, 1, size - 1)).buffer.toString('latin1');
    await file.appendFile(`${last === '\n' ? '' : '\n'}${JSON.stringify({ id, ...(plain as Record<string, unknown>) })}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  return id;
}

/** True when a line of the log is whole and is what its id says. */
export function isIntact(line: string): boolean {
  try {
    const { id, ...content } = JSON.parse(line) as EvidenceLine;
    return id === digestOf(content);
  } catch {
    return false;
  }
}
