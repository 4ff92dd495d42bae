/** What a stream printed, of which only so much is kept. */
export interface Collected {
  bytes: Buffer;
  /** All that was printed, kept or not. */
  total: number;
  truncated: boolean;
}

/** Outputs over this many bytes keep their head and their tail, half each. */
const mostBytes = 1024 * 1024;
const half = mostBytes / 2;

export interface OutputCollector {
  add(chunk: Buffer): void;
  end(): Collected;
}

/** Collects a stream in bounded memory. What is left out is marked in its place; the cut falls between lines where there are any near it. */
export function collectOutput(): OutputCollector {
  const head: Buffer[] = [];
  let headBytes = 0;
  let tail: Buffer[] = [];
  let tailBytes = 0;
  let total = 0;
  const keepTail = (chunk: Buffer): void => {
    tail.push(chunk);
    tailBytes += chunk.length;
    // Joined only when twice as much has come in, so that many small chunks cost no more than few large ones.
    if (tailBytes < 2 * half) return;
    const kept = Buffer.concat(tail).subarray(-half);
    tail = [Buffer.from(kept)];
    tailBytes = kept.length;
  };
  return {
    add(chunk) {
      total += chunk.length;
      const room = half - headBytes;
      if (room > 0) {
        head.push(chunk.subarray(0, room));
        headBytes += Math.min(room, chunk.length);
      }
      if (chunk.length > room) keepTail(chunk.subarray(Math.max(room, 0)));
    },
    end() {
      const first = Buffer.concat(head);
      const last = Buffer.concat(tail);
      if (total <= mostBytes) return { bytes: Buffer.concat([first, last]), total, truncated: false };
      const [start, finish] = [endOnLine(first), beginOnLine(last.subarray(-half))];
      const left = total - start.length - finish.length;
      return { bytes: Buffer.concat([start, Buffer.from(`[docket: ${left} bytes left out]\n`), finish]), total, truncated: true };
    },
  };
}

const newline = 10;
/** A cut through a longer line may go through a secret: so much of it is given up on both sides. */
const margin = 65_536;

function endOnLine(bytes: Buffer): Buffer {
  const at = bytes.lastIndexOf(newline);
  return at >= bytes.length - margin ? bytes.subarray(0, at + 1) : Buffer.concat([bytes.subarray(0, Math.max(0, bytes.length - margin)), Buffer.from('\n')]);
}

function beginOnLine(bytes: Buffer): Buffer {
  const at = bytes.indexOf(newline);
  return bytes.subarray(at >= 0 && at < margin ? at + 1 : Math.min(margin, bytes.length));
}
