/** Runs the reconciler inside the machine, as its unit would: the specification's path and the state folder come as arguments. */
import { openInfra } from '../../../src/reconcile/run/open-infra.ts';
import { reconcile } from '../../../src/reconcile/run/reconcile.ts';

const [file = '', root = ''] = process.argv.slice(2);
const opened = await openInfra({ file, shownAs: file, root, env: {}, say: (line) => process.stderr.write(`${line}\n`) });
if (!opened.ok) throw new Error(JSON.stringify(opened.problems));
const { exit, data } = await reconcile(opened.infra, ['proxy']);
process.stderr.write(`${JSON.stringify({ exit, outcome: data.apps[0]?.outcome, why: data.apps[0]?.why })}\n`);
process.exit(exit);
