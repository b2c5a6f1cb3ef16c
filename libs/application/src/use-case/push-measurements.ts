import { ok, refuse } from '@spillway/kernel';
import { change } from './change.js';
import type { UseCaseDeps } from './deps.js';
import { refuseMeasurements } from './refuse-measurements.js';
import type { UseCases } from './use-cases.js';

/**
 * A repeated request is answered before its measurements are looked at: they may
 * be too old by now, and were taken all the same.
 */
export const pushMeasurements =
  (deps: UseCaseDeps): UseCases['pushMeasurements'] =>
  (command, caller) =>
    change(deps, { operation: 'pushMeasurements', input: command, caller }, async (tx) => {
      const wrong = await refuseMeasurements(tx, command);
      if (wrong !== undefined) return refuse(wrong);
      const { measurements } = command;
      await tx.pushed.add(measurements.map(({ at = tx.now, ...rest }) => ({ ...rest, at })));
      const subject = `measurements of ${[...new Set(measurements.map(({ service }) => service))].join(', ')}`;
      return ok({ value: measurements.length, subject, after: measurements });
    });
