#!/usr/bin/env node
/** Put in by the build. This file imports nothing at its head, so that `--version` loads no other. */
declare const DOCKET_VERSION: string;

const argv = process.argv.slice(2);
if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
  process.stdout.write(`${DOCKET_VERSION}\n`);
} else {
  process.on('uncaughtException', endAsBug);
  start().catch(endAsBug);
}

async function start(): Promise<void> {
  const [command, name = '', ...rest] = argv;
  // What an agent host calls must end well, whatever is wrong.
  const isAgentHook = /^(?:agent-stop|session-start)$/.test(argv[argv.indexOf('hook') + 1] ?? '') && argv.includes('hook') && !argv.some((arg) => arg === '--help' || arg === '-h');
  // git waits for its hooks: they go past the command line.
  const hook = command === 'hook' && !argv.some((arg) => arg.startsWith('--')) ? await import('./git-hook.ts') : null;
  if (isAgentHook) {
    const { runAgentHook } = await import('./agent-hook.ts');
    await runAgentHook(argv);
  } else if (hook?.isGitHook(name) === true) {
    await hook.runGitHook(name, rest);
  } else {
    const { run } = await import('./run.ts');
    await run(argv);
  }
}

/**
 * An error that nobody caught (in a callback, or while a file of docket was loaded) is a bug in docket: exit 70, never Node's own 1, which
 * would mean "no". It leans on nothing else, as the cause may be that nothing else can be loaded.
 */
function endAsBug(error: Error): void {
  const next = 'Run npm bugs docket and report this command line with the stack.';
  const diagnostic = { rule: 'internal', level: 'error', message: String(error.message), place: null, related: [], entry: null, next, fixable: false };
  const envelope = { schemaVersion: 1, command: 'docket', ok: false, data: {}, diagnostics: [diagnostic], next: [] };
  process.stderr.write(`${error.stack ?? error.message}\n${next}\n`);
  if (argv.includes('--json')) process.stdout.write(`${JSON.stringify(envelope)}\n`);
  process.exitCode = 70;
  // Whatever else still runs belongs to a docket that is broken.
  setImmediate(() => process.exit());
}
