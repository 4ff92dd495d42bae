const size = 1024;

/** The pairs of neighbouring characters of one short line (fewer than `size` of them), for comparing it with many others. */
export class PairTable {
  private line: string | null = null;
  private readonly codes = new Uint32Array(size);
  private readonly counts = new Int16Array(size);
  /** A slot is in use when it was filled in this round, so that nothing need be cleared. */
  private readonly rounds = new Uint32Array(size);
  private round = 0;
  private readonly taken = new Int16Array(size);

  /** How many pairs two lines have in common, each as often as both have it. */
  countCommon(line: string, other: string): number {
    if (this.line !== line) this.fill(line);
    let common = 0;
    for (let at = 0; at + 1 < other.length; at++) {
      const slot = this.slotOf(codeAt(other, at));
      if (this.rounds[slot] !== this.round || (this.counts[slot] ?? 0) <= 0) continue;
      this.counts[slot] = (this.counts[slot] ?? 0) - 1;
      this.taken[common++] = slot;
    }
    for (let index = 0; index < common; index++) {
      const slot = this.taken[index] ?? 0;
      this.counts[slot] = (this.counts[slot] ?? 0) + 1;
    }
    return common;
  }

  private fill(line: string): void {
    this.line = line;
    this.round++;
    for (let at = 0; at + 1 < line.length; at++) {
      const code = codeAt(line, at);
      const slot = this.slotOf(code);
      if (this.rounds[slot] !== this.round) this.counts[slot] = 0;
      this.rounds[slot] = this.round;
      this.codes[slot] = code;
      this.counts[slot] = (this.counts[slot] ?? 0) + 1;
    }
  }

  /** The slot that holds this code, or the free one where it would go. */
  private slotOf(code: number): number {
    let slot = (Math.imul(code, 0x9e3779b1) >>> 22) % size;
    while (this.rounds[slot] === this.round && this.codes[slot] !== code) slot = (slot + 1) % size;
    return slot;
  }
}

function codeAt(line: string, at: number): number {
  return ((line.charCodeAt(at) << 16) | line.charCodeAt(at + 1)) >>> 0;
}
