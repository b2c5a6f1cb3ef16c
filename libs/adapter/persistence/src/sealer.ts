import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { CodedError } from '@spillway/kernel';

/** Encrypts secrets before they are stored, each for the place that it belongs to. */
export interface Sealer {
  /** Of the key that it seals with: what every text begins with that needs no new seal. */
  readonly keyId: string;
  /** `place` names the record and the field; the text opens only with the same. */
  seal(text: string, place: string): string;
  /**
   * Throws `INVALID_CONFIGURATION` when another key sealed it, and `INTERNAL`
   * when it was changed, or moved here from another place.
   */
  open(sealed: string, place: string): string;
}

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * AES-256-GCM. A sealed text is `keyId.nonce+tag+ciphertext`: the id tells a
 * wrong key from a damaged text. A key is 32 bytes, as base64 or as hex. The
 * others only open: those that were used before, or will be next.
 */
export function createSealer(key: string, others: readonly string[] = []): Sealer {
  const bytes = parseKey(key);
  const keyId = idOf(bytes);
  const keys = new Map([...others.map(parseKey), bytes].map((one) => [idOf(one), one]));
  return {
    keyId,
    seal(text, place) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, bytes, nonce).setAAD(Buffer.from(place));
      const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      const box = Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]);
      return `${keyId}.${box.toString('base64')}`;
    },
    open(sealed, place) {
      const [sealedBy = '', box = ''] = sealed.split('.');
      const known = keys.get(sealedBy);
      if (known === undefined) throw otherKey(place, sealedBy, [...keys.keys()]);
      return decrypt(known, Buffer.from(box, 'base64'), place);
    },
  };
}

const idOf = (key: Buffer): string => createHash('sha256').update(key).digest('hex').slice(0, 8);

function parseKey(key: string): Buffer {
  const bytes = /^[0-9a-f]{64}$/i.test(key) ? Buffer.from(key, 'hex') : Buffer.from(key, 'base64');
  if (bytes.length === 32) return bytes;
  throw new CodedError(
    'INVALID_CONFIGURATION',
    `The encryption key has ${bytes.length} bytes; it needs 32.`,
    'Make one with "openssl rand -base64 32".',
  );
}

function decrypt(key: Buffer, box: Buffer, place: string): string {
  const tagEnd = NONCE_BYTES + TAG_BYTES;
  try {
    const options = { authTagLength: TAG_BYTES };
    const decipher = createDecipheriv(ALGORITHM, key, box.subarray(0, NONCE_BYTES), options)
      .setAAD(Buffer.from(place))
      .setAuthTag(box.subarray(NONCE_BYTES, tagEnd));
    return decipher.update(box.subarray(tagEnd), undefined, 'utf8') + decipher.final('utf8');
  } catch (cause) {
    throw new CodedError(
      'INTERNAL',
      `The secret ${place} was changed in the database, or moved there from another record.`,
      'Find out who wrote to the database, then put the record again.',
      { cause },
    );
  }
}

const otherKey = (place: string, sealedBy: string, known: readonly string[]): CodedError =>
  new CodedError(
    'INVALID_CONFIGURATION',
    `The secret ${place} was sealed with the key ${sealedBy}; the configured keys are ${known.join(', ')}.`,
    'Start with the key that sealed it, or put the record again.',
  );
