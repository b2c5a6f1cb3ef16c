import type { Meter } from '../port/meter.js';
import type { UnitOfWork } from '../port/unit-of-work.js';
import type { Witness } from '../saved/witnessed.js';
import { Histories } from './histories.js';
import { hasLatency } from './latencies.js';
import { occurrencesIn } from './occurrences.js';

/**
 * Tells the meter of all that is stored of releases. It is the one place where events become
 * figures. `unitOfWork` is read for how long ago something was decided.
 */
export function metering(meter: Meter, unitOfWork: Pick<UnitOfWork, 'read'>): Witness {
  const histories = new Histories(unitOfWork, meter);
  return {
    saved(saved) {
      for (const occurrence of occurrencesIn(saved)) meter.note(occurrence);
      if (saved.events.some(hasLatency)) histories.look(saved.release, saved.events.length);
    },
    judged({ verdict }) {
      if (verdict !== undefined) meter.note({ kind: 'judged', verdict: verdict.kind });
    },
  };
}
