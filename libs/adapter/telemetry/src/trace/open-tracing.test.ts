import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { instant } from '@spillway/kernel';
import { openTracing } from './open-tracing.js';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

describe('without a collector', () => {
  it('everything stays as it is', () => {
    const tracing = openTracing(undefined, { clock: { now: () => instant(0) }, logger: silent });
    const handle = (): Promise<void> => Promise.resolve();
    expect(tracing.handle(handle)).toBe(handle);
    expect(tracing.logger(silent)).toBe(silent);
    expect(tracing.request).toBeUndefined();
  });

  it('nothing of OpenTelemetry is loaded: one module knows it, and that one is asked for by name', () => {
    const files = readdirSync(import.meta.dirname).filter((name) => /(?<!\.test)\.ts$/.test(name));
    const text = (file: string) => readFileSync(join(import.meta.dirname, file), 'utf8');
    expect(files.filter((file) => text(file).includes("from '@opentelemetry/"))).toEqual([
      'otlp-sink.ts',
    ]);
    expect(files.filter((file) => text(file).includes("from './otlp-sink.js'"))).toEqual([]);
    expect(text('open-tracing.ts')).toContain("import('./otlp-sink.js')");
  });
});
