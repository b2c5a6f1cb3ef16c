import type { FreezeWindowRecord } from '@spillway/application';
import type { FreezeTimes } from '@spillway/domain-freeze';
import { z } from 'zod';
import { moment, toMoment } from '../schema/scalars.js';
import { freezeWindowDocument, type ParsedFreezeWindow } from './freeze-window-document.js';

/** The document with its defaults filled in; without the moments it can be put again. */
export const freezeWindowView = z
  .object({
    ...freezeWindowDocument.shape,
    createdAt: moment.describe('When it was added.'),
    updatedAt: moment.describe('When it was last replaced.'),
  })
  .describe('A time in which candidates get no more traffic.');

export type FreezeWindowView = z.output<typeof freezeWindowView>;

export function toFreezeWindowView(record: FreezeWindowRecord): FreezeWindowView {
  const { namespaces, services, clusters } = record.scope;
  return {
    name: record.name,
    times: toTimesDocument(record.times),
    scope: {
      ...(namespaces === undefined ? {} : { namespaces: [...namespaces] }),
      ...(services === undefined ? {} : { services: [...services] }),
      ...(clusters === undefined ? {} : { clusters: { ...clusters } }),
    },
    because: record.because,
    createdAt: toMoment(record.createdAt),
    updatedAt: toMoment(record.updatedAt),
  };
}

function toTimesDocument(times: FreezeTimes): ParsedFreezeWindow['times'] {
  if (times.kind === 'once') {
    return { once: { from: toMoment(times.from), to: toMoment(times.to) } };
  }
  const { days, from, to, timeZone } = times;
  return { weekly: { days: [...days], from: textOf(from), to: textOf(to), timeZone } };
}

/** 1,110 → `18:30` */
const textOf = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((n) => String(n).padStart(2, '0')).join(':');
