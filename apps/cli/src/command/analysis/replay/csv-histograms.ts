import { document } from '@spillway/interface-contract';
import { z } from 'zod';
import { UsageError } from '../../../usage-error.js';
import { number, optionalNumber } from './cells.js';
import type { Csv } from './csv.js';
import { readRow } from './read-row.js';
import { present, type ArmWindow, type PastWindow } from './window.js';

const shape = document({
  at: z.string().min(1, { error: 'must be there: rows of one time are one look' }),
  version: z.enum(['candidate', 'stable']),
  le: z.union([z.enum(['+Inf', 'Inf', 'inf']).transform(() => Infinity), number], {
    error: 'must be milliseconds or +Inf',
  }),
  count: number,
  weight: optionalNumber,
});

type Bucket = z.output<typeof shape> & { readonly line: number };

/** Rows as Prometheus has buckets: `count` requests took at most `le` ms, those of smaller buckets too. */
export function histogramWindows(csv: Csv, file: string): readonly PastWindow[] {
  const looks: Bucket[][] = [];
  for (const row of csv.rows) {
    const bucket = { ...readRow(shape, row, file), line: row.line };
    const last = looks.at(-1);
    if (last?.[0]?.at === bucket.at) last.push(bucket);
    else looks.push([bucket]);
  }
  return looks.map((buckets) => windowOf(buckets, file));
}

function windowOf(buckets: readonly Bucket[], file: string): PastWindow {
  const [first] = buckets;
  const place = `${file}:${first?.line ?? 0}`;
  const arm = (version: Bucket['version']): ArmWindow =>
    histogramOf(
      buckets.filter((bucket) => bucket.version === version),
      { place, version },
    );
  return {
    place,
    candidate: arm('candidate'),
    stable: arm('stable'),
    ...present({ at: first?.at, weight: first?.weight }),
  };
}

interface Whose {
  readonly place: string;
  readonly version: Bucket['version'];
}

function histogramOf(buckets: readonly Bucket[], { place, version }: Whose): ArmWindow {
  const ascending = buckets.toSorted((a, b) => a.le - b.le);
  if (ascending.at(-1)?.le !== Infinity) {
    throw new UsageError(
      `${place}: the ${version} has no bucket with le "+Inf" at "${buckets[0]?.at ?? ''}".`,
      'Give all of its requests under "+Inf".',
    );
  }
  const counts = ascending.map(({ count }, i) => count - (ascending[i - 1]?.count ?? 0));
  const fallen = counts.findIndex((count) => count < 0);
  if (fallen !== -1) {
    throw new UsageError(
      `${file(place)}:${ascending[fallen]?.line ?? 0}: fewer requests than in the bucket below.`,
      'Counts are cumulative: a bucket holds those of smaller ones too.',
    );
  }
  return { histogram: { upperBounds: ascending.slice(0, -1).map(({ le }) => le), counts } };
}

const file = (place: string): string => place.replace(/:\d+$/, '');
