import type { StoredVersion } from './etcd-history.js';
import type { ChaosService } from './objects.js';
import { routeOf } from './objects.js';
import { foreignPart, routingOf, subsetsOf, type Routing } from './read-objects.js';

/** What was decided for one cluster under one generation. */
export interface Decided {
  readonly release: string;
  readonly candidate: string;
  /** Of the candidate, in basis points. */
  readonly weight: number;
}

/** By the generation of the service. */
export type DecidedIn = (
  service: string,
  cluster: string,
  generation: number,
) => Decided | undefined;

/** What may not happen to the objects of a service in one cluster, whatever is struck; each problem is a sentence. */
export class ObjectCheck {
  readonly problems: string[] = [];
  /** VirtualServices that were looked at. */
  versions = 0;
  private rule: StoredVersion['object'];
  private last: Routing | undefined;
  private foreign: string | undefined;
  private generation = 0;

  constructor(
    private readonly service: ChaosService,
    private readonly cluster: string,
    private readonly decided: DecidedIn,
  ) {}

  /** The next version of an object in this cluster, whosever it is. */
  see({ plural, name, object }: StoredVersion): void {
    if (plural === 'destinationrules' && name === `${this.service.name}-spillway`) {
      this.rule = object;
    }
    if (plural !== 'virtualservices' || name !== routeOf(this.service)) return;
    this.versions += 1;
    if (object === undefined) return this.note('the VirtualService was deleted');
    const routing = routingOf(object);
    if (this.service.ownership === 'adopted') this.checkForeign(foreignPart(object));
    if (routing.sumOfWeights !== 100 && routing.sumOfWeights !== 10_000) {
      this.note(`weights sum to ${routing.sumOfWeights}`);
    }
    if (routing.generation === undefined) this.checkGivenBack(routing);
    else this.checkDecided(routing, routing.generation);
    this.last = routing;
  }

  /** At the end one version has everything. */
  checkEnd(stable: string): void {
    const share = this.last?.shares.get(stable);
    if (this.last !== undefined && share !== 10_000) {
      this.note(`at the end ${stable} has ${share ?? 0} of 10000 instead of all`);
    }
  }

  private checkForeign(foreign: string): void {
    this.foreign ??= foreign;
    if (foreign !== this.foreign) this.note(`people had ${this.foreign} and now have ${foreign}`);
  }

  private checkDecided(routing: Routing, generation: number): void {
    const decided = this.decided(this.service.name, this.cluster, generation);
    if (decided?.release !== routing.release || decided === undefined) {
      return this.note(`generation ${generation} of ${routing.release} was never decided on`);
    }
    const share = routing.shares.get(decided.candidate) ?? 0;
    if (share !== decided.weight) {
      this.note(`generation ${generation} gives ${share} instead of ${decided.weight}`);
    }
    if (generation < this.generation) {
      this.note(`generation ${generation} came after ${this.generation}`);
    }
    this.generation = Math.max(generation, this.generation);
    const missing = [...routing.shares.keys()].filter(
      (name) => !subsetsOf(this.rule).includes(name),
    );
    if (missing.length > 0) this.note(`a route names ${missing.join()}, which no rule defines`);
  }

  /** As people wrote it, but for a promotion: who has everything had it before. */
  private checkGivenBack({ shares }: Routing): void {
    if (this.service.ownership === 'managed') return this.note('it carries no generation');
    const [heir, ...others] = shares.keys();
    const had = this.last === undefined || this.last.shares.get(heir ?? '') === 10_000;
    if (others.length > 0 || !had) {
      this.note(`it was given back with ${[...shares].join(' and ')}`);
    }
  }

  private note(problem: string): void {
    this.problems.push(`${this.service.name} in ${this.cluster}: ${problem}`);
  }
}
