import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Repository } from '../git/open-repository.ts';
import { normaliseOutput } from '../repro/match/normalise-output.ts';
import { markVariable } from './kill-processes.ts';
import { defaultLimits } from './limits.ts';
import type { Masker } from './mask-secrets.ts';
import { runScript } from './run-script.ts';
import type { Session } from './session.ts';
import { keepUntracked, openWorkspace, type Workspace, type WorkspaceKind } from './workspace.ts';

/** What a workspace is made of, and how it is made ready. */
export interface WorkspaceRequest {
  repository: Repository;
  kind: WorkspaceKind;
  /** Commands that install what the steps need. */
  prepare: readonly (readonly string[])[];
  masker: Masker;
  progress: (line: string) => void;
}

const prepareLimitMs = 15 * 60_000;

/** A commit in a folder of its own below that of the session, with what it needs installed; or why there is none. */
export async function prepareWorkspace(request: WorkspaceRequest, session: Session, commit: string): Promise<Workspace | string> {
  const opened = await openWorkspace(request.repository, commit, join(session.folder, `work-${randomUUID()}`), request.kind);
  return opened.ok ? prepare(request, session, opened.workspace) : opened.why;
}

/** Installs what the commands need. It proves nothing, so it has the caller's environment. Gives why it failed, where it did. */
async function prepare({ prepare: commands, masker, progress }: WorkspaceRequest, session: Session, workspace: Workspace): Promise<Workspace | string> {
  for (const argv of commands) {
    const shown = masker.mask(argv.join(' '));
    const mark = `${session.mark}.prepare.`;
    progress(`prepare: ${shown}`);
    const environment = Object.fromEntries(Object.entries({ ...process.env, [markVariable]: mark }).flatMap(([name, value]) => (value === undefined || name.startsWith('GIT_') ? [] : [[name, value]])));
    const end = await runScript('exec "$@"', { cwd: workspace.folder, environment, limitMs: prepareLimitMs, keepsRunning: false, mark, run: session, limits: defaultLimits(), within: [], words: argv });
    if (end.code === 0 && !end.timedOut && end.passed === null) continue;
    const said = masker.mask(normaliseOutput(end.stderr.bytes)).trimEnd().split('\n').at(-1) ?? '';
    return `prepare failed: ${shown} ended with ${end.passed !== null ? `a limit (${end.passed})` : end.timedOut ? 'the time limit' : (end.signal ?? String(end.code))}${said === '' ? '' : `: ${said}`}`;
  }
  return commands.length === 0 ? workspace : keepUntracked(workspace);
}
