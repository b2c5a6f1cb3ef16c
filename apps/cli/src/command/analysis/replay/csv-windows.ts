import { document } from '@spillway/interface-contract';
import { z } from 'zod';
import type { ReplayableJudge } from './assemble.js';
import { gauge, number, optionalNumber } from './cells.js';
import type { Csv } from './csv.js';
import { histogramWindows } from './csv-histograms.js';
import { readRow } from './read-row.js';
import { present, type PastWindow } from './window.js';

const at = { at: z.string().optional() };
const counts = {
  candidate_requests: number,
  candidate_errors: number,
  stable_requests: number,
  stable_errors: number,
};
const progress = { fraction: optionalNumber, information: optionalNumber, n: optionalNumber };
const gauges = document({ ...at, candidate: gauge, stable: gauge });

/** The columns of each judge that has one row for a look. */
const shapes = {
  errorCount: document({
    ...at,
    ...counts,
    weight: optionalNumber,
    segment: z.string().optional(),
  }),
  split: document({ ...at, candidate_requests: number, stable_requests: number }),
  mannWhitney: gauges,
  kayenta: gauges,
  msprt: gauges,
  means: gauges,
  threshold: document({
    ...at,
    candidate: gauge,
    stable: gauge.optional(),
    candidate_requests: optionalNumber,
    error: z.string().optional(),
  }),
} as const;

const sequential = {
  z: document({ ...at, z: number, ...progress }),
  counts: document({ ...at, ...counts, ...progress }),
};

/** A row of any of the shapes. */
interface Cells {
  readonly at?: string | undefined;
  readonly candidate?: number | null | undefined;
  readonly stable?: number | null | undefined;
  readonly candidate_requests?: number | undefined;
  readonly candidate_errors?: number | undefined;
  readonly stable_requests?: number | undefined;
  readonly stable_errors?: number | undefined;
  readonly weight?: number | undefined;
  readonly segment?: string | undefined;
  readonly error?: string | undefined;
  readonly z?: number | undefined;
  readonly fraction?: number | undefined;
  readonly information?: number | undefined;
  readonly n?: number | undefined;
}

/** Rows as looks of a judge. Columns that the judge does not know are refused. */
export function csvWindows(csv: Csv, judge: ReplayableJudge, file: string): readonly PastWindow[] {
  if (judge === 'latency') return histogramWindows(csv, file);
  const shape = shapeOf(csv, judge);
  return csv.rows.map((row) => windowOf(readRow(shape, row, file), `${file}:${row.line}`));
}

function shapeOf({ columns }: Csv, judge: Exclude<ReplayableJudge, 'latency'>): z.ZodType<Cells> {
  if (judge !== 'groupSequential') return shapes[judge];
  return columns.includes('z') ? sequential.z : sequential.counts;
}

function windowOf(cells: Cells, place: string): PastWindow {
  const { at: moment, weight, segment, error, z: score, fraction, information, n } = cells;
  return {
    place,
    candidate: present({
      value: cells.candidate,
      requests: cells.candidate_requests,
      errors: cells.candidate_errors,
    }),
    stable: present({
      value: cells.stable,
      requests: cells.stable_requests,
      errors: cells.stable_errors,
    }),
    ...present({
      at: moment || undefined,
      error: error || undefined,
      segment: segment || undefined,
    }),
    ...present({ weight, z: score, fraction, information, n }),
  };
}
