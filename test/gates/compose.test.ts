import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { composeSchema, type Compose } from './compose-schema.js';
import { readRoot, root } from './workspace.js';

const text = readRoot('docker-compose.yml');
const compose = parse(text, { merge: true }) as Compose;
const services = Object.entries(compose.services);

describe('docker-compose.yml', () => {
  it('is a compose file', () => {
    const validate = new Ajv({ allErrors: true }).compile(composeSchema);
    validate(compose);
    expect(validate.errors ?? []).toEqual([]);
  });

  it('is refused with a misspelt key', () => {
    const validate = new Ajv().compile(composeSchema);
    const misspelt = { services: { api: { image: 'x', enviroment: {} } } };
    expect(validate(misspelt)).toBe(false);
  });

  it('waits for the health of services that have a health check', () => {
    const waits = services.flatMap(([, service]) => Object.entries(service.depends_on ?? {}));
    const hasCheck = (name: string): boolean => {
      const service = compose.services[name];
      if (service?.build !== undefined) return /^HEALTHCHECK /m.test(readRoot('Dockerfile'));
      return service?.healthcheck !== undefined;
    };
    const blind = waits.filter(
      ([name, { condition }]) => condition !== 'service_healthy' || !hasCheck(name),
    );
    expect(waits.length).toBeGreaterThan(0);
    expect(blind).toEqual([]);
  });

  it('mounts volumes that it declares and files that exist', () => {
    const sources = services.flatMap(([, { volumes }]) =>
      (volumes ?? []).map((v) => v.split(':')[0] ?? ''),
    );
    const unknown = sources.filter((source) =>
      source.startsWith('./')
        ? !existsSync(join(root, source))
        : !(source in (compose.volumes ?? {})),
    );
    expect(unknown).toEqual([]);
  });

  it('is reachable from this machine only', () => {
    const ports = services.flatMap(([, service]) => service.ports ?? []);
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  });

  it('has no secret in it: each comes from .env, and a missing one says what to write', () => {
    const secrets = [...text.matchAll(/(PASSWORD|TOKEN|KEY): (.*)$/gm)].map(([, , value]) => value);
    expect(secrets.length).toBeGreaterThan(0);
    expect(
      secrets.filter((value) => !/^\$\{\w+:\?write \w+=.+ into \.env\}$/.test(value ?? '')),
    ).toEqual([]);
  });
});
