import {
  fieldsOf,
  listOf,
  ownPart,
  virtualServicePlace,
  type LiveObject,
  type MeshService,
} from '@spillway/domain-istio';
import type { TrafficCount } from '@spillway/adapter-cluster';
import { EVERYTHING, formatPercent, type BasisPoints } from '@spillway/kernel';

type Fields = ReturnType<typeof fieldsOf>;

/** `testers → v2 | v1 90 %, v2 10 %; subsets v1, v2` */
export function routingText(objects: readonly LiveObject[], service: MeshService): string {
  const { namespace, name } = virtualServicePlace(service);
  const own = objects.find(
    ({ kind, metadata }) =>
      kind === 'VirtualService' && metadata.namespace === namespace && metadata.name === name,
  );
  const { http, tcp, tls } = fieldsOf(own?.spec);
  const routes = [http, tcp, tls].flatMap((list) => listOf(list).map(fieldsOf));
  const subsets = objects
    .filter(({ kind }) => kind === 'DestinationRule')
    .flatMap(({ spec }) => listOf(fieldsOf(spec)['subsets']))
    .map((subset) => String(fieldsOf(subset)['name']));
  const text = routes.map((route) => routeText(route, service)).join(' | ');
  return `${text}; subsets ${[...new Set(subsets)].join(', ')}`;
}

function routeText(route: Fields, service: MeshService): string {
  const entries = listOf(route['route']).map(fieldsOf);
  const weights = entries.map(({ weight }) => (entries.length === 1 ? 1 : Number(weight ?? 0)));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const isCondition = listOf(route['match']).some((match) => fieldsOf(match)['port'] === undefined);
  const split = entries.map(({ destination }, i) => {
    const share = Math.round(((weights[i] ?? 0) / sum) * EVERYTHING) as BasisPoints;
    const to = versionText(destination, service);
    return isCondition && entries.length === 1 ? to : `${to} ${formatPercent(share)}`;
  });
  const head = isCondition ? `${partText(route, service)} → ` : '';
  return `${head}${split.join(', ')}${mirrorText(route, service)}`;
}

/** The name that people gave a route, or the part of ours that says what it is for. */
const partText = ({ name }: Fields, service: MeshService): string =>
  ownPart(service, name) ?? (typeof name === 'string' ? name : 'a match');

function versionText(destination: unknown, { versionHost }: MeshService): string {
  const { subset, host } = fieldsOf(destination);
  return versionHost === undefined && typeof subset === 'string'
    ? subset
    : (String(host).split('.')[0] ?? '');
}

function mirrorText({ mirror, mirrorPercentage }: Fields, service: MeshService): string {
  if (mirror === undefined) return '';
  const share = Number(fieldsOf(mirrorPercentage)['value'] ?? 100) * 100;
  return `, copies of ${formatPercent(share as BasisPoints)} to ${versionText(mirror, service)}`;
}

/** `v1 900, v2 100 requests, 25 copies to v2; 3 lost` */
export function answersText({ versions, mirrored, lost }: TrafficCount): string {
  const own = [...versions].filter(([, { requests }]) => requests > 0);
  const answered = own.map(([name, { requests }]) => `${requests} by ${name}`);
  const copies = [...mirrored]
    .filter(([, { requests }]) => requests > 0)
    .map(([name, { requests }]) => `${requests} copies by ${name}`);
  const nobody = lost.NC + lost.UH + lost.NR;
  return `${[...answered, ...copies].join(', ') || 'nothing'}; ${nobody} lost`;
}
