import type { Deployed, Saw } from '../loop/types.ts';

/** The way to one service, whatever runs it. Neither function rejects for a fault of the service or of its engine. */
export interface DriverHandle {
  /** What runs now; changes nothing. */
  look(): Promise<Saw>;
  /** Hands `version` over and waits until the engine says that it took or failed; whether it is healthy is the gate's business. */
  deploy(version: string): Promise<Deployed>;
}
