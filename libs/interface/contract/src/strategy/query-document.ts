import { queryVariables } from '@spillway/domain-analysis';
import { z } from 'zod';
import { document, oneOf } from '../schema/document.js';
import { nameText } from '../schema/scalars.js';

const template = z.string().min(1).max(4_000);
const variables = `may use ${queryVariables.map((name) => `{{${name}}}`).join(' ')}`;

export const metricQueryDocument = oneOf(
  ['requestSuccessRate', 'requestLatency', 'promql', 'source', 'sourceCounts', 'pushed'],
  [
    document({
      requestSuccessRate: document({}).describe('Requests without a 5xx answer, in percent.'),
    }),
    document({
      requestLatency: document({
        quantile: z.number().gt(0).lt(1).describe('Such as 0.99.'),
      }).describe('A quantile of the response time, in milliseconds.'),
    }),
    document({
      promql: template.describe(`A query that gives one number; ${variables}.`),
    }),
    document({
      source: document({
        name: nameText.describe('Name of the source.'),
        value: template.describe(`A query that gives one number; ${variables}.`),
      }).describe('One number, asked of a source in its own language.'),
    }),
    document({
      sourceCounts: document({
        name: nameText.describe('Name of the source.'),
        requests: template.describe(`How many requests there were; ${variables}.`),
        errors: template.describe(`How many of them failed; ${variables}.`),
      }).describe('Requests and failed requests, asked of a source in its own language.'),
    }),
    document({
      pushed: nameText.describe('Name under which measurements are sent to this server.'),
    }),
  ],
);

export type ParsedQuery = z.output<typeof metricQueryDocument>;
