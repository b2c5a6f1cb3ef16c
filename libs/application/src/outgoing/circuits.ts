import type { Instant } from '@spillway/kernel';
import { BoundedMap } from '../bounded-map.js';
import { afterFailure, closedCircuit, mayCall, type Circuit } from './circuit.js';

/** Tries often enough to notice within a minute that somebody is back. */
const limits = { failures: 5, firstPauseMs: 5_000, maxPauseMs: 60_000 };
/** Beyond it the oldest are forgotten: then one call more is made. */
const maxKept = 1_000;

/** The circuits of this process, one for each endpoint: its address without the query. */
export class Circuits {
  private readonly kept = new BoundedMap<Circuit>(maxKept);

  /** When it may be called again; `undefined` when now. */
  openUntil(url: string, now: Instant): Instant | undefined {
    const circuit = this.kept.get(endpointOf(url));
    return circuit === undefined || mayCall(circuit, now) ? undefined : circuit.openUntil;
  }

  failed(url: string, now: Instant): void {
    const endpoint = endpointOf(url);
    const next = afterFailure(this.kept.get(endpoint) ?? closedCircuit, now, limits);
    this.kept.set(endpoint, next);
  }

  answered(url: string): void {
    this.kept.delete(endpointOf(url));
  }
}

const endpointOf = (url: string): string => url.replace(/[?#].*$/s, '');
