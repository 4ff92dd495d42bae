import type { Level } from '../../contract/schema/envelope.ts';
import { version } from '../../contract/version.ts';
import { toSafeJson } from '../safe-text.ts';
import type { CheckReport, ReportedFinding, ReportedRule } from './check-report.ts';

const levels: Record<Level, string> = { error: 'error', warning: 'warning', info: 'note' };

/** SARIF 2.1.0. Only rules that found something are described; the fingerprints stay while lines move. */
export function renderSarif({ findings, checked }: CheckReport, rules: readonly ReportedRule[]): string {
  const named = new Set(findings.map(({ rule }) => rule));
  const described = rules.filter(({ id }) => named.has(id));
  const index = new Map(described.map(({ id }, at) => [id, at]));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'docket', semanticVersion: version, rules: described.map(describeRule) } },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { ROOT: { description: { text: 'the root of the repository' } } },
        results: findings.map((finding) => toResult(finding, index)),
        properties: { mode: checked.mode, ...(checked.revision === null ? {} : { revision: checked.revision }) },
      },
    ],
  };
  return `${toSafeJson(log)}\n`;
}

function describeRule({ id, level, title, why, nextStep }: ReportedRule): object {
  return { id, shortDescription: { text: `${title}.` }, fullDescription: { text: why }, help: { text: nextStep }, defaultConfiguration: { level: levels[level] } };
}

function toResult({ rule, level, message, place, related, entry, commit, next, fingerprint }: ReportedFinding, index: ReadonlyMap<string, number>): object {
  const at = index.get(rule);
  return {
    ruleId: rule,
    ...(at === undefined ? {} : { ruleIndex: at }),
    level: levels[level],
    message: { text: `${message}.${next === null ? '' : ` ${next}`}` },
    locations: place === null ? [] : [toLocation(place, null)],
    ...(related.length === 0 ? {} : { relatedLocations: related.map(({ message: told, place: where }) => toLocation(where, told)) }),
    partialFingerprints: { 'docket/v1': fingerprint },
    properties: { ...(entry === null ? {} : { entry }), ...(commit === null ? {} : { commit }), ...(place?.rev ? { revision: place.rev } : {}) },
  };
}

function toLocation({ path, line, column, endLine }: NonNullable<ReportedFinding['place']>, message: string | null): object {
  return {
    physicalLocation: {
      artifactLocation: { uri: toUri(path), uriBaseId: 'ROOT' },
      region: { startLine: line, ...(column === undefined ? {} : { startColumn: column }), ...(endLine === undefined ? {} : { endLine }) },
    },
    ...(message === null ? {} : { message: { text: message } }),
  };
}

/** A path as a URI has it: a byte that is not UTF-8, which stands as `\xNN` in it, is that byte. */
function toUri(path: string): string {
  return path.split(/\\x([0-9a-f]{2})/u).map((part, index) => (index % 2 === 1 ? `%${part.toUpperCase()}` : part.split('/').map(encodeURIComponent).join('/'))).join('');
}
