import type { MeshObject } from '@spillway/domain-istio';
import { Spot } from '../../object/spot.js';
import { audienceOf, type Audience } from './export-to.js';
import { fullHost } from './host.js';

export type RuleKind = 'http' | 'tls' | 'tcp';

/** Where a rule sends requests, or copies of them. */
export interface Target {
  readonly spot: Spot;
  readonly kind: RuleKind;
  readonly rule: Spot;
  /** As it is written. */
  readonly text: string;
  readonly host: string;
  readonly subset: string;
  readonly port: number | undefined;
  readonly isMirror: boolean;
  /** Whether any request goes there: the only destination, or one with weight. */
  readonly isUsed: boolean;
}

export interface HostName {
  readonly spot: Spot;
  readonly host: string;
}

export interface GatewayName {
  readonly spot: Spot;
  /** `namespace/name`, or `mesh`. */
  readonly name: string;
}

export interface VirtualService {
  readonly object: MeshObject;
  readonly spec: Spot;
  readonly namespace: string;
  readonly audience: Audience;
  readonly hosts: readonly HostName[];
  readonly gateways: readonly GatewayName[];
  readonly isInMesh: boolean;
  readonly targets: readonly Target[];
}

export function readVirtualService(object: MeshObject, domain: string): VirtualService {
  const { namespace } = object.metadata;
  const spec = new Spot(object.spec, 'spec');
  const full = (host: string): string => fullHost(host, namespace, domain);
  const gateways = spec.at('gateways').texts();
  const hosts = spec.at('hosts').texts();
  return {
    object,
    spec,
    namespace,
    audience: audienceOf(object),
    hosts: hosts.map((spot) => ({ spot, host: full(spot.text) })),
    gateways: gateways.map((spot) => ({ spot, name: gatewayName(spot.text, namespace) })),
    // Without hosts it is a delegate: who delegates to it says where it is in force.
    isInMesh:
      hosts.length > 0 && (gateways.length === 0 || gateways.some((g) => g.text === 'mesh')),
    targets: (['http', 'tls', 'tcp'] as const).flatMap((kind) => targetsOf(spec, kind, full)),
  };
}

/** Without a slash it is of the own namespace, or the old form that looks like a host. */
function gatewayName(text: string, own: string): string {
  if (text === 'mesh') return text;
  const [first = '', second] = text.includes('/') ? text.split('/') : reversed(text);
  return second === undefined ? `${own}/${first}` : `${first === '.' ? own : first}/${second}`;
}

function reversed(text: string): readonly [string] | readonly [string, string] {
  const [name = '', namespace] = text.split('.');
  return namespace === undefined ? [name] : [namespace, name];
}

function targetsOf(spec: Spot, kind: RuleKind, full: (host: string) => string): readonly Target[] {
  return spec
    .at(kind)
    .items()
    .flatMap((rule) => {
      const target = (spot: Spot, use: Pick<Target, 'isMirror' | 'isUsed'>): Target => ({
        spot,
        kind,
        rule,
        text: spot.at('host').text,
        host: full(spot.at('host').text),
        subset: spot.at('subset').text,
        port: spot.at('port').at('number').number,
        ...use,
      });
      return [...routesOf(rule, target), ...mirrorsOf(rule, target)];
    })
    .filter(({ text }) => text !== '');
}

type MakeTarget = (spot: Spot, use: Pick<Target, 'isMirror' | 'isUsed'>) => Target;

function routesOf(rule: Spot, target: MakeTarget): readonly Target[] {
  const routes = rule.at('route').items();
  return routes.map((route) =>
    target(route.at('destination'), {
      isMirror: false,
      isUsed: routes.length === 1 || (route.at('weight').number ?? 0) > 0,
    }),
  );
}

function mirrorsOf(rule: Spot, target: MakeTarget): readonly Target[] {
  const one = target(rule.at('mirror'), {
    isMirror: true,
    isUsed: rule.at('mirrorPercentage').at('value').number !== 0,
  });
  const several = rule.at('mirrors').items();
  return [
    one,
    ...several.map((mirror) =>
      target(mirror.at('destination'), {
        isMirror: true,
        isUsed: mirror.at('percentage').at('value').number !== 0,
      }),
    ),
  ];
}
