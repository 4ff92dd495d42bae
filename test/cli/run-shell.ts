import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Answer } from '../support/run-docket.ts';

const binary = fileURLToPath(new URL('../../dist/bin/docket.js', import.meta.url));

/** Runs a line of bash in which `docket` is the built command, for pipes, terminals and variables; `null` takes a variable away. */
export function runShell(line: string, dir: string, variables: Record<string, string | null> = {}): Promise<Answer> {
  const env: NodeJS.ProcessEnv = { ...process.env, DOCKET_BIN: binary, NODE: process.execPath };
  for (const [name, value] of Object.entries(variables)) {
    if (value === null) delete env[name];
    else env[name] = value;
  }
  return new Promise((resolve) => {
    execFile('bash', ['-c', `docket() { "$NODE" "$DOCKET_BIN" "$@"; }\n${line}`], { cwd: dir, env, maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      const exit = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ exit, stdout, stderr });
    }).stdin?.end();
  });
}
