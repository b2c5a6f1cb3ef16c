import { fieldsOf, listOf } from '@spillway/domain-istio';
import type { MeshObject } from '@spillway/domain-istio';
import type { OutboundPolicy } from '../mesh.js';
import { agedName } from './age.js';
import type { Aged } from './age.js';
import { givenFields, numberOf, textMapOf, textsOf } from './value.js';

export interface EgressListener {
  /** The one port that it is for; all others when left out. */
  readonly port?: number;
  /** `namespace/name`, as written: `.`, `*` and `~` are namespaces too. */
  readonly hosts: readonly { readonly namespace: string; readonly host: string }[];
}

export interface Sidecar extends Aged {
  /** Pod labels that it is for; all pods when left out. */
  readonly workloadSelector?: Readonly<Record<string, string>>;
  readonly egress: readonly EgressListener[];
  readonly outboundPolicy?: OutboundPolicy;
}

export function readSidecar(object: MeshObject): Sidecar {
  const spec = fieldsOf(object.spec);
  const { namespace } = object.metadata;
  const selector = givenFields(spec['workloadSelector']);
  const policy = givenFields(spec['outboundTrafficPolicy']);
  return {
    ...agedName(object),
    ...(selector === undefined ? {} : { workloadSelector: textMapOf(selector['labels']) }),
    egress: listOf(spec['egress']).map((item) => readListener(item, namespace)),
    // REGISTRY_ONLY is the enum's zero value: a policy without a mode means it.
    ...(policy === undefined
      ? {}
      : { outboundPolicy: policy['mode'] === 'ALLOW_ANY' ? 'ALLOW_ANY' : 'REGISTRY_ONLY' }),
  };
}

function readListener(value: unknown, ownNamespace: string): EgressListener {
  const listener = fieldsOf(value);
  const port = numberOf(fieldsOf(listener['port'])['number']);
  return {
    ...(port === undefined ? {} : { port }),
    hosts: textsOf(listener['hosts']).map((written) => {
      const [namespace = '', host = ''] = written.split('/', 2);
      return { namespace: namespace === '.' ? ownNamespace : namespace, host };
    }),
  };
}
