import { z } from 'zod';
import { document, oneOf } from '../schema/document.js';
import { count, nameText, serviceText, versionText } from '../schema/scalars.js';

/** Its square is a double too, and so are the sums of a day. */
const largest = 1e100;
const range = { error: 'must be at most 1e100, and not below -1e100' };

interface Figures {
  readonly value?: number | undefined;
  readonly requests?: number | undefined;
  readonly errors?: number | undefined;
}

const isOneFigure = ({ value, requests, errors }: Figures): boolean =>
  value === undefined
    ? requests !== undefined && errors !== undefined
    : requests === undefined && errors === undefined;

const failsNoMoreThanAll = ({ requests, errors }: Figures): boolean =>
  requests === undefined || errors === undefined || errors <= requests;

export const measurementDocument = document({
  metric: nameText.describe('Name under which strategies ask for it.'),
  cluster: nameText.describe('The cluster in which it was measured.'),
  service: serviceText.describe('namespace/name of the service.'),
  version: versionText.describe('The version that was measured.'),
  at: z.iso
    .datetime({ offset: true, error: 'must be a moment such as 2026-01-05T10:00:00Z' })
    .optional()
    .describe(
      'When it was measured, at most an hour ago; a clock may be 5 s ahead. Default: when it arrives.',
    ),
  value: z
    .number()
    .min(-largest, range)
    .max(largest, range)
    .optional()
    .describe('What was measured; or requests and errors.'),
  requests: count
    .optional()
    .describe('Requests since the measurement before, with errors, instead of a value.'),
  errors: count.optional().describe('How many of these requests failed.'),
})
  .refine(isOneFigure, { error: 'give either value, or requests and errors', path: ['value'] })
  .refine(failsNoMoreThanAll, { error: 'must not be more than requests', path: ['errors'] })
  .meta({
    description: 'What somebody measured themselves.',
    examples: [
      {
        metric: 'orders',
        cluster: 'eu-west',
        service: 'shop/catalog',
        version: 'v2',
        requests: 1_204,
        errors: 3,
      },
    ],
  });

export type MeasurementDocument = z.input<typeof measurementDocument>;
export type ParsedMeasurement = z.output<typeof measurementDocument>;

export const measurementListDocument = document({
  measurements: z
    .array(measurementDocument)
    .min(1, { error: 'must have 1 to 1000 measurements' })
    .max(1_000, { error: 'must have 1 to 1000 measurements' })
    .describe('All of them are taken or, when one is wrong, none.'),
});

export const measurementsDocument = oneOf(
  ['measurements', 'metric'],
  [measurementDocument, measurementListDocument],
).meta({
  description: 'One measurement, or up to 1000.',
  examples: [
    {
      measurements: [
        {
          metric: 'queue-age',
          cluster: 'eu-west',
          service: 'shop/catalog',
          version: 'v1',
          value: 1.8,
        },
        {
          metric: 'queue-age',
          cluster: 'eu-west',
          service: 'shop/catalog',
          version: 'v2',
          value: 2.1,
        },
      ],
    },
  ],
});

export type MeasurementsDocument = z.input<typeof measurementsDocument>;
