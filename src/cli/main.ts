#!/usr/bin/env node
/** Put in by the build: importing even one file would be a third of the time that `--version` takes. */
declare const DOCKET_VERSION: string;

const argv = process.argv.slice(2);
if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
  process.stdout.write(`${DOCKET_VERSION}\n`);
} else {
  const { run } = await import('./run.ts');
  await run(argv);
}
