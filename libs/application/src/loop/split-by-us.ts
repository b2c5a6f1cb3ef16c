import { ownershipOf } from '@spillway/domain-istio';
import type { ServiceRecord } from '../port/service-store.js';

/** Our weights alone split its requests. People's own routes send requests beside ours, and pods are no weights. */
export const isSplitByUs = (service: ServiceRecord): boolean =>
  ownershipOf(service).kind === 'managed';
