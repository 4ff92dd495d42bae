import type { Diagnostic } from '../../contract/schema/envelope.ts';

/** A command as the command line describes it: what a tool is made of. */
export interface ToolSource {
  name: string;
  summary: string;
  arguments: readonly { name: string; summary: string; required: boolean; variadic: boolean; values?: readonly string[]; closed?: boolean }[];
  options: readonly { name: string; value: string | null; summary: string; many?: boolean; words?: object; values?: readonly string[]; closed?: boolean }[];
  access: 'read' | 'write' | 'none';
}

/** What a command answered. */
export interface ToolOutcome {
  exitCode: number;
  data: object;
  diagnostics: readonly Diagnostic[];
  next: readonly string[];
}

/** What a tool gives of it: its data within bounds, and how long its lists really are. */
export interface ToolResult extends ToolOutcome {
  totals: Record<string, number>;
}

/** Asks a command as the command line does: never throws for what a user can mend, the answer says it. */
export type AskCommand = (argv: readonly string[]) => Promise<ToolOutcome>;
