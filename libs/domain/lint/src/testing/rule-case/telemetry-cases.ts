import { type RuleCase, telemetry } from './rule-case.js';

const selector = { matchLabels: { app: 'web' } };
const service = { kind: 'Service', name: 'catalog' };
const target = (rest: object) => telemetry({ targetRefs: [{ ...service, ...rest }] });
const tag = (value: unknown, name = 'a') =>
  telemetry({ metrics: [{ overrides: [{ tagOverrides: { [name]: value } }] }] });
const metric = (match: unknown) => telemetry({ metrics: [{ overrides: [{ match }] }] });
const tracing = (...list: unknown[]) => telemetry({ tracing: list });
const traced = (name: string, source: unknown) => tracing({ customTags: { [name]: source } });
const filter = (expression: string) => telemetry({ accessLogging: [{ filter: { expression } }] });
const one = 'spec.metrics[0].overrides[0]';

export const telemetryCases: readonly RuleCase[] = [
  [
    'TELEMETRY_SELECTOR_AND_TARGET',
    'spec',
    telemetry({ selector, targetRefs: [service] }),
    telemetry({ selector, targetRefs: [] }),
  ],
  ['TARGET_NAME_MISSING', 'spec.targetRefs[0].name', target({ name: '' }), target({})],
  [
    'TARGET_OTHER_NAMESPACE',
    'spec.targetRefs[0].namespace',
    target({ namespace: 'web' }),
    target({ namespace: '' }),
  ],
  [
    'TARGET_KIND_UNSUPPORTED',
    'spec.targetRefs[0].kind',
    target({ kind: 'Deployment', group: 'apps' }),
    target({ kind: 'Gateway', group: 'gateway.networking.k8s.io' }),
  ],
  [
    'PROVIDER_NAME_EMPTY',
    'spec.accessLogging[0].providers[0].name',
    telemetry({ accessLogging: [{ providers: [{ name: '' }] }] }),
    telemetry({ accessLogging: [{ providers: [{ name: 'envoy' }] }] }),
  ],
  ['TAG_VALUE_MISSING', `${one}.tagOverrides.a.value`, tag({}), tag({ operation: 'REMOVE' })],
  [
    'TAG_VALUE_UNEXPECTED',
    `${one}.tagOverrides.a.value`,
    tag({ operation: 'REMOVE', value: 'b' }),
    tag({ operation: 'UPSERT', value: 'b' }),
  ],
  ['TAG_NAME_EMPTY', `${one}.tagOverrides[""]`, tag({ value: 'b' }, ''), tag({ value: 'b' })],
  [
    'CUSTOM_METRIC_EMPTY',
    `${one}.match.customMetric`,
    metric({ customMetric: '' }),
    metric({ customMetric: 'a' }),
  ],
  ['TRACING_SEVERAL', 'spec.tracing', tracing({}, {}), tracing({})],
  [
    'TRACING_PROVIDERS_SEVERAL',
    'spec.tracing[0].providers',
    tracing({ providers: [{ name: 'a' }, { name: 'b' }] }),
    tracing({ providers: [{ name: 'a' }] }),
  ],
  [
    'SAMPLING_RANGE',
    'spec.tracing[0].randomSamplingPercentage',
    tracing({ randomSamplingPercentage: 100.1 }),
    tracing({ randomSamplingPercentage: 100 }),
  ],
  [
    'TRACE_TAG_NAME_EMPTY',
    'spec.tracing[0].customTags[""]',
    traced('', { literal: { value: 'a' } }),
    traced('a', { literal: { value: 'a' } }),
  ],
  [
    'TRACE_TAG_SOURCE_EMPTY',
    'spec.tracing[0].customTags.a.header.name',
    traced('a', { header: {} }),
    traced('a', { header: { name: 'x-a' } }),
  ],
  [
    'LOG_FILTER_INVALID',
    'spec.accessLogging[0].filter.expression',
    filter('response.code >='),
    filter('response.code >= 400'),
  ],
];
