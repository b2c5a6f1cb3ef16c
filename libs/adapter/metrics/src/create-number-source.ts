import type { NumberSource, SourceConnection } from '@spillway/application';
import type { SourceDeps } from './backend-call/index.js';
import { createCloudWatchSource } from './cloudwatch/cloudwatch-source.js';
import { createDatadogSource } from './datadog/datadog-source.js';
import { createDynatraceSource } from './dynatrace/dynatrace-source.js';
import { createGoogleCloudSource } from './google-cloud/google-cloud-source.js';
import { createGraphiteSource } from './graphite/graphite-source.js';
import { createHttpSource } from './http/http-source.js';
import { createInfluxDbSource } from './influxdb/influxdb-source.js';
import { createNewRelicSource } from './new-relic/new-relic-source.js';
import { createPrometheusNumberSource } from './prometheus/prometheus-number-source.js';

type Create = {
  readonly [Kind in SourceConnection['kind']]: (
    connection: Extract<SourceConnection, { readonly kind: Kind }>,
    deps: SourceDeps,
  ) => NumberSource;
};

const create: Create = {
  datadog: createDatadogSource,
  newRelic: createNewRelicSource,
  dynatrace: createDynatraceSource,
  graphite: createGraphiteSource,
  influxdb: createInfluxDbSource,
  cloudWatch: createCloudWatchSource,
  googleCloud: createGoogleCloudSource,
  prometheus: createPrometheusNumberSource,
  http: createHttpSource,
};

/**
 * Opens nothing before the first question, and opens secrets for each. Throws `INVALID_INPUT` for an
 * address that is none.
 */
export const createNumberSource = <Kind extends SourceConnection['kind']>(
  connection: Extract<SourceConnection, { readonly kind: Kind }>,
  deps: SourceDeps,
): NumberSource => create[connection.kind as Kind](connection, deps);
