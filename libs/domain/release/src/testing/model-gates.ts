import { duration, type Instant } from '@spillway/kernel';
import type { ReleaseFact } from '../event.js';
import type { Gate, GateState } from '../gate/gate.js';
import { approve, reject, type Judgement } from '../gate/judge-approval.js';
import { freezesIn } from '../increase/freeze-block.js';
import type { Freeze, Observation } from '../observation.js';
import type { Plan, Step } from '../plan.js';
import type { Release } from '../release.js';

/** What people say of gates, and the windows that are in force. */
export class ModelGates {
  readonly manual = new Map<string, GateState>();
  freezes: readonly Freeze[] = [];

  seen({ plan }: Release): Pick<Observation, 'gates' | 'freezes'> {
    return { freezes: this.freezes, gates: { plan: digest(plan), manual: new Map(this.manual) } };
  }

  approval(release: Release, by: string, now: Instant): readonly ReleaseFact[] {
    const fact = approve(release, judgement(release, by), now);
    return fact.ok && fact.value !== undefined ? [fact.value] : [];
  }

  rejection(release: Release, by: string): readonly ReleaseFact[] {
    const facts = reject(release, judgement(release, by));
    return facts.ok ? facts.value : [];
  }

  override(release: Release, now: Instant): readonly ReleaseFact[] {
    const seen = { clusters: new Map(), measurements: [], freezes: this.freezes };
    const freezes = freezesIn(release, seen, release.plan.waves.flat(), now);
    if (freezes.length === 0) return [];
    const overridden = freezes.map(({ window, until }) => ({ window, ...(until && { until }) }));
    return [{ type: 'freezeOverridden', freezes: overridden }];
  }
}

/** Where nobody counts digits, the text is as good. */
export const digest = (plan: Plan): string => JSON.stringify(plan);

const judgement = ({ plan }: Release, by: string): Judgement => ({
  by,
  roles: ['approver'],
  plan: digest(plan),
  authors: new Set(),
});

export const someGates: readonly Gate[] = [
  { name: 'one', approvals: { count: 1 } },
  { name: 'two', approvals: { count: 2, expiresAfter: duration(120_000), onReject: 'pause' } },
  { name: 'hand', manual: 'closed' },
  { name: 'open', manual: 'open' },
];

/** The plan with these gates in front of some of its steps, each under a name of its own. */
export function gated(plan: Plan, places: readonly (readonly [number, Gate])[]): Plan {
  const steps: Step[] = [...plan.steps];
  for (const [i, [place, gate]] of places.entries()) {
    const index = place % (steps.length + 1);
    const wave = (steps[index] ?? steps.at(-1))?.wave ?? 0;
    steps.splice(index, 0, { ...gate, kind: 'gate', name: `${gate.name}-${i}`, wave });
  }
  return { ...plan, steps, rollbackGate: 'back' };
}
