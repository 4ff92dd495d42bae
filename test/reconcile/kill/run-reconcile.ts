/**
 * One run of the reconciler as a process of its own: a line on stdout for every state that is about to be written, then the outcome.
 * With a third argument it kills itself when it says the line that begins so.
 */
import { openInfra } from '../../../src/reconcile/run/open-infra.ts';
import { reconcile } from '../../../src/reconcile/run/reconcile.ts';

const [file = '', root = '', fatal = ''] = process.argv.slice(2);
const say = (line: string): void => {
  if (fatal !== '' && line.startsWith(fatal)) process.kill(process.pid, 'SIGKILL');
  process.stdout.write(`${line}\n`);
};
const opened = await openInfra({ file, shownAs: 'infra.yaml', root, env: {}, say });
if (!opened.ok) throw new Error(JSON.stringify(opened.problems));
const { exit, data, problems } = await reconcile(opened.infra, []);
process.stdout.write(`${JSON.stringify({ exit, outcome: data.apps[0]?.outcome, why: data.apps[0]?.why, problems })}\n`);
process.exitCode = exit;
