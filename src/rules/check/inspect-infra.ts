import type { Diagnostic } from '../../contract/schema/envelope.ts';
import { infraPath } from '../../ledger/infra/infra-path.ts';
import type { OpenedRevision } from '../../ledger/sources/open-revision.ts';
import type { SpecError } from '../../reconcile/spec/types.ts';
import type { Inspection } from '../../reconcile/inspect/find-faults.ts';

const inspected = new WeakMap<OpenedRevision, Promise<Inspection | null>>();

/** The specification of services of an opened revision with what is wrong with it; null where there is none. Read once, and only when it is asked for. */
export function inspectInfra(opened: OpenedRevision): Promise<Inspection | null> {
  const known = inspected.get(opened) ?? inspect(opened);
  inspected.set(opened, known);
  return known;
}

async function inspect({ repository, source, files }: OpenedRevision): Promise<Inspection | null> {
  if (!files.others.some(({ path }) => path === infraPath)) return null;
  const { readInfra } = await import('../../ledger/infra/read-infra.ts');
  return readInfra(repository, source);
}

/** Why a specification cannot be read: errors that leave its gates unjudged. */
export async function specErrors(opened: OpenedRevision): Promise<Diagnostic[]> {
  const inspection = await inspectInfra(opened);
  return inspection === null || inspection.ok ? [] : toDiagnostics(inspection.errors);
}

export function toDiagnostics(errors: readonly SpecError[]): Diagnostic[] {
  return errors.map(({ message, next, line, column }) => ({ rule: 'config', level: 'error', message, place: { path: infraPath, line, column }, related: [], entry: null, next, fixable: false }));
}
