import type { Level } from '../../contract/schema/envelope.ts';

/** Where the configuration stands in a repository. */
export const configPath = 'machine-docs/docket.yaml';

/** How well a claim must be proven, from weak to strong. */
export type EvidenceLevel = 'claimed' | 'recorded' | 'replayed' | 'attested';

export interface RuleSetting {
  level: Level | 'off' | null;
  options: Record<string, unknown>;
}

/** What `machine-docs/docket.yaml` says, with the defaults filled in. */
export interface Config {
  /** Name of the ref on which work has landed; null: `origin/HEAD`, else the current branch. */
  landing: string | null;
  /** Order of the phases; those not named come after, by their first commit. */
  phases: string[];
  defaultPhase: string;
  /** How long a PASS counts, in seconds. */
  freshness: number;
  evidence: {
    claim: EvidenceLevel;
    done: EvidenceLevel;
    gates: Record<string, EvidenceLevel>;
    /** Fingerprints of SSH keys (`SHA256:…`): where there are any, a recording counts only with the seal of one of them. */
    seals: string[];
  };
  /** Authors (`name`, `mail` or `name <mail>`) or subject prefixes of each side. */
  roles: { builder: string[]; adversary: string[]; operator: string[] };
  /** Path or file name → the name of a known kind that it stands for. */
  documents: Record<string, string>;
  rules: Record<string, RuleSetting>;
  redactions: Record<string, string>;
  /** Globs of the files that reproductions depend on; empty: everything but the documents. */
  inputs: string[];
  /** Commands (argv) that make a fresh clone ready. */
  prepare: string[][];
  deferred: { sections: 'keep' | 'move' };
  ci: {
    /** What the forge is; null: the network is never used. */
    forge: 'gitea' | 'forgejo' | 'github' | null;
    /** The page of the repository, or the forge alone: then a remote says which repository it is. */
    url: string | null;
    /** Names of the builds that have to be green for DONE; all that the forge has; none. */
    required: string[] | 'all';
    /** Fingerprints of SSH keys that only the build has: a receipt of `attest` that one of them seals counts as attested. */
    seals: string[];
  };
  /** False where there is no configuration: rules about evidence are then no more than warnings. */
  present: boolean;
}

export const defaultConfig: Config = {
  landing: null,
  phases: [],
  defaultPhase: '-',
  freshness: 24 * 3600,
  evidence: { claim: 'recorded', done: 'replayed', gates: {}, seals: [] },
  roles: { builder: [], adversary: [], operator: [] },
  documents: {},
  rules: {},
  redactions: {},
  inputs: [],
  prepare: [],
  deferred: { sections: 'keep' },
  ci: { forge: null, url: null, required: [], seals: [] },
  present: false,
};
