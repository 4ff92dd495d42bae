import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { exitCode } from '../../contract/exit-codes.ts';
import { Failure } from '../../contract/failure.ts';
import type { Role } from '../../contract/schema/entry.ts';
import type { Diagnostic } from '../../contract/schema/envelope.ts';
import { version } from '../../contract/version.ts';
import { toSafeJson } from '../../reports/safe-text.ts';
import { makeTools, type Tool } from './make-tool.ts';
import type { AskCommand, ToolResult, ToolSource } from './tool-source.ts';

const mostDiagnostics = 50;

/** An answer with these codes is none: what was asked for was not done. */
const errors: ReadonlySet<number> = new Set([exitCode.usage, exitCode.consentNeeded, exitCode.bug, exitCode.locked]);

/**
 * Serves the tools over standard input and output until the client closes its end. Every call reads the repository anew; calls run side by side, and writers
 * one after the other. Nothing else is written to standard output.
 */
export async function serveMcp(sources: readonly ToolSource[], role: Role | null, ask: AskCommand): Promise<void> {
  const server = new McpServer({ name: 'docket', version }, { instructions: 'docket keeps the written record of a builder/adversary team. Begin with brief, or status; every answer names what to do next.' });
  const inTurn = openTurns();
  for (const tool of makeTools(sources, role)) {
    const { name, title, description, input, output, annotations } = tool;
    server.registerTool(name, { title, description, inputSchema: input, outputSchema: output.shape, annotations }, (given: Readonly<Record<string, unknown>>, { signal }: { signal: AbortSignal }) => {
      const work = (): Promise<CallToolResult> => (signal.aborted ? Promise.resolve(errorOf(['the call was cancelled before it began'])) : answerCall(tool, given, ask));
      return annotations.readOnlyHint ? work() : inTurn(work);
    });
  }
  const transport = new StdioServerTransport();
  const closed = new Promise<void>((resolve) => {
    process.stdin.once('end', resolve);
    process.stdin.once('close', resolve);
    process.stdout.once('error', () => resolve());
  });
  await server.connect(transport);
  await closed;
  await inTurn(() => Promise.resolve());
  await server.close();
}

/** Lets work begin when all that was begun before has ended. */
function openTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
}

async function answerCall(tool: Tool, given: Readonly<Record<string, unknown>>, ask: AskCommand): Promise<CallToolResult> {
  try {
    return toResult(tool, await tool.call(given, ask));
  } catch (error) {
    if (error instanceof Failure) return errorOf([error.message, ...(error.next === null ? [] : [`→ ${error.next}`])]);
    return errorOf([`a bug in docket: ${error instanceof Error ? error.message : String(error)}`]);
  }
}

function toResult({ title }: Tool, { exitCode: code, data, diagnostics, next, totals }: ToolResult): CallToolResult {
  if (errors.has(code)) return errorOf(diagnostics.map(sentenceOf));
  const total = (data as { total?: unknown }).total;
  const text = toSafeJson({ command: title.replace(/^docket /u, ''), ok: code === exitCode.yes, exitCode: code, data, diagnostics: diagnostics.slice(0, mostDiagnostics), totals: { ...totals, diagnostics: diagnostics.length, ...(typeof total === 'number' ? { total } : {}) }, next: next.slice(0, mostDiagnostics) });
  return { content: [{ type: 'text', text }], structuredContent: JSON.parse(text) as Record<string, unknown> };
}

/** The same sentence that the command line writes. */
function sentenceOf({ message, place, next }: Diagnostic): string {
  const where = place === null || message.startsWith(`${place.path}:`) ? '' : `${place.path}:${place.line}: `;
  return `${where}${message}${next === null ? '' : `\n→ ${next}`}`;
}

function errorOf(sentences: readonly string[]): CallToolResult {
  return { isError: true, content: [{ type: 'text', text: sentences.join('\n') }] };
}
