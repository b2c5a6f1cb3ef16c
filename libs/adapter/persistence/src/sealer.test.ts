import { describe, expect, it } from '@jest/globals';
import { createSealer } from './sealer.js';

const key = Buffer.alloc(32, 1).toString('base64');
const otherKey = Buffer.alloc(32, 2).toString('base64');
const sealer = createSealer(key);
const sealed = sealer.seal('apiVersion: v1 # ü', 'clusters/eu/kubeconfig');

describe('a sealer', () => {
  it('opens what it sealed for the same place', () => {
    expect(sealer.open(sealed, 'clusters/eu/kubeconfig')).toBe('apiVersion: v1 # ü');
    expect(sealer.open(sealer.seal('', 'x'), 'x')).toBe('');
  });

  it('never writes the same text twice in the same way, nor the text itself', () => {
    expect(sealer.seal('secret', 'x')).not.toBe(sealer.seal('secret', 'x'));
    expect(Buffer.from(sealed.split('.')[1] ?? '', 'base64').toString()).not.toContain(
      'apiVersion',
    );
  });

  it('takes the key as hex, too', () => {
    const fromHex = createSealer(Buffer.alloc(32, 1).toString('hex'));
    expect(fromHex.open(sealed, 'clusters/eu/kubeconfig')).toBe('apiVersion: v1 # ü');
  });

  it.each([0, 12, 28])('detects a change of byte %i', (position) => {
    const [keyId, box = ''] = sealed.split('.');
    const bytes = Buffer.from(box, 'base64');
    bytes[position] = (bytes[position] ?? 0) ^ 1;
    const changed = `${keyId}.${bytes.toString('base64')}`;
    expect(() => sealer.open(changed, 'clusters/eu/kubeconfig')).toThrow(
      expect.objectContaining({ code: 'INTERNAL' }),
    );
  });

  it('detects a text that was cut off', () => {
    expect(() => sealer.open(sealed.slice(0, 20), 'clusters/eu/kubeconfig')).toThrow(
      expect.objectContaining({ code: 'INTERNAL' }),
    );
  });

  it('detects a secret that was moved from another record', () => {
    expect(() => sealer.open(sealed, 'clusters/us/kubeconfig')).toThrow(
      expect.objectContaining({
        code: 'INTERNAL',
        message: expect.stringContaining('clusters/us/kubeconfig'),
      }),
    );
  });

  it('names both keys when another one sealed it', () => {
    expect(() => createSealer(otherKey).open(sealed, 'clusters/eu/kubeconfig')).toThrow(
      expect.objectContaining({
        code: 'INVALID_CONFIGURATION',
        message: expect.stringContaining(sealed.slice(0, 8)),
      }),
    );
  });

  it('refuses a key that has not 32 bytes', () => {
    expect(() => createSealer('short')).toThrow(
      expect.objectContaining({ code: 'INVALID_CONFIGURATION' }),
    );
  });
});
