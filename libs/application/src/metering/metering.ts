import type { Meter } from '../port/meter.js';
import type { UnitOfWork } from '../port/unit-of-work.js';
import { Histories } from '../saved/histories.js';
import type { Witness } from '../saved/witnessed.js';
import { hasLatency, latenciesIn } from './latencies.js';
import { occurrencesIn } from './occurrences.js';

/** A decision is rarely further back than this; what began earlier is not measured. */
const lookBack = 200;

/**
 * Tells the meter of all that is stored of releases. It is the one place where events become
 * figures. `unitOfWork` is read for how long ago something was decided.
 */
export function metering(meter: Meter, unitOfWork: Pick<UnitOfWork, 'read'>): Witness {
  const histories = new Histories(unitOfWork);
  return {
    saved(saved) {
      for (const occurrence of occurrencesIn(saved)) meter.note(occurrence);
      const { release, events } = saved;
      if (!events.some(hasLatency)) return;
      const from = Math.max(0, release.revision - events.length - lookBack);
      histories.read(release, from, (history) => {
        for (const occurrence of latenciesIn(history, events.length)) meter.note(occurrence);
      });
    },
    judged({ verdict }) {
      if (verdict !== undefined) meter.note({ kind: 'judged', verdict: verdict.kind });
    },
  };
}
