import { openRepository } from '../../git/open-repository.ts';
import type { AskCommand } from '../../agents/mcp/tool-source.ts';
import { commandTable } from '../table/command-table.ts';
import type { AskDocket, Invocation } from '../invocation.ts';
import { answer, type Outcome } from '../outcome.ts';

/** `docket mcp`: serves until standard input closes. Throws a usage failure outside of a repository. */
export async function run({ globals }: Invocation, ask: AskDocket): Promise<Outcome> {
  const { dir, role, afterVerdict, cache } = globals;
  await openRepository(dir);
  const { serveMcp } = await import('../../agents/mcp/serve.ts');
  const own = ['-C', dir, ...(role === null ? [] : ['--role', role]), ...(afterVerdict ? ['--after-verdict'] : []), ...(cache ? [] : ['--no-cache'])];
  const askCommand: AskCommand = (argv) => ask([...own, ...argv]);
  await serveMcp(commandTable, role, askCommand);
  return answer({ data: {}, render: () => '' });
}
