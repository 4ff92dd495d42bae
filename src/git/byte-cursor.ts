/** What `peek` says when there is no byte: more may come, or nothing will. */
export const needsMore = -2;
export const atEnd = -1;

/**
 * Reads a stream of bytes piece by piece: `push` adds what arrived, the readers give null while a piece is not complete.
 * A generator that yields on null can so parse a stream as if it were all there.
 */
export class ByteCursor {
  private bytes: Buffer = Buffer.alloc(0);
  private at = 0;
  /** How far the piece that is looked for has been searched already. */
  private searched = 0;
  private ended = false;

  push(chunk: Buffer): void {
    const rest = this.bytes.length - this.at;
    this.bytes = rest === 0 ? chunk : Buffer.concat([this.bytes.subarray(this.at), chunk]);
    this.searched = Math.max(0, this.searched - this.at);
    this.at = 0;
  }

  end(): void {
    this.ended = true;
  }

  /** The next byte, not consumed. */
  peek(): number {
    return this.bytes[this.at] ?? (this.ended ? atEnd : needsMore);
  }

  /** Does this text come next? Null while that is open. */
  startsWith(text: string): boolean | null {
    const there = this.bytes.toString('latin1', this.at, this.at + text.length);
    if (there.length === text.length || this.ended) return there === text;
    return text.startsWith(there) ? null : false;
  }

  skip(count: number): void {
    this.at += count;
  }

  /** As many whole lines as are there, up to `count`, their ends included, consumed; at the end of the stream a last one may have no end. */
  lines(count: number): { bytes: Buffer; count: number } {
    let end = this.at;
    let taken = 0;
    for (; taken < count; taken++) {
      const found = this.bytes.indexOf(10, Math.max(end, this.searched));
      if (found >= 0) end = found + 1;
      else if (this.ended && end < this.bytes.length) end = this.bytes.length;
      else break;
    }
    if (taken < count) this.searched = this.bytes.length;
    const bytes = this.bytes.subarray(this.at, end);
    this.at = end;
    return { bytes, count: taken };
  }

  /** What stands before the next `byte`, both consumed; at the end of the stream the rest. */
  until(byte: number): Buffer | null {
    const found = this.bytes.indexOf(byte, Math.max(this.at, this.searched));
    if (found < 0) {
      this.searched = this.bytes.length;
      if (!this.ended) return null;
    }
    const piece = this.bytes.subarray(this.at, found < 0 ? this.bytes.length : found);
    this.at = found < 0 ? this.bytes.length : found + 1;
    return piece;
  }
}
