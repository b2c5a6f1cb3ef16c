import {
  dueAt,
  type Measurement,
  type MetricSpec,
  type Reading,
  type Sample,
} from '@spillway/domain-analysis';
import { instant, type ClusterName, type Instant } from '@spillway/kernel';
import { z } from 'zod';
import { document } from '../schema/document.js';
import { histogram } from './latency.js';
import { atLeastZero } from './numbers.js';

const isoMoment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[-+]\d{2}:\d{2})$/;

/** ISO 8601, or milliseconds since 1970. */
export const momentOrMs = z.union(
  [
    z.number(),
    z
      .string()
      .regex(isoMoment)
      .refine((text) => !Number.isNaN(Date.parse(text)))
      .transform((text) => Date.parse(text)),
  ],
  { error: 'must be a moment such as "2026-01-05T10:00:00Z", or milliseconds since 1970' },
);

const noNumber = z.union([z.null(), z.literal('NaN')]);

const sampleFields = {
  value: z.number(),
  requests: atLeastZero.exactOptional().describe('Behind the value, where that is known.'),
  errors: atLeastZero.exactOptional().describe('Of the requests, those that failed.'),
  histogram: histogram.exactOptional(),
};

const sample = z.union([document(sampleFields), z.number().transform((value) => ({ value }))], {
  error: 'give a number, or value with requests, errors or a histogram',
});

const times = {
  from: momentOrMs.exactOptional().describe('Begin of the window. Default: as scheduled.'),
  to: momentOrMs.exactOptional().describe('End of the window. Default: as scheduled.'),
};

const valueReading = document({
  kind: z.literal('value').exactOptional(),
  candidate: sample,
  stable: sample.exactOptional(),
  ...times,
});

const flatReading = document({
  kind: z.literal('value').exactOptional(),
  ...sampleFields,
  stable: sample.exactOptional(),
  ...times,
});

const noValue = document({ kind: z.enum(['empty', 'notANumber']), ...times });

const errorReading = document({ kind: z.literal('error'), message: z.string(), ...times });

export const readings = z
  .array(
    z
      .union([z.number(), noNumber, valueReading, flatReading, noValue, errorReading], {
        error:
          'give a number, null, or an object with value, with candidate and stable, or with kind "empty", "notANumber" or "error"',
      })
      .meta({
        id: 'Reading',
        description:
          'One measurement. A number is the candidate’s value; null and "NaN" are an answer that is no number, which is not the same as {"kind": "empty"}.',
      }),
  )
  .describe('In the order of time.');

type Given = z.output<typeof readings>[number];

function toReading(given: Given): Reading {
  if (given === null || given === 'NaN') return { kind: 'notANumber' };
  if (typeof given === 'number') return { kind: 'value', candidate: { value: given } };
  if ('candidate' in given) return valueOf(given.candidate, given.stable);
  if ('value' in given) {
    const { kind: _, from: __, to: ___, stable, ...own } = given;
    return valueOf(own, stable);
  }
  return given.kind === 'error' ? { kind: 'error', message: given.message } : { kind: given.kind };
}

const valueOf = (candidate: Sample, stable: Sample | undefined): Reading => ({
  kind: 'value',
  candidate,
  ...(stable === undefined ? {} : { stable }),
});

interface Course {
  readonly spec: MetricSpec;
  readonly cluster: ClusterName;
  readonly since: Instant;
}

export const toMeasurements = (
  given: readonly Given[],
  { spec, cluster, since }: Course,
): readonly Measurement[] =>
  given.map((one, ordinal) => {
    const { from, to } = timesOf(one);
    const end = to ?? (from === undefined ? dueAt(spec, since, ordinal) : from + spec.window);
    return {
      metric: spec.name,
      cluster,
      ordinal,
      from: instant(from ?? end - spec.window),
      to: instant(end),
      reading: toReading(one),
    };
  });

const timesOf = (given: Given): { readonly from?: number; readonly to?: number } =>
  typeof given === 'object' && given !== null ? given : {};
