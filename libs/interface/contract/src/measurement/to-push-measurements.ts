import type { NewMeasurement, PushMeasurements } from '@spillway/application';
import {
  clusterName,
  instant,
  ok,
  serviceName,
  version,
  type Refusal,
  type Result,
} from '@spillway/kernel';
import { parse } from '../schema/parse.js';
import {
  measurementDocument,
  measurementListDocument,
  type ParsedMeasurement,
} from './measurement-document.js';

/** A batch is corrected in one go, so every wrong field is named, as far as a person reads. */
const shown = 20;

/** One measurement or a list of them, as it came, to what `pushMeasurements` takes. */
export function toPushMeasurements(input: unknown): Result<PushMeasurements, Refusal> {
  if (isList(input)) {
    const parsed = parse(measurementListDocument, input, shown);
    if (!parsed.ok) return parsed;
    return ok({
      form: 'list',
      measurements: parsed.value.measurements.map(toMeasurement),
    });
  }
  const parsed = parse(measurementDocument, input, shown);
  if (!parsed.ok) return parsed;
  return ok({ form: 'one', measurements: [toMeasurement(parsed.value)] });
}

const isList = (input: unknown): boolean =>
  typeof input === 'object' && input !== null && 'measurements' in input;

const toMeasurement = (parsed: ParsedMeasurement): NewMeasurement => ({
  metric: parsed.metric,
  cluster: clusterName(parsed.cluster),
  service: serviceName(parsed.service),
  version: version(parsed.version),
  ...(parsed.at === undefined ? {} : { at: instant(Date.parse(parsed.at)) }),
  figure: toFigure(parsed),
});

const toFigure = ({
  value,
  requests = 0,
  errors = 0,
}: ParsedMeasurement): NewMeasurement['figure'] =>
  value === undefined ? { kind: 'counts', requests, errors } : { kind: 'value', value };
