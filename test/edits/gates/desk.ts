import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Envelope } from '../../../src/contract/schema/envelope.ts';
import type { PhaseStatus } from '../../../src/contract/schema/status.ts';
import { makeRepository, type Repository } from '../../support/make-repository.ts';
import { askDocket } from '../../support/run-docket.ts';

/** A repository with a record, and docket beside it. */
export interface Desk {
  repository: Repository;
  /** Writes a document. */
  write(name: string, text: string): void;
  read(name: string): string;
  /** Commits all there is, a minute after the commit before. */
  commit(message: string): string;
  ask(...args: string[]): Promise<Envelope>;
  statusOf(phase: string): Promise<PhaseStatus>;
}

export const file = (name: string): string => `machine-docs/${name}`;

export function openDesk(): Desk {
  const repository = makeRepository();
  let minute = 0;
  const ask = (...args: string[]): Promise<Envelope> => askDocket(args, repository.dir);
  return {
    repository,
    write: (name, text) => repository.write(file(name), text),
    read: (name) => readFileSync(join(repository.dir, file(name)), 'utf8'),
    commit: (message) => repository.commit(message, `2026-06-13T13:${String(minute++).padStart(2, '0')}:00Z`),
    ask,
    statusOf: async (phase) => {
      const [status] = (await ask('status', phase)).data['phases'] as PhaseStatus[];
      if (!status) throw new Error(`no phase ${phase}`);
      return status;
    },
  };
}
