import { unexposed, type Exposure, type Sticky } from '@spillway/domain-traffic';
import { EVERYTHING, basisPoints, generation } from '@spillway/kernel';
import { adopt } from '../adopt/adopt.js';
import { applyPatch } from '../adopt/apply-patch.js';
import type { LiveObject } from '../istio-object.js';
import type { PatchOperation } from '../adopt/patch.js';
import type { Traffic } from '../traffic.js';
import { aTraffic } from './a-traffic.js';
import { anAdoptedService, canonical, reordered } from './people.js';

/** A release of a service whose VirtualService people own, step by step. */
export class AdoptedLife {
  private at = 6;
  readonly patches: (readonly PatchOperation[])[] = [];

  constructor(
    public live: LiveObject,
    private readonly about: Partial<Traffic> = {},
  ) {}

  wanted(exposure: Exposure, isOver = false): Traffic {
    const about = { service: anAdoptedService(), ...this.about };
    return aTraffic({ ...about, exposure, isOver, generation: generation(this.at) });
  }

  /** Gives the candidate this; throws why it cannot be. */
  give(exposure: Exposure, isOver = false): LiveObject {
    const because = this.offer(exposure, isOver);
    if (because !== undefined) throw new Error(because);
    return this.live;
  }

  /** Gives the candidate this, or says why it cannot be. */
  offer(exposure: Exposure, isOver = false): string | undefined {
    this.at += 1;
    const wanted = this.wanted(exposure, isOver);
    const adoption = adopt(wanted, this.live);
    if (adoption.kind === 'problem') return adoption.because;
    const operations = adoption.kind === 'patch' ? adoption.operations : [];
    const after = applyPatch(this.live, operations);
    if (after === undefined) throw new Error(`does not fit: ${JSON.stringify(operations)}`);
    this.patches.push(operations);
    this.live = after;
    this.mustRest(wanted);
    return undefined;
  }

  weight(percent: number): LiveObject {
    return this.give({ weight: basisPoints(percent * 100) });
  }

  stick(sticky: Sticky, percent: number): LiveObject {
    return new AdoptedLife(this.live, { ...this.about, sticky }).weight(percent);
  }

  promote(): LiveObject {
    return this.give({ weight: EVERYTHING }, true);
  }

  abort(): LiveObject {
    this.give(unexposed);
    return this.give(unexposed, true);
  }

  why(exposure: Exposure): string | undefined {
    const adoption = adopt(this.wanted(exposure), this.live);
    return adoption.kind === 'problem' ? adoption.because : undefined;
  }

  edit(change: (live: LiveObject) => LiveObject): void {
    this.live = change(this.live);
  }

  /** Nothing is left to write, also when the API server gives maps back in another order. */
  private mustRest(wanted: Traffic): void {
    const again = adopt(wanted, this.at % 2 === 0 ? reordered(this.live) : this.live);
    if (again.kind !== 'same') throw new Error(`not at rest: ${canonical(again)}`);
  }
}
