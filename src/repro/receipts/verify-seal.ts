import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';

/** What signs a receipt: the namespace keeps a signature that was made for something else from counting here. */
export const sealNamespace = 'docket-receipt';

/** A seal that was looked at: whose key, and whether it signs this very receipt. */
export interface Seal {
  /** `SHA256:…`, as `ssh-keygen -l` prints it. */
  key: string;
  valid: boolean;
}

/**
 * Checks an SSH signature (the base64 of an `SSHSIG`, as `ssh-keygen -Y sign` makes it) of a receipt's digest. Null for what is no such signature, or
 * of a kind of key that is not known here. Says nothing about who holds the key.
 */
export function verifySeal(seal: string, sum: string): Seal | null {
  try {
    const read = openReader(Buffer.from(seal, 'base64'));
    if (read.bytes(6).toString('latin1') !== 'SSHSIG' || read.number() !== 1) return null;
    const [key, namespace, reserved, algorithm, signature] = [read.string(), read.string(), read.string(), read.string(), read.string()];
    const hash = algorithm.toString('latin1');
    if (hash !== 'sha256' && hash !== 'sha512') return null;
    const digest = createHash(hash).update(sum).digest();
    const signed = Buffer.concat([Buffer.from('SSHSIG'), ...[namespace, reserved, algorithm, digest].flatMap((part) => [lengthOf(part), part])]);
    const valid = namespace.toString('utf8') === sealNamespace && check(key, signature, signed);
    return { key: `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`, valid };
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError || (error instanceof Error && 'code' in error)) return null;
    throw error;
  }
}

function check(key: Buffer, signature: Buffer, signed: Buffer): boolean {
  const read = openReader(signature);
  const [type, blob] = [read.string().toString('latin1'), read.string()];
  const { object, kind } = readKey(key);
  if (type === 'ssh-ed25519' && kind === 'ssh-ed25519') return verify(null, signed, object, blob);
  // `ssh-rsa` alone would be SHA-1, which proves nothing any more.
  if ((type === 'rsa-sha2-256' || type === 'rsa-sha2-512') && kind === 'ssh-rsa') return verify(`sha${type.slice(-3)}`, signed, object, blob);
  const size = curves[type]?.bytes;
  if (size === undefined || kind !== type) return false;
  const parts = openReader(blob);
  return verify(curves[type]?.hash ?? null, signed, { key: object, dsaEncoding: 'ieee-p1363' }, Buffer.concat([padded(parts.string(), size), padded(parts.string(), size)]));
}

const curves: Readonly<Record<string, { name: string; bytes: number; hash: string }>> = {
  'ecdsa-sha2-nistp256': { name: 'P-256', bytes: 32, hash: 'sha256' }, 'ecdsa-sha2-nistp384': { name: 'P-384', bytes: 48, hash: 'sha384' }, 'ecdsa-sha2-nistp521': { name: 'P-521', bytes: 66, hash: 'sha512' },
};

function readKey(blob: Buffer): { object: KeyObject; kind: string } {
  const read = openReader(blob);
  const kind = read.string().toString('latin1');
  const url = (bytes: Buffer): string => bytes.toString('base64url');
  if (kind === 'ssh-ed25519') return { kind, object: createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: url(read.string()) } }) };
  if (kind === 'ssh-rsa') {
    const [e, n] = [read.string(), read.string()];
    return { kind, object: createPublicKey({ format: 'jwk', key: { kty: 'RSA', e: url(withoutSign(e)), n: url(withoutSign(n)) } }) };
  }
  const curve = curves[kind];
  if (curve === undefined) throw new TypeError(`unknown kind of key: ${kind}`);
  read.string();
  const point = read.string().subarray(1);
  return { kind, object: createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: curve.name, x: url(point.subarray(0, curve.bytes)), y: url(point.subarray(curve.bytes)) } }) };
}

/** SSH writes numbers with a leading zero byte where they would look negative. */
function withoutSign(bytes: Buffer): Buffer {
  return bytes[0] === 0 ? bytes.subarray(1) : bytes;
}

function padded(number: Buffer, size: number): Buffer {
  const bare = withoutSign(number);
  if (bare.length > size) throw new RangeError('a number that is too long');
  return Buffer.concat([Buffer.alloc(size - bare.length), bare]);
}

function lengthOf(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return length;
}

interface Reader {
  bytes(length: number): Buffer;
  number(): number;
  string(): Buffer;
}

/** Reads the wire form of SSH; throws RangeError where it ends too early. */
function openReader(data: Buffer): Reader {
  let at = 0;
  const bytes = (length: number): Buffer => {
    if (at + length > data.length) throw new RangeError('it ends too early');
    at += length;
    return data.subarray(at - length, at);
  };
  const number = (): number => bytes(4).readUInt32BE();
  return { bytes, number, string: () => bytes(number()) };
}
