import type { Host } from './names.ts';

/** What a host says when it calls a hook. Everything may be missing: then it is as if nothing had been said. */
export interface HostCall {
  host: Host;
  /** The folder that the agent works in. */
  cwd: string | null;
  /** The agent goes on only because this hook stopped it before, or did not end of itself: it is not stopped again. */
  mayEnd: boolean;
}

type Said = Readonly<Record<string, unknown>>;

/**
 * Reads what a host wrote on standard input. Claude Code, Codex and Gemini send `hook_event_name`, `cwd` and `stop_hook_active`; Cursor sends
 * `workspace_roots`, `loop_count` and `status`. Never throws: what is no JSON object says nothing.
 */
export function readHostCall(text: string, named: Host | null): HostCall {
  const said = parse(text);
  const [root] = Array.isArray(said['workspace_roots']) ? said['workspace_roots'] : [];
  const cwd = [said['cwd'], root].find((path): path is string => typeof path === 'string' && path !== '') ?? null;
  const status = said['status'];
  const again = typeof said['loop_count'] === 'number' && said['loop_count'] > 0;
  return { host: named ?? guessHost(said), cwd, mayEnd: said['stop_hook_active'] === true || again || (typeof status === 'string' && status !== 'completed') };
}

function parse(text: string): Said {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Said) : {};
  } catch {
    return {};
  }
}

function guessHost(said: Said): Host {
  if ('workspace_roots' in said || 'cursor_version' in said) return 'cursor';
  if (said['hook_event_name'] === 'AfterAgent' || 'timestamp' in said) return 'gemini';
  if ('turn_id' in said) return 'codex';
  return 'hook_event_name' in said ? 'claude' : 'generic';
}
