import { describe, expect, it } from '@jest/globals';
import { readPolicy, refuseAddress } from './policy.js';

describe('addresses that users write', () => {
  const policy = readPolicy('nothingPrivate', [
    '10.20.0.0/16',
    '127.0.0.1',
    'fd00:1::/64',
    'loadtester.test',
    '*.svc.cluster.local',
    'metadata.test',
  ]);

  it.each([
    ['example.com', '93.184.215.14'],
    ['anything.test', '10.20.255.1'],
    ['localhost', '127.0.0.1'],
    ['mapped.test', '::ffff:127.0.0.1'],
    ['six.test', 'fd00:1::5'],
    ['loadtester.test', '10.99.0.1'],
    ['LoadTester.TEST.', '10.99.0.1'],
    ['gate.flagger.svc.cluster.local', '172.20.1.1'],
  ])('may lead from %s to %s', (host, address) => {
    expect(refuseAddress(policy, host, address)).toBeUndefined();
  });

  it.each([
    ['evil.test', '10.21.0.1', 'not public'],
    ['evil.test', '127.0.0.2', 'not public'],
    ['evil.test', 'fd00:2::5', 'not public'],
    ['notloadtester.test', '10.99.0.1', 'not public'],
    ['sub.loadtester.test', '10.99.0.1', 'not public'],
    ['svc.cluster.local', '10.99.0.1', 'not public'],
    ['evil.test', '0.0.0.0', 'nobody'],
    ['evil.test', 'fe80::1', 'credentials'],
    ['evil.test', 'garbage', 'no address'],
  ])('may not lead from %s to %s: it is %s', (host, address, why) => {
    expect(refuseAddress(policy, host, address)).toContain(why);
  });

  it('never lead to credentials of machines by a name alone', () => {
    expect(refuseAddress(policy, 'metadata.test', '169.254.169.254')).toContain('credentials');
    const byNumber = readPolicy('nothingPrivate', ['169.254.169.254/32']);
    expect(refuseAddress(byNumber, 'metadata.test', '169.254.169.254')).toBeUndefined();
  });

  it('are told which setting would allow them', () => {
    expect(refuseAddress(policy, 'gate.test', '10.0.0.1')).toBe(
      'gate.test leads to 10.0.0.1, which is not public; SPILLWAY_OUTGOING_ALLOW may allow it',
    );
  });
});

describe('addresses that operators write', () => {
  const policy = readPolicy('noMetadata');

  it.each(['10.0.0.1', '127.0.0.1', '::1', 'fd12::1', '93.184.215.14'])(
    'may lead to %s',
    (text) => {
      expect(refuseAddress(policy, 'prometheus.test', text)).toBeUndefined();
    },
  );

  it.each(['169.254.169.254', '::ffff:169.254.169.254', 'fd00:ec2::254', '0.0.0.0', '224.0.0.1'])(
    'may not lead to %s',
    (text) => {
      expect(refuseAddress(policy, 'prometheus.test', text)).toBeDefined();
    },
  );
});

it.each(['', '127.1', '0x7f000001', 'http://x', 'a b', '10.0.0.0/33', '*', '*.*.test', '/8'])(
  'does not take %j into the list of what is allowed',
  (entry) => {
    expect(() => readPolicy('nothingPrivate', [entry])).toThrow(
      expect.objectContaining({ code: 'INVALID_CONFIGURATION' }),
    );
  },
);
