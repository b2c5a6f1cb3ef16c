import { weekdays } from '@spillway/domain-freeze';
import { z } from 'zod';
import { document, oneOf } from '../schema/document.js';
import { labelKeyText, labelValueText, moment, nameText, serviceText } from '../schema/scalars.js';

const clock = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
const timeText = z.string().regex(clock, { error: 'must be a time of day such as "18:30"' });
const endText = z.string().regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, {
  error: 'must be a time of day such as "18:30", or "24:00"',
});

const onceDocument = document({
  from: moment.describe('When it begins.'),
  to: moment.describe('When it ends.'),
});

const weeklyDocument = document({
  days: z
    .array(z.enum(weekdays))
    .min(1)
    .max(7)
    .describe('The days on which it begins: sun, mon, tue, wed, thu, fri, sat.'),
  from: timeText.describe('When it begins, by the clocks there.'),
  to: endText.describe('When it ends; not after the beginning means on the next day.'),
  timeZone: z
    .string()
    .min(1)
    .max(100)
    .describe('IANA name of the time zone, such as Europe/Berlin.'),
});

const scopeDocument = document({
  namespaces: z
    .array(nameText)
    .min(1)
    .max(200)
    .exactOptional()
    .describe('Services of these namespaces.'),
  services: z.array(serviceText).min(1).max(200).exactOptional().describe('These services.'),
  clusters: z
    .record(labelKeyText, labelValueText)
    .exactOptional()
    .describe('Clusters that have all of these labels.'),
});

export const freezeWindowDocument = document({
  name: nameText.describe('Unique name; holds show it.'),
  times: oneOf(
    ['once', 'weekly'],
    [
      document({ once: onceDocument.describe('From one moment to another.') }),
      document({ weekly: weeklyDocument.describe('Every week, by the clocks of a place.') }),
    ],
  ).describe('When it is in force.'),
  scope: scopeDocument
    .default({})
    .describe('What it is about; all that is said must fit. Default: everything.'),
  because: z.string().max(2_000).default('').describe('Why, for people who are held by it.'),
}).meta({
  description: 'A time in which candidates get no more traffic. Going back is always possible.',
  examples: [
    {
      name: 'weekend',
      times: {
        weekly: { days: ['sat', 'sun'], from: '00:00', to: '24:00', timeZone: 'Europe/Berlin' },
      },
      scope: { clusters: { env: 'live' } },
      because: 'Nobody is there to look',
    },
  ],
});

export type FreezeWindowDocument = z.input<typeof freezeWindowDocument>;
export type ParsedFreezeWindow = z.output<typeof freezeWindowDocument>;
