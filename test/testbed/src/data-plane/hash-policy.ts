import type { Json } from './clusters.js';
import { trafficPolicyOf } from './destination-rules.js';
import type { Destination, TrafficPolicy } from './istio-objects.js';
import type { MeshView } from './mesh-view.js';
import { seconds } from './names.js';

type Hash = NonNullable<NonNullable<TrafficPolicy['loadBalancer']>['consistentHash']>;

/** What keeps a client on one endpoint, once its version is chosen. */
export function hashPolicy(view: MeshView, { host, subset }: Destination): readonly Json[] {
  const policy = view.policy(host);
  const chosen = policy?.subsets.find(({ name }) => name === subset);
  const hash = trafficPolicyOf(policy, chosen).loadBalancer?.consistentHash;
  return hash ? [hashBy(hash)] : [];
}

function hashBy({ httpHeaderName, httpQueryParameterName, httpCookie }: Hash): Json {
  if (httpHeaderName) return { header: { header_name: httpHeaderName } };
  if (httpQueryParameterName) return { query_parameter: { name: httpQueryParameterName } };
  if (!httpCookie) return { connection_properties: { source_ip: true } };
  const { name, path = '/', ttl } = httpCookie;
  return { cookie: { name, path, ...(ttl && { ttl: seconds(ttl) }) } };
}
