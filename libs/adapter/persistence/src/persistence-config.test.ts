import { describe, expect, it } from '@jest/globals';
import { clientConfig, tlsOptions } from './connection-options.js';
import { parseDatabaseUrl } from './persistence-config.js';

describe('a database URL', () => {
  it('says where and as whom to connect, with its escapes undone', () => {
    expect(parseDatabaseUrl('postgres://an%40na:p%2Fw@db.example:6432/spill%20way')).toEqual({
      host: 'db.example',
      port: 6432,
      user: 'an@na',
      password: 'p/w',
      database: 'spill way',
    });
  });

  it('has a port by default and takes an IPv6 address', () => {
    expect(parseDatabaseUrl('postgresql://u@[::1]/d')).toMatchObject({ host: '::1', port: 5432 });
  });

  it.each(['', 'not a url', 'mysql://u:geheim@h/d', 'postgres://u:geheim@h', 'postgres:///d'])(
    'is refused without being repeated: "%s"',
    (url) => {
      expect(() => parseDatabaseUrl(url)).toThrow(
        expect.objectContaining({
          code: 'INVALID_CONFIGURATION',
          message: expect.not.stringContaining('geheim'),
        }),
      );
    },
  );

  it('is refused with several servers, and says which address to name instead', () => {
    for (const url of ['postgres://u:geheim@a:1,b:2/d', 'postgres://a,b/d']) {
      expect(() => parseDatabaseUrl(url)).toThrow(
        expect.objectContaining({
          code: 'INVALID_CONFIGURATION',
          message: 'The database URL names several servers.',
          next: expect.stringContaining('one address'),
        }),
      );
    }
    expect(parseDatabaseUrl('postgres://u:a,b@h/d,e')).toMatchObject({
      host: 'h',
      database: 'd,e',
    });
  });

  it('is refused with parameters, since none of them would be obeyed', () => {
    expect(() => parseDatabaseUrl('postgres://u@h/d?sslmode=require')).toThrow('sslmode=require');
  });
});

describe('TLS', () => {
  const config = {
    url: 'postgres://u@h/d',
    poolSize: 1,
    statementTimeoutMs: 1_000,
    lockTimeoutMs: 500,
    connectTimeoutMs: 100,
  };

  it('is off unless it is asked for, and then always verifies', () => {
    expect(clientConfig(config).ssl).toBe(false);
    expect(tlsOptions({})).toEqual({ rejectUnauthorized: true });
    expect(tlsOptions({ ca: 'c', cert: 'd', key: 'k', serverName: 'n' })).toEqual({
      rejectUnauthorized: true,
      ca: 'c',
      cert: 'd',
      key: 'k',
      servername: 'n',
    });
  });

  it('leaves the server time to give up first', () => {
    const { statement_timeout, query_timeout } = clientConfig(config);
    expect(Number(query_timeout)).toBeGreaterThan(Number(statement_timeout));
  });
});
