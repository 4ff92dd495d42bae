import type { Diagnostic } from '../../contract/schema/envelope.ts';
import type { Source } from '../../git/file-listing.ts';
import { infraPath } from '../../ledger/infra/infra-path.ts';
import { cacheKey } from '../../ledger/sources/cache-key.ts';
import type { Finding } from '../engine/finding.ts';
import type { IndexCheckOptions } from './index-check-options.ts';
import type { StagedRecord } from './open-staged.ts';

interface JudgedServices {
  findings: Finding[];
  diagnostics: Diagnostic[];
}

/** Judges the gates of services where the commit touches their specification, or a file that says what waits for what. */
export async function judgeServices(record: StagedRecord, only: ReadonlySet<string>, { clock }: IndexCheckOptions): Promise<JudgedServices> {
  const nothing = { findings: [], diagnostics: [] };
  const spec = record.staged.files.some(({ path }) => path === infraPath);
  // Most commits stage documents only, and those say nothing of services.
  if (!spec && record.staged.files.length === record.documents.length) return nothing;
  const written = await record.readIndexed(infraPath);
  if (written === null) return nothing;
  const folders = await foldersOfOrder(record, written);
  const concerns = spec || record.staged.files.some(({ path }) => folders.some((folder) => folder === '.' || path.startsWith(`${folder}/`) || path === folder));
  if (!concerns) return nothing;
  const now = await judge(record, { kind: 'index' }, only, clock);
  if (now.diagnostics.length > 0) return spec ? now : nothing;
  const [parent] = record.parents;
  const before = now.findings.length === 0 || parent === undefined ? [] : (await judge(record, { kind: 'commit', rev: parent }, only, clock)).findings;
  const known = new Set(before.map(({ fingerprint }) => fingerprint));
  return { findings: now.findings.filter(({ fingerprint }) => spec || !known.has(fingerprint)), diagnostics: [] };
}

/** Where the files of the order of starts are, as the specification says; kept, since reading it takes a parser. */
async function foldersOfOrder(record: StagedRecord, { blob, bytes }: { blob: string; bytes: Buffer }): Promise<string[]> {
  const key = cacheKey('order-folders', blob);
  const kept = record.cache.read(key);
  if (kept !== null) return JSON.parse(kept.toString('utf8')) as string[];
  const { readOrderFolders } = await import('../../ledger/infra/order-folders.ts');
  const folders = readOrderFolders(bytes.toString('utf8'));
  record.cache.write(key, Buffer.from(JSON.stringify(folders), 'utf8'));
  return folders;
}

async function judge(record: StagedRecord, source: Source, only: ReadonlySet<string>, clock: number): Promise<JudgedServices> {
  const [{ readInfra }, { activeRules, runRules }, { allRules }] = await Promise.all([import('../../ledger/infra/read-infra.ts'), import('../engine/run-rules.ts'), import('../all-rules.ts')]);
  const inspection = await readInfra(record.repository, source);
  if (inspection === null) return { findings: [], diagnostics: [] };
  if (!inspection.ok) {
    const { toDiagnostics } = await import('../check/inspect-infra.ts');
    return { findings: [], diagnostics: toDiagnostics(inspection.errors) };
  }
  const rules = activeRules(allRules, record.config, 'error').filter(({ rule }) => only.has(rule.id));
  return { findings: runRules(rules, { infra: inspection.faults }, { clock, past: false }), diagnostics: [] };
}
