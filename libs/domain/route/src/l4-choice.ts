import { consideration } from './answer.js';
import type { Considered, RouteOrigin } from './explanation.js';
import type { TcpRequest } from './mesh.js';
import type { L4Match, L4Rule } from './read/l4-rule.js';
import type { VirtualService } from './read/virtual-service.js';
import { closest } from './sni.js';
import type { Chain } from './sni.js';

/** A rule that a proxy might take, with the block of it that is in question. */
export interface Candidate {
  readonly origin: RouteOrigin;
  readonly rule: L4Rule;
  readonly block?: L4Match;
}

export const candidatesIn = (
  services: readonly VirtualService[],
  kind: L4Rule['kind'],
): readonly Candidate[] =>
  services.flatMap((service) =>
    service[kind].flatMap((rule) => {
      const origin = (matchIndex: number | null): RouteOrigin => ({
        virtualService: { namespace: service.namespace, name: service.name },
        route: '',
        ruleIndex: rule.index,
        matchIndex,
      });
      return rule.match.length === 0
        ? [{ origin: origin(null), rule }]
        : rule.match.map((block, index) => ({ origin: origin(index), rule, block }));
    }),
  );

export interface Choice {
  readonly taken?: Candidate;
  /** Some rule is for this proxy, whether or not it fits: then the service's own route is gone. */
  readonly replacesDefault: boolean;
  readonly considered: readonly Considered[];
}

type NotFor = (match: L4Match) => string | undefined;

/** `tcp`: the first rule that fits. */
export function inOrder(
  candidates: readonly Candidate[],
  _request: TcpRequest,
  notFor: NotFor,
): Choice {
  const considered: Considered[] = [];
  for (const candidate of candidates) {
    const { block } = candidate;
    const reason = block && (notFor(block) ?? needsSubnet(block));
    considered.push(consideration(candidate.origin, reason));
    if (reason === undefined) return { taken: candidate, replacesDefault: true, considered };
  }
  return { replacesDefault: false, considered };
}

const needsSubnet = ({ destinationSubnets }: L4Match): string | undefined =>
  destinationSubnets.length === 0
    ? undefined
    : `it is for addresses in ${destinationSubnets.join(', ')}, and the request names none`;

/** `tls`: the closest SNI of all rules that are for this proxy; of equal ones the first. */
export function bySni(
  candidates: readonly Candidate[],
  request: TcpRequest,
  notFor: NotFor,
): Choice {
  const judged = candidates.map((candidate) => ({
    candidate,
    reason: candidate.block ? notFor(candidate.block) : 'it names no SNI',
  }));
  const chains: readonly Chain<Candidate>[] = judged.flatMap(({ candidate, reason }) =>
    reason === undefined ? [{ sniHosts: candidate.block?.sniHosts ?? [], of: candidate }] : [],
  );
  const taken = closest(chains, request.sni);
  const otherwise = `SNI ${request.sni ?? '(none)'} fits another rule better, or not this one`;
  return {
    ...(taken === undefined ? {} : { taken }),
    replacesDefault: chains.length > 0,
    considered: judged.map(({ candidate, reason }) =>
      consideration(candidate.origin, candidate === taken ? undefined : (reason ?? otherwise)),
    ),
  };
}
