import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CiName } from './ci-names.ts';
import type { NewFile } from './plan-scaffold.ts';
import { readTemplate } from './read-template.ts';

/** Where its pipeline belongs; `beside` is where it goes when one file holds all pipelines and is there already; `hides` is what is no longer read once it is there. */
const places: Readonly<Record<CiName, { path: string; beside?: { path: string; how: string }; hides?: { unless: string; what: string[] } }>> = {
  github: { path: '.github/workflows/docket.yml' },
  gitea: { path: '.gitea/workflows/docket.yml', hides: { unless: '.gitea/workflows', what: ['.github/workflows'] } },
  forgejo: { path: '.forgejo/workflows/docket.yml', hides: { unless: '.forgejo/workflows', what: ['.gitea/workflows', '.github/workflows'] } },
  woodpecker: { path: '.woodpecker/docket.yml', hides: { unless: '.woodpecker', what: ['.woodpecker.yml', '.woodpecker.yaml'] } },
  drone: { path: '.drone.yml', beside: { path: '.drone.docket.yml', how: 'cat .drone.docket.yml >> .drone.yml' } },
  gitlab: { path: '.gitlab-ci.yml', beside: { path: '.gitlab/docket.gitlab-ci.yml', how: "Write `include: {local: '/.gitlab/docket.gitlab-ci.yml'}` into .gitlab-ci.yml." } },
};

/** The pipeline for one system, and what a person has to do besides. */
export interface CiPlan {
  file: NewFile;
  /** Commands and sentences; none where the file is all. */
  notes: string[];
}

/**
 * Where the pipeline goes in this working tree. A file that holds the pipelines of others stays as it is: ours is written beside it, with a word on how they come
 * together. One that judges by docket already is taken for it.
 */
export function planCi(root: string, name: CiName): CiPlan {
  const { path, beside, hides } = places[name];
  const text = readTemplate(`ci/${name}.yml`);
  const taken = beside !== undefined && existsSync(join(root, path)) && !mentionsDocket(join(root, path));
  const hidden = hides === undefined || existsSync(join(root, hides.unless)) ? [] : hides.what.filter((each) => existsSync(join(root, each)));
  const notes = [
    ...(taken ? [beside.how] : []),
    ...hidden.map((each) => `${name} reads ${hides?.unless ?? ''} alone once it is there: move what ${each} holds into it.`),
  ];
  return { file: { path: taken ? beside.path : path, text }, notes };
}

function mentionsDocket(path: string): boolean {
  try {
    return /\bdocket check\b|docket\.gitlab-ci\.yml/u.test(readFileSync(path, 'utf8'));
  } catch {
    return false;
  }
}
