import type { Exposure } from '@spillway/domain-traffic';
import type { ClusterName, Instant } from '@spillway/kernel';
import type { ReleaseEvent } from '../event.js';
import type { Observation } from '../observation.js';
import type { Release } from '../release.js';
import { must } from './promises.js';

interface Yes {
  readonly gate: string;
  readonly by: string;
  readonly plan: string;
  readonly until: number;
}

/**
 * What gates and freeze windows promise, held against each event: said here once more, from the
 * events alone and in other words than those that are tested.
 */
export class GateKeeper {
  private said: readonly Yes[] = [];
  private passed: readonly string[] = [];

  check(event: ReleaseEvent, before: Release, next: Release, seen?: Observation): void {
    this.listen(event);
    if (event.type === 'gatePassed') this.mustHaveOpened(event, before, seen);
    const isWaiting = [next.phase, next.held?.from, next.paused?.from].includes('awaitingApproval');
    must(
      isWaiting === (next.awaiting !== undefined),
      'who awaits approval says at which gate',
      next,
    );
    if (event.type !== 'trafficShifted') return;
    const raised = event.traffic.clusters.filter((one) =>
      isMore(one, before.rollouts.find(({ cluster }) => cluster === one.cluster)?.desired),
    );
    if (raised.length === 0) return;
    this.mustBePassed(before, seen);
    mustNotBeFrozen(
      raised.map(({ cluster }) => cluster),
      before,
      event.at,
      seen,
    );
  }

  private listen(event: ReleaseEvent): void {
    if (event.type === 'approved') {
      const { actor: by, plan, until = Infinity } = event;
      this.said = [...this.said, { gate: keyOf(event), by, plan, until }];
    } else if (event.type === 'rejected') {
      this.said = this.said.filter(({ gate }) => gate !== keyOf(event));
    }
  }

  private mustHaveOpened(
    event: Extract<ReleaseEvent, { type: 'gatePassed' }>,
    before: Release,
    seen?: Observation,
  ): void {
    const { gates } = seen ?? {};
    must(gates?.plan === event.plan, 'a gate lets the plan pass that there is', before);
    const step = before.plan.steps.find(
      (one) => one.kind === 'gate' && one.name === event.gate && one.wave === event.wave,
    );
    if (step?.kind !== 'gate') return must(false, 'a gate that lets pass is there', before);
    if ('manual' in step) {
      const state = gates?.manual.get(step.name) ?? step.manual;
      must(state === 'open', `gate ${step.name} is open`, before);
    } else {
      const counting = this.said.filter(
        ({ gate, plan, until }) => gate === keyOf(event) && plan === event.plan && event.at < until,
      );
      const people = new Set(counting.map(({ by }) => by));
      must(people.size >= step.approvals.count, `gate ${step.name} has its approvals`, before);
    }
    this.passed = [...this.passed, `${keyOf(event)} ${event.plan}`];
  }

  /** Invariant 2: a gate is never skipped, whatever brought the release behind it. */
  private mustBePassed({ plan, cursor, ...before }: Release, seen?: Observation): void {
    for (const step of plan.steps.slice(0, cursor.index)) {
      if (step.kind !== 'gate') continue;
      const key = `${keyOf({ gate: step.name, wave: step.wave })} ${seen?.gates?.plan}`;
      const release = { ...before, plan, cursor };
      must(this.passed.includes(key), `gate ${step.name} is never skipped`, release);
    }
  }
}

const keyOf = ({ gate, wave }: { readonly gate: string; readonly wave: number }): string =>
  `${gate} ${wave}`;

function isMore(now: Exposure, before: Exposure = { weight: 0 as Exposure['weight'] }): boolean {
  const copies = (one: Exposure): number => one.mirror?.share ?? 0;
  const routes = (one: Exposure): number => one.routes?.length ?? 0;
  return now.weight > before.weight || copies(now) > copies(before) || routes(now) > routes(before);
}

function mustNotBeFrozen(
  clusters: readonly ClusterName[],
  release: Release,
  at: Instant,
  seen?: Observation,
): void {
  for (const { window, until = Infinity, clusters: frozen } of seen?.freezes ?? []) {
    const isHere = at < until && frozen.some((name) => clusters.includes(name));
    const isOverridden = (release.overriddenFreezes ?? []).some(
      (one) => one.window === window && at < (one.until ?? Infinity),
    );
    must(!isHere || isOverridden, `window ${window} lets nothing rise`, release);
  }
}
