import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

export interface Certificate {
  /** PEM. */
  cert: string;
  /** PEM, PKCS #8. */
  key: string;
}

export interface CertificateWish {
  /** DNS names it is for; the first is the subject as well. */
  names: readonly [string, ...string[]];
  notBefore: Date;
  notAfter: Date;
}

/** Makes a certificate that signs itself (X.509 v3, P-256), for a server that lives as long as a control or a test. Node can
 *  read certificates but not write them; these are the few parts of DER (X.690, RFC 5280 section 4.1) that one needs. */
export function makeSelfSigned({ names, notBefore, notAfter }: CertificateWish): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = sequence(set(sequence(oid(COMMON_NAME), tagged(0x0c, Buffer.from(names[0])))));
  const alternatives = sequence(...names.map((dns) => tagged(0x82, Buffer.from(dns))));
  const extension = sequence(oid(SUBJECT_ALT_NAME), tagged(0x04, alternatives));
  const body = sequence(
    tagged(0xa0, integer(Buffer.of(2))),
    integer(Buffer.concat([Buffer.of(1), randomBytes(8)])),
    algorithm(),
    name,
    sequence(time(notBefore), time(notAfter)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(extension)),
  );
  const whole = sequence(body, algorithm(), bits(sign('sha256', body, privateKey)));
  return { cert: toPem(whole), key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

const COMMON_NAME = Buffer.of(0x55, 0x04, 0x03);
const SUBJECT_ALT_NAME = Buffer.of(0x55, 0x1d, 0x11);
const ECDSA_WITH_SHA256 = Buffer.of(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02);

function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const bytes = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...bytes), content]);
}

const sequence = (...parts: Buffer[]): Buffer => tagged(0x30, Buffer.concat(parts));
const set = (part: Buffer): Buffer => tagged(0x31, part);
const oid = (content: Buffer): Buffer => tagged(0x06, content);
const integer = (content: Buffer): Buffer => tagged(0x02, content);
const bits = (content: Buffer): Buffer => tagged(0x03, Buffer.concat([Buffer.of(0), content]));
const algorithm = (): Buffer => sequence(oid(ECDSA_WITH_SHA256));

/** GeneralizedTime, `YYYYMMDDHHMMSSZ`: OpenSSL takes it for every year. */
function time(date: Date): Buffer {
  return tagged(0x18, Buffer.from(`${date.toISOString().replace(/\.\d+Z$/, '').replaceAll(/[-:T]/g, '')}Z`));
}

function toPem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
