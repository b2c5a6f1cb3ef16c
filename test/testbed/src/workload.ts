import type { KubeObject } from './kube-http.js';

export interface MeshServiceName {
  readonly namespace: string;
  readonly name: string;
}

/** The API refuses loopback addresses in EndpointSlices. Nothing is ever sent to these. */
const address = (n: number): string => `10.20.${Math.floor(n / 250) % 250}.${(n % 250) + 1}`;

export function pod({ namespace, name }: MeshServiceName, version: string, n: number): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `${name}-${version}-${n}`, namespace, labels: { app: name, version } },
    spec: { containers: [{ name: 'app', image: `registry.example/${name}:${version}` }] },
  };
}

/** A kubelet would write this; without a node, anybody may. */
export function podStatus(n: number, isReady: boolean): object {
  const status = isReady ? 'True' : 'False';
  const podIP = address(n);
  const conditions = [{ type: 'Ready', status, lastTransitionTime: new Date().toISOString() }];
  return { status: { phase: 'Running', podIP, podIPs: [{ ip: podIP }], conditions } };
}

export function isReady(pod: KubeObject): boolean {
  const { conditions = [] } = pod['status'] as PodStatus;
  return conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
}

export function slice(
  { namespace, name }: MeshServiceName,
  pods: readonly KubeObject[],
): KubeObject {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: `${name}-testbed`,
      namespace,
      labels: {
        'kubernetes.io/service-name': name,
        'endpointslice.kubernetes.io/managed-by': 'testbed',
      },
    },
    addressType: 'IPv4',
    ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
    endpoints: pods.map(endpoint),
  };
}

interface PodStatus {
  readonly podIP?: string;
  readonly conditions?: readonly { readonly type: string; readonly status: string }[];
}

function endpoint(of: KubeObject): object {
  const { name, namespace, uid } = of.metadata;
  const ready = isReady(of);
  return {
    addresses: [(of['status'] as PodStatus).podIP],
    conditions: { ready, serving: ready, terminating: false },
    targetRef: { kind: 'Pod', name, namespace, uid },
  };
}
