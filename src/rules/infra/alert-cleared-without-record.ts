import type { Entry } from '../../contract/schema/entry.ts';
import { defineRule } from '../engine/rule.ts';

const openAlert = /^machine-docs\/alerts\/([^/]+)\.json$/u;

/** Alerts whose file a change took away: not moved to `closed/`, not back since, and in no entry. */
export const alertClearedWithoutRecord = defineRule({
  id: 'alert-cleared-without-record',
  inputs: ['changes', 'linked'],
  *check({ changes, linked }) {
    const known = new Set(linked.entries.flatMap((entry) => (entry.kind === 'alert' ? [entry.id.slice('alert:'.length)] : mentionedAlerts(entry))));
    for (const { commit, files } of changes) {
      for (const { path, gone } of files) {
        const stem = openAlert.exec(path)?.[1];
        if (!gone || stem === undefined || known.has(stem) || files.some((other) => other.from === path && !other.gone)) continue;
        yield { found: `deletion of the alert ${stem}`, expected: 'its file below alerts/closed/, or an entry that tells what it was', place: { path, line: 1, ...(commit === null ? {} : { rev: `${commit}^` }) }, commit, key: stem };
      }
    }
  },
});

function mentionedAlerts({ refs }: Entry): string[] {
  return refs.flatMap(({ type, value }) => (type === 'alert' ? [value.replace(/^alert:/u, '')] : []));
}
