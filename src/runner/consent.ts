import { lstatSync, mkdirSync, readFileSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { z } from 'zod';
import { Failure } from '../contract/failure.ts';
import { isSystemError, replaceFile } from '../durable/replace-file.ts';
import { withLock } from '../edits/with-lock.ts';
import type { Repository } from '../git/open-repository.ts';

/** That exactly these commands may be executed for a repository. */
export interface Consent {
  digest: string;
  /** The git folder of the repository that it is for. */
  repository: string;
  at: string;
  /** What was shown when it was given: for people, and nothing rests on it. */
  what: string;
}

const storeSchema = z.object({ version: z.literal(1), consents: z.array(z.object({ digest: z.string(), repository: z.string(), at: z.string(), what: z.string() })) });

/** A digest of a plan, whole. */
export const digestForm = /^[0-9a-f]{64}$/;

/** What may be executed for this repository. It is kept outside of it: no file of a repository can grant anything. */
export function readConsents(repository: Repository): Consent[] {
  return readStore(storePath(repository)).filter((consent) => consent.repository === repository.commonDir);
}

export function hasConsent(repository: Repository, digest: string): boolean {
  return readConsents(repository).some((consent) => consent.digest === digest);
}

/** Keeps a consent; one that is there already stays as it is. */
export function addConsent(repository: Repository, digest: string, what: string, at: Date): Promise<Consent> {
  const path = storePath(repository);
  return alone(path, () => {
    const all = readStore(path);
    const known = all.find((consent) => consent.digest === digest && consent.repository === repository.commonDir);
    if (known) return known;
    const consent: Consent = { digest, repository: repository.commonDir, at: `${at.toISOString().slice(0, 19)}Z`, what };
    writeStore(path, [...all, consent]);
    return consent;
  });
}

/** Takes back the consents whose digest begins like this; all of this repository for null. Gives those that are gone. */
export function revokeConsents(repository: Repository, beginning: string | null): Promise<Consent[]> {
  const path = storePath(repository);
  return alone(path, () => {
    const all = readStore(path);
    const gone = all.filter((consent) => consent.repository === repository.commonDir && (beginning === null || consent.digest.startsWith(beginning)));
    if (gone.length > 0) writeStore(path, all.filter((consent) => !gone.includes(consent)));
    return gone;
  });
}

/** Two that change the store at once do it one after the other. */
function alone<T>(path: string, work: () => T): Promise<T> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  return withLock(dirname(dirname(path)), async () => work());
}

/** `$XDG_STATE_HOME/docket/consents.json`. Throws a usage failure where that lies in the repository. */
function storePath({ root, commonDir }: Repository): string {
  const given = process.env['XDG_STATE_HOME'];
  const state = given !== undefined && isAbsolute(given) ? given : join(homedir(), '.local', 'state');
  const path = join(state, 'docket', 'consents.json');
  for (const folder of [root, commonDir]) {
    if (isInside(folder, realExisting(path))) throw new Failure('usage', `The store of consents, ${path}, would lie in the repository, which could then grant itself what it likes.`, { next: 'Set XDG_STATE_HOME to a folder outside of the repository.' });
  }
  return path;
}

/** The real place of a path, as far as it is there. */
function realExisting(path: string): string {
  for (let known = path, rest = ''; ; rest = join(known.slice(dirname(known).length), rest), known = dirname(known)) {
    if (lstatSync(known, { throwIfNoEntry: false }) !== undefined) return join(realpathSync(known), rest);
    if (known === dirname(known)) return path;
  }
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (!isAbsolute(way) && way !== '..' && !way.startsWith('../'));
}

function readStore(path: string): Consent[] {
  try {
    const found = lstatSync(path);
    // Whoever else may write there may not consent for us.
    const foreign = process.geteuid !== undefined && (found.uid !== process.geteuid() || (found.mode & 0o022) !== 0);
    if (!found.isFile() || foreign) throw new Failure('usage', `${path} is no plain file that only you can write, so that nothing in it counts.`, { next: `rm ${path}` });
    return storeSchema.parse(JSON.parse(readFileSync(path, 'utf8'))).consents;
  } catch (error) {
    if (isSystemError(error, 'ENOENT', 'ENOTDIR')) return [];
    if (error instanceof Failure) throw error;
    throw new Failure('unreadable', `The store of consents, ${path}, cannot be read: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`, { next: `rm ${path}` });
  }
}

function writeStore(path: string, consents: readonly Consent[]): void {
  replaceFile(path, `${JSON.stringify({ version: 1, consents }, null, 1)}\n`);
}
