import { isFinal } from '@spillway/domain-release';
import type { Meter, Occurrence } from '@spillway/application';
import type { Instruments } from './instruments.js';

type Noted = {
  readonly [Kind in Occurrence['kind']]: (
    one: Extract<Occurrence, { readonly kind: Kind }>,
  ) => void;
};

/** Complete by kind: something that nobody counts does not compile. */
export function prometheusMeter(instruments: Instruments): Meter {
  const noted: Noted = { ...ofReleases(instruments), ...ofWork(instruments) };
  return {
    note: (occurrence) => (noted[occurrence.kind] as (one: Occurrence) => void)(occurrence),
  };
}

const seconds = (ms: number): number => ms / 1_000;

type OfWork = 'ran' | 'called' | 'queried';

const ofReleases = (on: Instruments): Omit<Noted, OfWork> => ({
  moved({ from = 'none', to }) {
    on.moved.inc({ from, to });
    if (isFinal(to)) on.ended.inc({ as: to });
  },
  held: ({ reason }) => on.held.inc({ reason }),
  judged: ({ verdict }) => on.judged.inc({ verdict }),
  writeRefused: ({ cluster }) => on.writeRefused.inc({ cluster }),
  driftFound: ({ cluster, isHealed }) =>
    on.driftFound.inc({ cluster, healed: isHealed ? 'yes' : 'no' }),
  applied: ({ cluster, applied, ms }) =>
    on.applied.observe({ cluster, purpose: applied }, seconds(ms)),
  distributed: ({ cluster, ms }) => on.distributed.observe({ cluster }, seconds(ms)),
  tookBack: ({ ms }) => on.tookBack.observe(seconds(ms)),
});

const ofWork = (on: Instruments): Pick<Noted, OfWork> => ({
  ran({ job, outcome, lateMs, ms }) {
    on.jobDuration.observe({ kind: job, outcome }, seconds(ms));
    // Put back at once, it is taken again, and then it is known how late it is.
    if (outcome === 'busy') return;
    on.jobLateness.observe({ kind: job }, seconds(lateMs));
    if (job === 'reconcile') on.stepLateness.observe(seconds(lateMs + ms));
  },
  called({ cluster, verb, outcome, ms }) {
    on.calls.inc({ cluster, verb, outcome });
    on.callDuration.observe({ cluster, verb }, seconds(ms));
  },
  queried: ({ outcome, ms }) => on.queryDuration.observe({ outcome }, seconds(ms)),
});
