import type { Role } from '../contract/schema/entry.ts';
import { agentHooks, hosts } from '../agents/hosts/names.ts';
import { writeAll } from './print.ts';

const roles: readonly string[] = ['builder', 'adversary', 'operator'] satisfies Role[];
const patience = 5000;

/**
 * Runs what an agent host calls. Whatever happens, it ends with 0 and says the host's own form or nothing: for some hosts 2 means "go on working" and
 * stderr is what the agent is told, and an error of docket is no work for it.
 */
export async function runAgentHook(argv: readonly string[]): Promise<void> {
  process.removeAllListeners('uncaughtException');
  process.on('uncaughtException', () => process.exit(0));
  try {
    const words = argv.slice(argv.indexOf('hook') + 1);
    const hook = agentHooks.find((name) => name === words[0]);
    if (hook === undefined) return;
    const { answerHost } = await import('../agents/hosts/answer-host.ts');
    const role = optionOf(argv, '--role') ?? process.env['DOCKET_ROLE'] ?? null;
    const host = hosts.find((name) => words.slice(1).includes(name)) ?? null;
    const context = { dir: optionOf(argv, '-C'), cache: !argv.includes('--no-cache'), role: roles.includes(role ?? '') ? (role as Role) : null, host, now: new Date() };
    await writeAll(process.stdout, await answerHost(hook, await readStdin(), context));
  } catch (error) {
    await writeAll(process.stderr, `docket: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}\n`);
  }
  process.exitCode = 0;
}

function optionOf(argv: readonly string[], name: string): string | null {
  const at = argv.lastIndexOf(name);
  if (at >= 0) return argv[at + 1] ?? null;
  return argv.findLast((arg) => arg.startsWith(`${name}=`))?.slice(name.length + 1) ?? null;
}

/** All that the host writes; nothing from a terminal, and no more than a host could mean. One that leaves its end open is not waited for long. */
async function readStdin(): Promise<string> {
  const { stdin } = process;
  if (stdin.isTTY) return '';
  const chunks: Buffer[] = [];
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      stdin.removeAllListeners();
      stdin.destroy();
      resolve(Buffer.concat(chunks).toString('utf8'));
    };
    const timer = setTimeout(end, patience);
    stdin.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      if (isWhole(chunks)) end();
    });
    stdin.on('end', end);
    stdin.on('error', end);
  });
}

/** A JSON object that is whole needs no end of the stream. */
function isWhole(chunks: readonly Buffer[]): boolean {
  const text = Buffer.concat(chunks).toString('utf8').trimEnd();
  if (!text.endsWith('}')) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
