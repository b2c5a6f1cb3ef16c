import { EVERYTHING, NOTHING, type Version } from '@spillway/kernel';
import type { Destination, WeightedDestination } from '../istio-object.js';
import { hostOf, type MeshService, type Traffic } from '../traffic.js';

/** Where a version's requests go. */
export const destinationOf = (service: MeshService, version: Version): Destination => ({
  host: hostOf(service, version),
  ...(service.versionHost === undefined ? { subset: version } : {}),
  port: { number: service.port },
});

/** A single destination takes no weight: Istio ignores one there, and a reader may not. */
export function split(traffic: Traffic): readonly WeightedDestination[] {
  const { service, stable, candidate, exposure } = traffic;
  const { weight } = exposure;
  if (weight === NOTHING) return [{ destination: destinationOf(service, stable) }];
  if (weight === EVERYTHING) return [{ destination: destinationOf(service, candidate) }];
  // Whole percents are written as percents: people read them, and Istio before 1.15 wants a sum of 100.
  const unit = weight % 100 === 0 ? 100 : 1;
  return [
    { destination: destinationOf(service, stable), weight: (EVERYTHING - weight) / unit },
    { destination: destinationOf(service, candidate), weight: weight / unit },
  ];
}
