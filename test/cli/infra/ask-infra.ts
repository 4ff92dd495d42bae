import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Diagnostic } from '../../../src/contract/schema/envelope.ts';
import type { Alert, AppReport, Order, StateChangeData } from '../../../src/reconcile/index.ts';
import type { Stage } from '../../reconcile/run/stage.ts';
import { runDocket } from '../../support/run-docket.ts';

export interface InfraAnswer {
  exit: number;
  ok: boolean;
  command: string;
  data: { apps: (AppReport & StateChangeData['apps'][number])[]; open: Alert[]; closed: Alert[]; alert: Alert; evidence: string; diff: string } & Order & { waits_for: string[]; waited_on_by: string[]; drawing: string };
  diagnostics: Diagnostic[];
  next: string[];
}

/** Runs `docket infra …` in a folder and gives the envelope with the exit code. */
export async function askInfra(dir: string, ...args: string[]): Promise<InfraAnswer> {
  const { exit, stdout, stderr } = await runDocket(['infra', ...args, '--json'], dir);
  try {
    return { exit, ...JSON.parse(stdout) };
  } catch {
    throw new Error(`docket infra ${args.join(' ')} exited ${exit} without an envelope\n${stdout}${stderr}`);
  }
}

/** As `askInfra`, for a stage whose specification has these apps; it lies outside of any repository. */
export async function askStage(stage: Stage, apps: string, ...args: string[]): Promise<InfraAnswer> {
  await writeFile(join(stage.folder, 'infra.yaml'), `version: 1\nstate_dir: state\napps:\n${apps}`);
  return askInfra(stage.folder, ...args, '--spec', 'infra.yaml');
}
