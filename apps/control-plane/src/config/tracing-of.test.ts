import { describe, expect, it } from '@jest/globals';
import { loadConfig } from './load-config.js';

const needed = {
  DATABASE_URL: 'postgres://spillway:secret@127.0.0.1:5432/spillway',
  SPILLWAY_ENCRYPTION_KEY: 'ab'.repeat(32),
};
const tracing = (env: object) => loadConfig({ ...needed, ...env }).tracing;
const collector = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' };

describe('the collector of traces', () => {
  it('is none unless one is named', () => {
    expect(tracing({ OTEL_SERVICE_NAME: 'x' })).toBeUndefined();
  });

  it('is at its path for traces, unless that is named too', () => {
    expect(tracing(collector)?.endpoint).toBe('http://collector:4318/v1/traces');
    expect(tracing({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector/otlp/' })?.endpoint).toBe(
      'http://collector/otlp/v1/traces',
    );
    const both = { ...collector, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://traces.test/in' };
    expect(tracing(both)?.endpoint).toBe('https://traces.test/in');
  });

  it('gets headers and names as they are written in these settings everywhere', () => {
    const env = {
      ...collector,
      OTEL_EXPORTER_OTLP_HEADERS: 'api-key=a%3Db, team=shop',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=prod',
      OTEL_EXPORTER_OTLP_TIMEOUT: '2000',
      SPILLWAY_ROLE: 'worker',
    };
    expect(tracing(env)).toMatchObject({
      headers: { 'api-key': 'a=b', team: 'shop' },
      resource: { 'deployment.environment.name': 'prod', 'spillway.role': 'worker' },
      timeoutMs: 2_000,
      serviceName: 'spillway',
    });
  });
});

describe('which releases are traced', () => {
  const share = (sampler: string, arg = '0.25') =>
    tracing({ ...collector, OTEL_TRACES_SAMPLER: sampler, OTEL_TRACES_SAMPLER_ARG: arg })?.share;

  it('are all, none, or a share, with a parent or without', () => {
    expect(tracing(collector)?.share).toBe(1);
    for (const prefix of ['', 'parentbased_']) {
      expect(share(`${prefix}always_on`)).toBe(1);
      expect(share(`${prefix}always_off`)).toBeUndefined();
      expect(share(`${prefix}traceidratio`)).toBe(0.25);
      expect(share(`${prefix}traceidratio`, '0')).toBeUndefined();
    }
  });

  it('are none where OpenTelemetry is turned off', () => {
    expect(tracing({ ...collector, OTEL_SDK_DISABLED: 'true' })).toBeUndefined();
  });
});

describe('settings of traces that are wrong', () => {
  it.each([
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4317' }, /OTEL_EXPORTER_OTLP_ENDPOINT: write http/],
    [{ OTEL_EXPORTER_OTLP_HEADERS: 'api-key' }, /OTEL_EXPORTER_OTLP_HEADERS: write name=value/],
    [{ OTEL_EXPORTER_OTLP_HEADERS: 'a=%zz' }, /OTEL_EXPORTER_OTLP_HEADERS: there is a "%"/],
    [{ OTEL_TRACES_SAMPLER: 'jaeger_remote' }, /OTEL_TRACES_SAMPLER/],
    [{ OTEL_TRACES_SAMPLER_ARG: '2' }, /OTEL_TRACES_SAMPLER_ARG/],
  ])('stop the process: %j', (wrong, says) => {
    expect(() => tracing({ ...collector, ...wrong })).toThrow(says);
  });
});
