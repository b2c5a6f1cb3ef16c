import type { Check, Remark } from '../rule.js';
import { refused, refusedByServer, rules, warned } from '../rule.js';
import { domainRemark } from '../shared/host.js';
import type { Spot } from '../spot.js';
import { isPartialWildcard, wildcardDomainFault } from '../syntax/dns.js';
import { isHttp, isTcp, isTls } from '../syntax/protocol.js';
import { resolutionOf } from './resolution-of.js';

export const entryHostRules = rules({
  ENTRY_HOST_MISSING: refusedByServer('A ServiceEntry has no host.', {
    next: 'Add the host that clients ask for.',
  }),
  ENTRY_HOST_ALL: refusedByServer('A ServiceEntry has the host *.', {
    next: 'Name the hosts; to let everything out, set the outbound policy to ALLOW_ANY.',
  }),
  ENTRY_HOST_PARTIAL_WILDCARD: warned('A host has a wildcard in the middle of a label.', {
    consequence: 'Envoy takes it for the whole label or for none, depending on the protocol.',
    next: 'Write *. in front of a domain.',
  }),
  ENTRY_HOSTS_ALIKE: refused('Several hosts share a port that cannot tell them apart.', {
    without: 'it is stored, and connections to any of the hosts may reach any other',
    next: 'Write a ServiceEntry for each host, or an HTTP or TLS protocol.',
  }),
  ENTRY_HOSTS_WITH_TCP_ADDRESS: warned('Several hosts share an address and a TCP port.', {
    consequence: 'Connections to any of the hosts may reach any other.',
    next: 'Write a ServiceEntry for each host.',
  }),
});

/** A dynamic look-up needs a wildcard, so there a partial one is meant. */
export const entryHosts: Check = function* (spec) {
  const list = spec.at('hosts');
  if (spec.isObject && (!list.isSet || (Array.isArray(list.value) && list.value.length === 0))) {
    yield entryHostRules.ENTRY_HOST_MISSING.on(list, 'There is no host.');
  }
  for (const host of list.texts()) {
    yield* judge(host, { partial: resolutionOf(spec) === 'DYNAMIC_DNS' });
  }
};

function* judge(host: Spot, { partial }: { readonly partial: boolean }): Iterable<Remark> {
  if (host.text === '*') {
    yield entryHostRules.ENTRY_HOST_ALL.on(host, 'The host is *.');
    return;
  }
  const fault = wildcardDomainFault(host.text);
  if (fault !== undefined) yield domainRemark(host, host.text, fault);
  if (isPartialWildcard(host.text) && !partial) {
    yield entryHostRules.ENTRY_HOST_PARTIAL_WILDCARD.on(
      host,
      `Host ${JSON.stringify(host.text)} has a partial wildcard.`,
    );
  }
}

/** Only what a protocol says of the host can tell several of them apart. */
export const alikeHosts: Check = function* (spec) {
  const hosts = spec.at('hosts').items();
  const resolution = resolutionOf(spec);
  if (hosts.length < 2 || resolution === 'NONE') return;
  const protocols = spec
    .at('ports')
    .items()
    .filter(({ isObject }) => isObject)
    .map((port) => port.at('protocol'));
  const blind = protocols.find(({ text }) => !isHttp(text) && !isTls(text));
  if (blind !== undefined) {
    yield entryHostRules.ENTRY_HOSTS_ALIKE.on(
      blind,
      `${hosts.length} hosts share a port of protocol ${blind.text || 'TCP'}.`,
    );
  }
  const shared = protocols.find(({ text }) => isTcp(text));
  if (shared === undefined || !resolution.startsWith('DNS')) return;
  if (spec.at('addresses').items().length === 0) return;
  yield entryHostRules.ENTRY_HOSTS_WITH_TCP_ADDRESS.on(
    shared,
    `${hosts.length} hosts share an address and a port of protocol ${shared.text}.`,
  );
};
