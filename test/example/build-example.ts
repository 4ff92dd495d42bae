import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('make-repo.sh', import.meta.url));

/** The example repository in a temporary folder. */
export interface Example {
  dir: string;
  /** A second copy, loose objects and all (a clone would lose the commit that is on no ref), with a revision checked out. */
  checkedOut(revision: string): string;
  remove(): void;
}

export function buildExample(): Example {
  const root = mkdtempSync(join(tmpdir(), 'docket-example-'));
  const dir = join(root, 'main');
  execFileSync('bash', [script, dir], { stdio: ['ignore', 'ignore', 'inherit'] });
  return {
    dir,
    checkedOut(revision) {
      const copy = join(root, `at-${revision}`);
      if (existsSync(copy)) return copy;
      cpSync(dir, copy, { recursive: true, preserveTimestamps: true });
      execFileSync('git', ['-C', copy, 'checkout', '-q', revision]);
      return copy;
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
