import { describe, expect, it } from '@jest/globals';
import { loadConfig } from './load-config.js';

const needed = {
  DATABASE_URL: 'postgres://spillway:secret@127.0.0.1:5432/spillway',
  SPILLWAY_ENCRYPTION_KEY: 'ab'.repeat(32),
};

describe('the configuration', () => {
  it('needs only a database and a key, and listens on loopback by default', () => {
    const config = loadConfig({ ...needed, PATH: '/bin' });
    expect(config).toMatchObject({ role: 'all', host: '127.0.0.1', port: 8080, migrate: false });
    expect(config.isTokenNew).toBe(true);
    expect(config.token).toMatch(/^[0-9a-f]{48}$/);
  });

  it('makes no token for an address that others can reach', () => {
    expect(() => loadConfig({ ...needed, SPILLWAY_HOST: '0.0.0.0' })).toThrow(
      /SPILLWAY_TOKEN: needed when SPILLWAY_HOST is not loopback/,
    );
  });

  it('tells every problem at once', () => {
    expect(() => loadConfig({ SPILLWAY_PORT: 'eighty', SPILLWAY_ROLE: 'both' })).toThrow(
      /DATABASE_URL[^]*SPILLWAY_ROLE[^]*SPILLWAY_PORT[^]*SPILLWAY_ENCRYPTION_KEY/,
    );
  });

  it('refuses a setting that it does not know', () => {
    expect(() => loadConfig({ ...needed, SPILLWAY_PROT: '80' })).toThrow(
      /SPILLWAY_PROT: there is no such setting/,
    );
  });

  it('takes an empty value for one that is not set', () => {
    expect(loadConfig({ ...needed, SPILLWAY_TOKEN: '' }).isTokenNew).toBe(true);
  });

  it('says when the authority of the database cannot be read', () => {
    const env = { ...needed, SPILLWAY_DB_TLS: 'verify', SPILLWAY_DB_CA_FILE: '/nowhere/ca.pem' };
    expect(() => loadConfig(env)).toThrow(/"\/nowhere\/ca.pem" cannot be read/);
  });
});
