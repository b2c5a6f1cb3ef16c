import type { Check } from '../rule.js';
import { refused, rules } from '../rule.js';
import { connectionPool } from '../shared/connection-pool.js';
import { all, each, inside } from '../walk.js';
import { clientTls } from './client-tls.js';
import { loadBalancer } from './load-balancer.js';
import { outlierDetection } from './outlier.js';
import { tunnel } from './tunnel.js';

export const trafficPolicyRules = rules({
  TRAFFIC_POLICY_EMPTY: refused('A traffic policy is empty.', {
    without: 'it is stored, and does nothing',
    next: 'Add a setting, or remove trafficPolicy.',
  }),
  TUNNEL_AND_PROXY_PROTOCOL: refused('A traffic policy has both tunnel and proxyProtocol.', {
    next: 'Keep one of the two.',
  }),
  PORT_POLICY_EMPTY: refused('The settings of a port are empty.', {
    without: 'it is stored, and resets the port to the defaults',
    next: 'Add a setting, or remove the port.',
  }),
  PORT_POLICY_WITHOUT_PORT: refused('The settings of a port do not say which.', {
    without: 'it is stored, and applies to no port',
    next: 'Add port.number.',
  }),
});

/** What a port may say for itself. */
const components = ['outlierDetection', 'connectionPool', 'loadBalancer', 'tls'];
const settings = [...components, 'portLevelSettings', 'tunnel', 'proxyProtocol', 'retryBudget'];

const component: Check = all(
  inside('outlierDetection', outlierDetection),
  inside('connectionPool', connectionPool),
  loadBalancer,
  inside('tls', clientTls),
);

const whichPort: Check = function* (policy) {
  if (policy.at('port').isSet) return;
  yield trafficPolicyRules.PORT_POLICY_WITHOUT_PORT.on(policy.at('port'), 'There is no port.');
};

const portPolicy: Check = function* (policy, scope) {
  yield* whichPort(policy, scope);
  if (policy.setOf(...components).length === 0) {
    yield trafficPolicyRules.PORT_POLICY_EMPTY.on(policy, 'The port has no setting.');
  }
  yield* component(policy, scope);
};

const whole: Check = all(
  component,
  each('portLevelSettings', portPolicy),
  inside('tunnel', tunnel),
);

export const trafficPolicy: Check = function* (policy, scope) {
  if (policy.setOf(...settings).length === 0) {
    yield trafficPolicyRules.TRAFFIC_POLICY_EMPTY.on(policy, 'The policy has no setting.');
  } else if (policy.setOf('tunnel', 'proxyProtocol').length === 2) {
    yield trafficPolicyRules.TUNNEL_AND_PROXY_PROTOCOL.on(
      policy,
      'tunnel and proxyProtocol are both set.',
    );
  } else {
    yield* whole(policy, scope);
  }
};
