import { createHash, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { homedir, hostname } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import type { SecureContext } from 'node:tls';
import type { Clock } from '../clock.ts';
import { systemClock } from '../clock.ts';
import { readOrder } from '../order/read-order.ts';
import type { Order } from '../order/types.ts';
import { readWorkingTree } from '../order/working-tree.ts';
import { readSpec } from '../spec/read-spec.ts';
import type { Argv, InfraSpec } from '../spec/types.ts';
import { readBootId } from '../../durable/process-identity.ts';
import { isSystemError } from '../../durable/replace-file.ts';
import type { Infra, Problem } from './types.ts';

export interface InfraOptions {
  /** Absolute path of the specification. */
  file: string;
  /** How errors and places name it, usually relative to `root`. */
  shownAs: string;
  /** The repository's root: commands run there, and globs start there. */
  root: string;
  env: Readonly<Record<string, string | undefined>>;
  /** Instead of the specification's own folders; relative to the process's working directory. */
  stateDir?: string;
  alertsDir?: string;
  commit?: string;
  stop?: AbortSignal;
  say?: (line: string) => void;
  clock?: Clock;
  random?: () => number;
  systemctl?: Argv;
  trust?: SecureContext;
  /** Instead of reading the order from the files below `root`. */
  order?: (spec: InfraSpec) => Promise<Order>;
}

export type OpenedInfra = { ok: true; infra: Infra } | { ok: false; problems: Problem[] };

/** Reads a specification from its file, and everything that it leaves open from the machine. */
export async function openInfra(options: InfraOptions): Promise<OpenedInfra> {
  const { shownAs, root } = options;
  let text: string;
  try {
    text = await readFile(options.file, 'utf8');
  } catch (error) {
    const missing = isSystemError(error, 'ENOENT');
    return { ok: false, problems: [{ rule: 'unreadable', message: missing ? `${shownAs} does not exist` : String(error), next: `Write ${shownAs}, or name another specification.`, path: shownAs, line: null, column: null }] };
  }
  const reading = readSpec(text, shownAs);
  if (!reading.ok) return { ok: false, problems: reading.errors.map(({ message, next, line, column }) => ({ rule: 'config', message, next, path: shownAs, line, column })) };
  const { spec } = reading;
  const readOrderOf = (of: InfraSpec): Promise<Order> => readOrder(of, readWorkingTree(root));
  const stateDir = findStateDir(options, spec);
  return {
    ok: true,
    infra: {
      spec,
      specDigest: createHash('sha256').update(text).digest('hex'),
      root,
      stateDir,
      alertsDir: findAlertsDir(options, spec, stateDir),
      commit: options.commit ?? null,
      host: hostname(),
      run: { id: randomUUID(), bootId: readBootId() },
      clock: options.clock ?? systemClock,
      stop: options.stop ?? new AbortController().signal,
      random: options.random ?? Math.random,
      say: options.say ?? (() => {}),
      systemctl: options.systemctl ?? ['systemctl'],
      dockerHost: options.env.DOCKER_HOST,
      trust: options.trust ?? null,
      readOrder: once(() => (options.order ?? readOrderOf)(spec)),
    },
  };
}

/** Files are read at most once in a run, so that all apps see the same order. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => (made ??= make());
}

/** Two checkouts of one repository are two machines' worth of services to us: the default folder carries the root's path. */
function findStateDir({ stateDir, file, root, env }: InfraOptions, spec: InfraSpec): string {
  if (stateDir !== undefined) return resolve(stateDir);
  if (spec.stateDir !== null) return resolve(dirname(file), spec.stateDir);
  const stateHome = env.XDG_STATE_HOME || join(env.HOME || homedir(), '.local', 'state');
  return join(stateHome, 'docket', 'infra', `${basename(root)}-${createHash('sha256').update(root).digest('hex').slice(0, 12)}`);
}

function findAlertsDir({ alertsDir, file }: InfraOptions, spec: InfraSpec, stateDir: string): string {
  if (alertsDir !== undefined) return resolve(alertsDir);
  return spec.alertsDir === null ? join(stateDir, 'alerts') : resolve(dirname(file), spec.alertsDir);
}
