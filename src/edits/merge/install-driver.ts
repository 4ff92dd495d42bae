import { lstatSync, readFileSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../contract/failure.ts';
import { readLocalConfig, removeLocalSection, writeLocalConfig } from '../../git/local-config.ts';
import { openRevision } from '../../ledger/sources/open-revision.ts';
import { recordFolder } from '../../ledger/sources/select-files.ts';
import { replaceDocument } from '../replace-document.ts';
import { diffOfFile } from '../unified-diff.ts';
import { patternOf, withDriverLines } from './attributes.ts';
import { driverCommand, isDriverCommand } from './driver-command.ts';

export interface DriverInstallation {
  /** Changed files; the configuration of the clone is `.git/config`. */
  written: string[];
  /** The driver stands alone: nothing is chained. */
  chained: string[];
  /** What git runs; null where the driver was taken out. */
  driver: string | null;
  /** What changed, or would change, in `.gitattributes`. */
  diff: string;
}

export interface InstallOptions {
  /** The words that start this docket. */
  program: readonly string[];
  uninstall: boolean;
  dryRun: boolean;
}

const attributesPath = '.gitattributes';
const section = 'merge.docket';

/**
 * Hands the documents of this clone to docket's merge driver, or takes them back. To be called under the lock. Throws a `Failure` of kind usage
 * where another driver has the name, or where `.gitattributes` is no regular file; nothing has changed then.
 */
export async function installDriver(dir: string, { program, uninstall, dryRun }: InstallOptions): Promise<DriverInstallation> {
  const { repository, files } = await openRevision(dir);
  if (repository.bare) throw new Failure('usage', `${repository.root} has no working tree, so nothing is merged there`, { next: 'git worktree list' });
  const present = await readLocalConfig(repository, `${section}.driver`);
  if (present !== null && !isDriverCommand(present)) throw new Failure('usage', `the merge driver "docket" of this clone is not one of docket's: ${present}`, { next: 'git config --local --unset merge.docket.driver' });
  const elsewhere = files.documents.map(({ path }) => path).filter((path) => !path.startsWith(`${recordFolder}/`));
  const before = readAttributes(repository.root);
  const after = Buffer.from(withDriverLines(before?.toString('utf8') ?? '', uninstall ? null : [`/${recordFolder}/**/*.md`, ...elsewhere.map(patternOf)]));
  const driver = uninstall ? null : driverCommand(program);
  const written = [...((before ?? Buffer.alloc(0)).equals(after) ? [] : [attributesPath]), ...(present === driver ? [] : ['.git/config'])];
  const diff = diffOfFile(attributesPath, before, after);
  if (dryRun) return { written, chained: [], driver, diff };
  if (driver === null) await removeLocalSection(repository, section);
  if (written.includes(attributesPath)) writeAttributes(repository.root, after);
  if (driver !== null && present !== driver) {
    await writeLocalConfig(repository, `${section}.name`, 'docket: keeps what both sides added to a document');
    await writeLocalConfig(repository, `${section}.driver`, driver);
  }
  return { written, chained: [], driver, diff };
}

function readAttributes(root: string): Buffer | null {
  const file = join(root, attributesPath);
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (!found) return null;
  if (!found.isFile()) throw new Failure('usage', `${attributesPath} is no regular file, so git does not read it`, { next: `ls -l ${attributesPath}` });
  return readFileSync(file);
}

function writeAttributes(root: string, bytes: Buffer): void {
  if (bytes.length === 0) unlinkSync(join(root, attributesPath));
  else replaceDocument(root, attributesPath, bytes);
}
