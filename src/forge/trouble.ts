/** Why a forge gave no answer that can be believed. Nothing of it holds the token. */
export class ForgeTrouble extends Error {
  /** One command or sentence that mends it; null where there is nothing to do but to ask again later. */
  readonly next: string | null;
  /** What the forge answered with; null where it did not answer. */
  readonly status: number | null;

  constructor(message: string, { next = null, status = null }: { next?: string | null; status?: number | null } = {}) {
    super(message);
    this.name = 'ForgeTrouble';
    this.next = next;
    this.status = status;
  }
}
