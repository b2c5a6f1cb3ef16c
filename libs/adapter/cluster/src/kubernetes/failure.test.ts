import { describe, expect, it } from '@jest/globals';
import { ApiRefusal, describeFailure } from './failure.js';

const coded = (code: string, message = ''): Error => Object.assign(new Error(message), { code });

describe('what a failed call tells', () => {
  it.each([
    ['ECONNREFUSED', 'the connection was refused'],
    ['ENOTFOUND', 'the host name does not resolve'],
    ['UND_ERR_HEADERS_TIMEOUT', 'no answer in time'],
  ])('says %s in words', (code, detail) => {
    expect(describeFailure(coded(code))).toEqual({ kind: 'unreachable', detail });
  });

  it('looks through the wrapping to what the socket said', () => {
    const wrapped = new TypeError('terminated', { cause: coded('ECONNRESET') });
    expect(describeFailure(wrapped).detail).toBe('the connection was reset');
  });

  it('takes an aborted wait for a time-out', () => {
    const timeout = new DOMException('The operation was aborted due to timeout', 'TimeoutError');
    expect(describeFailure(timeout)).toEqual({ kind: 'unreachable', detail: 'no answer in time' });
  });

  it.each([
    ['DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    ['CERT_HAS_EXPIRED'],
    ['ERR_TLS_CERT_ALTNAME_INVALID'],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'],
  ])('takes %s for a matter of certificates', (code) => {
    const failure = describeFailure(coded(code, 'what TLS said'));
    expect(failure).toEqual({ kind: 'certificate', detail: 'what TLS said' });
  });

  it('says what it does not know in the words of the error, on one short line', () => {
    const { detail } = describeFailure(new Error(`strange\n  ${'x'.repeat(400)}`));
    expect(detail).toMatch(/^strange x+…$/);
    expect(detail).toHaveLength(300);
  });

  it("keeps the API server's own words of a refusal, with the status", () => {
    expect(new ApiRefusal(403, { message: 'may not\nlist' }).message).toBe('may not list (403)');
    expect(new ApiRefusal(502, 'gateway').message).toBe('the API server gave no reason (502)');
  });
});
