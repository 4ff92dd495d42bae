/** The agent hosts whose words docket knows; `generic` for all others. */
export const hosts = ['claude', 'codex', 'cursor', 'gemini', 'generic'] as const;
export type Host = (typeof hosts)[number];

/** What hosts call, under the names that docket gives it. */
export const agentHooks = ['agent-stop', 'session-start'] as const;
export type AgentHook = (typeof agentHooks)[number];
