import { readTemplate } from './read-template.ts';

export interface NewFile {
  /** Relative to the repository's root. */
  path: string;
  text: string;
}

const sharedFiles = ['DECISIONS.md', 'DEFERRED.md', 'docket.yaml'];
const phaseFiles = ['STATUS-PHASE.md', 'JOURNAL-PHASE.md', 'BACKLOG-PHASE.md', 'REVIEW-PHASE.md'];

/** The files of a new docket, and those of each phase, from the templates. */
export function planScaffold(phases: readonly string[]): NewFile[] {
  return [...sharedFiles.map((name) => ({ path: `machine-docs/${name}`, text: readTemplate(`machine-docs/${name}`) })), ...phases.flatMap(planPhase)];
}

/** The four files of one phase. */
function planPhase(phase: string): NewFile[] {
  return phaseFiles.map((name) => ({
    path: `machine-docs/${name.replace('PHASE', phase)}`,
    text: readTemplate(`machine-docs/${name}`).replaceAll('{{phase}}', phase),
  }));
}
