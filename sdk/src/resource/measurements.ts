import { bodyOf, keyOf, signalOf, type Api } from '../core/api.js';
import type { CommandOptions, MeasurementDocument, PushedMeasurements } from '../types.js';

/** What you measure yourselves. */
export class Measurements {
  constructor(private readonly api: Api) {}

  /** Up to 1000 at once; when one is wrong, none is taken. */
  push(
    measurements: readonly MeasurementDocument[],
    options: CommandOptions = {},
  ): Promise<PushedMeasurements> {
    const call = this.api.POST('/api/v1/measurements', {
      params: keyOf(options),
      body: { measurements: [...measurements] },
      ...signalOf(options),
    });
    return bodyOf(call);
  }
}
