import { Ajv2020 } from 'ajv/dist/2020.js';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Diagnostic } from '../../../src/contract/schema/envelope.ts';
import { allSchemas } from '../../../src/contract/schema/write-schemas.ts';
import type { Alert, AppReport, Order, StateChangeData } from '../../../src/reconcile/index.ts';
import type { Stage } from '../../reconcile/run/stage.ts';
import { runDocket } from '../../support/run-docket.ts';

export interface InfraAnswer {
  exit: number;
  ok: boolean;
  command: string;
  data: { apps: (AppReport & StateChangeData['apps'][number])[]; open: Alert[]; closed: Alert[]; alert: Alert; evidence: string; diff: string; journal: { entry: string; path: string; diff: string } | null } & Order & { waits_for: string[]; waited_on_by: string[]; drawing: string };
  diagnostics: Diagnostic[];
  next: string[];
}

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
const schemas = allSchemas();

/** Runs `docket infra …` in a folder and gives the envelope with the exit code, when it is as its schemas say and stands alone. */
export async function askInfra(dir: string, ...args: string[]): Promise<InfraAnswer> {
  const { exit, stdout, stderr } = await runDocket(['infra', ...args, '--json'], dir);
  let envelope: Omit<InfraAnswer, 'exit'>;
  try {
    envelope = JSON.parse(stdout);
  } catch {
    throw new Error(`docket infra ${args.join(' ')} exited ${exit} without an envelope\n${stdout}${stderr}`);
  }
  if (stderr !== '') throw new Error(`docket infra ${args.join(' ')} said on stderr: ${stderr}`);
  insist('envelope', envelope);
  const name = envelope.command.split(' ')[1] ?? '';
  // Exit 2 before anything was opened has no data at all.
  if (Object.keys(envelope.data).length > 0) insist(`infra-${['check', 'reconcile', 'controls'].includes(name) ? 'apps' : name}`, envelope.data);
  return { exit, ...envelope };
}

function insist(name: string, value: unknown): void {
  const validate = ajv.getSchema(`docket/schema/${name}.json`) ?? ajv.compile(schemas[name] ?? {});
  if (validate(value) !== true) throw new Error(`not as ${name}: ${JSON.stringify(validate.errors)}\n${JSON.stringify(value)}`);
}

/** As `askInfra`, for a stage whose specification has these apps; it lies outside of any repository. */
export async function askStage(stage: Stage, apps: string, ...args: string[]): Promise<InfraAnswer> {
  await writeFile(join(stage.folder, 'infra.yaml'), `version: 1\nstate_dir: state\napps:\n${apps}`);
  return askInfra(stage.folder, ...args, '--spec', 'infra.yaml');
}
