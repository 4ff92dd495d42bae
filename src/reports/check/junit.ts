import { escapeControls } from '../safe-text.ts';
import { whereOf, type CheckReport, type ReportedFinding, type ReportedRule } from './check-report.ts';

/** JUnit XML: one test case for each rule; errors are failures, what is less goes to the output of its case. */
export function renderJunit({ findings, checked }: CheckReport, rules: readonly ReportedRule[]): string {
  const ofRule = (id: string): ReportedFinding[] => findings.filter(({ rule }) => rule === id);
  const cases = rules.map((rule) => renderCase(rule, ofRule(rule.id)));
  const failures = rules.filter(({ id }) => ofRule(id).some(isError)).length;
  const name = `docket check ${checked.mode}`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="docket" tests="${rules.length}" failures="${failures}" errors="0">
  <testsuite name="${attribute(name)}" tests="${rules.length}" failures="${failures}" errors="0" skipped="0">
${cases.join('')}  </testsuite>
</testsuites>
`;
}

function isError({ level }: ReportedFinding): boolean {
  return level === 'error';
}

function renderCase({ id }: ReportedRule, findings: readonly ReportedFinding[]): string {
  const head = `    <testcase classname="docket" name="${attribute(id)}"`;
  if (findings.length === 0) return `${head}/>\n`;
  const failures = findings.filter(isError).map((finding) => `      <failure type="${attribute(id)}" message="${attribute(finding.message)}">${text(lineOf(finding))}</failure>\n`);
  const others = findings.filter((finding) => !isError(finding));
  const output = others.length === 0 ? '' : `      <system-out>${text(others.map((finding) => `${finding.level}: ${lineOf(finding)}`).join('\n'))}</system-out>\n`;
  return `${head}>\n${failures.join('')}${output}    </testcase>\n`;
}

function lineOf({ message, place, commit, next }: ReportedFinding): string {
  return `${whereOf(place, commit)}: ${message}${next === null ? '' : `\n${next}`}`;
}

/** XML 1.0 knows no control characters, not even escaped; two code points are none at all. */
function text(value: string): string {
  return escapeControls(value).replace(/\p{Surrogate}|[\ufffe\uffff]/gu, '\ufffd').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function attribute(value: string): string {
  return text(value).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
}
