import { managedByLabel, managedByValue } from '@spillway/domain-istio';
import type { LiveEgressObject } from './live-egress.js';

/** Before the names of all objects that Spillway makes for policies. */
export const ownPrefix = 'spillway-egress';
export const ownerAnnotation = 'spillway.dev/egress-owner';
export const reasonAnnotation = 'spillway.dev/egress-reason';
/** The `outboundTrafficPolicy` that people's Sidecar had, as JSON; `null` when it had none. */
export const originalPolicyAnnotation = 'spillway.dev/original-outbound-traffic-policy';

/** By name and label: an object that people made under such a name stays theirs. */
export const isOwn = ({ metadata: { name, labels } }: LiveEgressObject): boolean =>
  name.startsWith(ownPrefix) && labels[managedByLabel] === managedByValue;

export const ownLabels = { [managedByLabel]: managedByValue } as const;
