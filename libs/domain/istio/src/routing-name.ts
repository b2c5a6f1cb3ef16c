import { splitServiceName } from '@spillway/kernel';
import type { MeshService } from './traffic.js';

/** Name and place of the objects that Spillway owns for a service: the same for both kinds. */
export function routingName({ service }: MeshService): { namespace: string; name: string } {
  const { namespace, name } = splitServiceName(service);
  return { namespace, name: `${name}-spillway` };
}

/** Marks what Spillway owns. Keys avoid `istio.io`, which would make every edit a full push (istio model/config_compare.go). */
export const managedByLabel = 'app.kubernetes.io/managed-by';
export const managedByValue = 'spillway';
export const releaseAnnotation = 'spillway.dev/release';
export const generationAnnotation = 'spillway.dev/generation';
