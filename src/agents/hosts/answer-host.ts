import type { Role } from '../../contract/schema/entry.ts';
import { isAdversary, roleByConfig } from '../../ledger/isolation/role-of-reader.ts';
import { openDocket, type Docket } from '../../ledger/open-docket.ts';
import { briefDocket } from '../../queries/brief-docket.ts';
import { isEmptyDocket } from '../../queries/is-empty.ts';
import { renderBrief } from '../../reports/brief-text.ts';
import { makeSafe, toSafeJson } from '../../reports/safe-text.ts';
import { plainView } from '../../reports/view.ts';
import { findUnfinished, type Unfinished } from './find-unfinished.ts';
import { readHostCall, type HostCall } from './host-call.ts';
import type { AgentHook, Host } from './names.ts';

/** What is known when a host calls. */
export interface HostContext {
  /** Null: where the host says that the agent works. */
  dir: string | null;
  cache: boolean;
  role: Role | null;
  host: Host | null;
  now: Date;
}

const budget = 1500;

/** What a hook of an agent host prints: its own form, or nothing. Throws where the record cannot be read; the caller then says nothing. */
export async function answerHost(hook: AgentHook, stdin: string, context: HostContext): Promise<string> {
  const call = readHostCall(stdin, context.host);
  if (hook === 'agent-stop' && call.mayEnd) return '';
  const docket = await openDocket(context.dir ?? call.cwd ?? '.', { cache: context.cache, role: context.role });
  if (isEmptyDocket(docket.ledger)) return '';
  return hook === 'agent-stop' ? stop(docket, call, context) : start(docket, call, context);
}

async function stop(docket: Docket, { host }: HostCall, { role, now }: HostContext): Promise<string> {
  const unfinished = await findUnfinished(docket, role ?? (await roleByConfig(docket.repository, docket.ledger.config)), now);
  if (unfinished.length === 0) return '';
  const reason = reasonOf(unfinished);
  return `${toSafeJson({ decision: 'block', reason, ...(host === 'cursor' ? { followup_message: reason } : {}) })}\n`;
}

const mostReasons = 6;

function reasonOf(unfinished: readonly Unfinished[]): string {
  const shown = unfinished.slice(0, mostReasons).map(({ what, next }) => `- ${what}\n  → ${next}`);
  const rest = unfinished.length - shown.length;
  return ['docket: not yet done.', ...shown, ...(rest > 0 ? [`- and ${rest} more: docket status`] : [])].join('\n');
}

/** The brief. Claude Code and Codex take text as it is; Gemini and Cursor want an object. */
async function start(docket: Docket, { host }: HostCall, { role, now }: HostContext): Promise<string> {
  const own = (await isAdversary(docket.repository, docket.ledger.config, role)) ? 'adversary' : 'builder';
  const brief = await briefDocket(docket, { role: own, phase: null, budget, now });
  const text = `docket brief, for the ${own === 'builder' ? 'Builder' : 'Adversary'}\n\n${renderBrief(makeSafe(brief), plainView)}`;
  if (host === 'gemini') return `${toSafeJson({ hookSpecificOutput: { hookEventName: 'SessionStart', additionalContext: text } })}\n`;
  return host === 'cursor' ? `${toSafeJson({ additional_context: text })}\n` : text;
}
