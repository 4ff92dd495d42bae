/** Time as the reconciler sees it. Every wait and every deadline goes through this value, so that a test can hold the clock
 *  in its hand, and so that a wall clock that steps back cannot stretch or cut a deadline. */
export interface Clock {
  /** Milliseconds on a clock that never steps back; only differences mean anything. */
  monotonic(): number;
  /** Civil time, for stamps and certificate dates only; never for a deadline. */
  wall(): Date;
  /** Calls `run` once after `ms` milliseconds; the returned function calls it off. */
  after(ms: number, run: () => void): () => void;
}

export const systemClock: Clock = {
  monotonic: () => performance.now(),
  wall: () => new Date(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** Resolves after `ms` milliseconds of `clock`, or at once when `signal` is aborted. */
export function sleep(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const cancel = clock.after(ms, finish);
    function finish(): void {
      signal?.removeEventListener('abort', finish);
      cancel();
      resolve();
    }
    signal?.addEventListener('abort', finish, { once: true });
  });
}
