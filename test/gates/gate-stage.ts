import { receiptSum } from '../../src/repro/receipts/digests.ts';
import { journalPath, makeStage, proof, type Stage } from '../runner/stage.ts';

/** A stage with a recording of kite/M3 that is proven and committed. */
export interface GateStage extends Stage {
  /** Makes everything as it was after the recording. */
  restore(): void;
  gate(...options: string[]): Promise<GateAnswer>;
  /** Commits an edited journal. */
  edit(change: (journal: string) => string): void;
}

export async function makeGateStage(): Promise<GateStage> {
  const stage = makeStage();
  const { data } = await stage.ask('record', 'gauge', ...proof(stage));
  if (data.verdict !== 'proven') throw new Error(`the recording is ${String(data.verdict)}`);
  const recorded = stage.commit('journal(kite): gauge recorded', '2026-03-02T12:00:00Z');
  return {
    ...stage,
    restore() {
      stage.git('checkout', '-q', '-f', 'main');
      stage.git('reset', '-q', '--hard', recorded);
      stage.git('clean', '-qfd');
    },
    async gate(...options) {
      const { exit, stdout } = await stage.run('gate', 'kite/M3', ...options, '--json');
      const { data, diagnostics, next } = JSON.parse(stdout);
      const evidence: { level: string; verdict: string; freshness: string }[] = data.evidence ?? [];
      const errors: { level: string; rule: string }[] = diagnostics.filter(({ level }: { level: string }) => level === 'error');
      return { exit, allowed: data.allowed, missing: data.missing, states: evidence.map(({ level, verdict, freshness }) => `${level} ${verdict} ${freshness}`), rules: errors.map(({ rule }) => rule), next };
    },
    edit(change) {
      const before = stage.journal();
      const after = change(before);
      if (after === before) throw new Error('the journal was not changed');
      stage.write(journalPath, after);
      stage.commit('journal(kite): edited', '2026-03-02T13:00:00Z');
    },
  };
}

export interface GateAnswer {
  exit: number;
  allowed: boolean;
  missing: string[];
  /** Level, verdict and freshness of each reproduction. */
  states: string[];
  rules: string[];
  next: string[];
}

// oxlint-disable-next-line typescript/no-explicit-any
export type Receipt = any;

/** The journal with its receipt changed; `sum` says whether its digest is made to fit. */
export function editReceipt(journal: string, change: (receipt: Receipt) => void, sum: 'kept' | 'fits'): string {
  return journal.replace(/(<!-- docket-receipt v1 )(\{.*\})( -->)/, (_, open: string, json: string, close: string) => {
    const receipt: Receipt = JSON.parse(json);
    change(receipt);
    if (sum === 'fits') receipt.sum = receiptSum(receipt);
    return `${open}${JSON.stringify(receipt)}${close}`;
  });
}
