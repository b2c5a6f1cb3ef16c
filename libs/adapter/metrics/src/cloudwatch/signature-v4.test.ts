import { describe, expect, it } from '@jest/globals';
import { instant } from '@spillway/kernel';
import { sign, type UnsignedRequest } from './signature-v4.js';

/** Of AWS's published examples for signature version 4. */
const key = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  region: 'us-east-1',
  service: 'service',
};
const at = instant(Date.parse('2015-08-30T12:36:00Z'));

const request = (change: Partial<UnsignedRequest>): UnsignedRequest => ({
  method: 'GET',
  path: '/',
  body: '',
  ...change,
  headers: { host: 'example.amazonaws.com', ...change.headers },
});

const form = 'application/x-www-form-urlencoded';

describe('signature version 4', () => {
  it.each<[string, Partial<UnsignedRequest>, string, string]>([
    [
      'get-vanilla',
      {},
      'host;x-amz-date',
      '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
    ],
    [
      'post-vanilla',
      { method: 'POST' },
      'host;x-amz-date',
      '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
    ],
    [
      'post-x-www-form-urlencoded',
      { method: 'POST', headers: { 'content-type': form }, body: 'Param1=value1' },
      'content-type;host;x-amz-date',
      'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
    ],
    [
      'get-header-value-trim',
      { headers: { 'my-header1': ' value1', 'my-header2': '"a   b   c"' } },
      'host;my-header1;my-header2;x-amz-date',
      'acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736',
    ],
    [
      'post-header-key-case',
      { method: 'POST', headers: { 'my-header1': 'VALUE1' } },
      'host;my-header1;x-amz-date',
      'cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d',
    ],
  ])("signs AWS's example %s as AWS does", (_, change, names, signature) => {
    expect(sign(request(change), key, at)).toEqual({
      ...request(change).headers,
      'x-amz-date': '20150830T123600Z',
      authorization:
        'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, ' +
        `SignedHeaders=${names}, Signature=${signature}`,
    });
  });

  /** As botocore 1.44 signs it. */
  it('signs the bytes of a body, and the region and the service that it goes to', () => {
    const { authorization } = sign(
      {
        method: 'POST',
        path: '/',
        headers: {
          host: 'monitoring.eu-west-1.amazonaws.com',
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': 'GraniteServiceVersion20100801.GetMetricData',
        },
        body: '{"query":"größer"}',
      },
      { ...key, region: 'eu-west-1', service: 'monitoring' },
      at,
    );
    expect(authorization).toMatch(
      /eu-west-1\/monitoring\/aws4_request.*2566b7b3ce4994ae260a3a4b63c81baa8ef5f429fda4d53ef7fec766cdb660a4$/,
    );
  });
});
