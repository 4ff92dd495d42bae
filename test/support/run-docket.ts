import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Document } from '../../src/contract/schema/document.ts';
import type { Entry } from '../../src/contract/schema/entry.ts';
import type { Envelope } from '../../src/contract/schema/envelope.ts';
import type { Status } from '../../src/contract/schema/status.ts';

/** The built command line. */
export const binary = fileURLToPath(new URL('../../dist/bin/docket.js', import.meta.url));

export interface Answer {
  exit: number;
  stdout: string;
  stderr: string;
}

/** Runs the built command line as a user would, in a process of its own with nothing on stdin; `environment` is added to this process's. */
export function runDocket(args: string[], dir?: string, environment: NodeJS.ProcessEnv = {}): Promise<Answer> {
  if (!existsSync(binary)) throw new Error('the product is not built: npm run build');
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [binary, ...args], { ...(dir ? { cwd: dir } : {}), env: { ...process.env, ...environment }, maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      const exit = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ exit, stdout, stderr });
    });
    child.stdin?.end();
  });
}

/** Runs a command with `--json` and gives the envelope; anything but one JSON object on stdout is an error. */
export async function askDocket(args: string[], dir: string, environment: NodeJS.ProcessEnv = {}): Promise<Envelope> {
  const answer = await runDocket(['-C', dir, ...args, '--json'], undefined, environment);
  try {
    return JSON.parse(answer.stdout) as Envelope;
  } catch {
    throw new Error(`docket ${args.join(' ')} exited ${answer.exit} without an envelope\n${answer.stdout}${answer.stderr}`);
  }
}

/** What a repository reads as: every entry of every kind, every document, the status. */
export interface Picture {
  entries: Entry[];
  documents: PicturedDocument[];
  status: Status;
}

export type PicturedDocument = Document & { frontMatter?: Record<string, unknown> | null };

/** Asks for the whole picture in three commands; `at` is a revision, or absent for the working tree. */
export async function pictureOf(dir: string, at?: string): Promise<Picture> {
  const revision = at ? ['--at', at] : [];
  const [list, documents, status] = await Promise.all([
    askDocket(['list', '--limit', '100000', ...revision], dir),
    askDocket(['list', 'documents', '--limit', '100000', ...revision], dir),
    askDocket(['status', ...revision], dir),
  ]);
  return {
    entries: list.data.entries as Entry[],
    documents: documents.data.documents as PicturedDocument[],
    status: status.data as unknown as Status,
  };
}
