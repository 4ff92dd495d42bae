import { z } from 'zod';
import { briefSchema, checkSchema, consumedSchema, describeSchema, explainSchema, inboxSchema, initSchema, installAgentsSchema, listSchema, reportSchema, searchSchema, showSchema, traceSchema, whySchema, writtenSchema } from './answers.ts';
import { ciStatusSchema } from './ci.ts';
import { documentSchema } from './document.ts';
import { entrySchema } from './entry.ts';
import { diagnosticSchema, envelopeSchema } from './envelope.ts';
import { attestSchema, consentsSchema, gateSchema, lintSchema, recordPlanSchema, recordSchema, replayAnswerSchema, replayPlanSchema } from './evidence.ts';
import { handOffSchema } from './hand-off.ts';
import { infraAlertsSchema, infraAppsSchema, infraOrderSchema, infraStateSchema } from './infra.ts';
import { statusSchema } from './status.ts';

const sources = {
  envelope: envelopeSchema,
  diagnostic: diagnosticSchema,
  entry: entrySchema,
  document: documentSchema,
  status: statusSchema,
  list: listSchema,
  show: showSchema,
  trace: traceSchema,
  why: whySchema,
  search: searchSchema,
  brief: briefSchema,
  report: reportSchema,
  check: checkSchema,
  explain: explainSchema,
  describe: describeSchema,
  init: initSchema,
  'install-agents': installAgentsSchema,
  written: writtenSchema,
  'inbox-list': inboxSchema,
  'inbox-consume': consumedSchema,
  gate: gateSchema,
  'ci-status': ciStatusSchema,
  'repro-lint': lintSchema,
  record: recordSchema,
  'record-plan': recordPlanSchema,
  replay: replayAnswerSchema,
  'replay-plan': replayPlanSchema,
  attest: attestSchema,
  consents: consentsSchema,
  watch: handOffSchema,
  'infra-order': infraOrderSchema,
  'infra-apps': infraAppsSchema,
  'infra-alerts': infraAlertsSchema,
  'infra-state': infraStateSchema,
};

/** The published JSON Schemas by name, generated from the one source in code: what `docket/schema/*` exports. */
export function allSchemas(): Record<string, object> {
  return Object.fromEntries(Object.entries(sources).map(([name, schema]) => [name, { $id: `docket/schema/${name}.json`, ...z.toJSONSchema(schema) }]));
}
