/** Writes numbers and texts into as few bytes as they need. */
export class ByteWriter {
  private bytes: Buffer = Buffer.allocUnsafe(1024);
  private length = 0;

  get size(): number {
    return this.length;
  }

  /** A whole number from 0 on, seven bits a byte (LEB128). */
  number(value: number): void {
    this.reserve(8);
    let rest = value;
    while (rest >= 0x80) {
      this.bytes[this.length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.bytes[this.length++] = rest;
  }

  /** A whole number of either sign. */
  signed(value: number): void {
    this.number(value < 0 ? -2 * value - 1 : 2 * value);
  }

  raw(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  block(bytes: Uint8Array): void {
    this.number(bytes.length);
    this.raw(bytes);
  }

  text(text: string): void {
    this.block(Buffer.from(text, 'utf8'));
  }

  /** An object's id; null is empty. */
  id(id: string | null): void {
    this.block(Buffer.from(id ?? '', 'hex'));
  }

  finish(): Buffer {
    return this.bytes.subarray(0, this.length);
  }

  private reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.length + count));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }
}

/** Reads what a `ByteWriter` wrote. Beyond the end there are zeros and empty texts: checksums, not readers, find damage. */
export class ByteReader {
  private readonly bytes: Buffer;
  private at: number;

  constructor(bytes: Buffer, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  get position(): number {
    return this.at;
  }

  number(): number {
    let value = 0;
    let weight = 1;
    for (;;) {
      const byte = this.bytes[this.at++] ?? 0;
      value += (byte & 0x7f) * weight;
      if (byte < 0x80) return value;
      weight *= 0x80;
    }
  }

  signed(): number {
    const value = this.number();
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
  }

  raw(count: number): Buffer {
    const from = this.at;
    this.at += count;
    return this.bytes.subarray(from, this.at);
  }

  block(): Buffer {
    return this.raw(this.number());
  }

  text(): string {
    return this.block().toString('utf8');
  }

  id(): string | null {
    const id = this.block();
    return id.length === 0 ? null : id.toString('hex');
  }
}
