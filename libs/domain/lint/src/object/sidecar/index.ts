import type { Check } from '../rule.js';
import { refused, rules } from '../rule.js';
import { connectionPool } from '../shared/connection-pool.js';
import { selector } from '../shared/selector.js';
import { all, inside } from '../walk.js';
import { egress } from './egress.js';
import { ingress } from './ingress.js';
import { outbound } from './outbound.js';

export const sidecarRules = rules({
  SIDECAR_EMPTY: refused('A Sidecar says nothing.', {
    without: 'it is stored, and takes the place of a wider Sidecar with the defaults',
    next: 'Add egress, ingress, outboundTrafficPolicy or inboundConnectionPool.',
  }),
});

const notEmpty: Check = function* (spec) {
  const lists = [spec.at('egress'), spec.at('ingress')].filter(
    ({ isSet, value }) => isSet && !(Array.isArray(value) && value.length === 0),
  );
  const policies = spec.setOf('outboundTrafficPolicy', 'inboundConnectionPool');
  if (lists.length + policies.length > 0 || (spec.isSet && !spec.isObject)) return;
  yield sidecarRules.SIDECAR_EMPTY.on(spec, 'There is nothing in it.');
};

export const sidecar: Check = all(
  notEmpty,
  inside('workloadSelector', selector('labels')),
  ingress,
  egress,
  inside('inboundConnectionPool', connectionPool),
  inside('outboundTrafficPolicy', outbound),
);
