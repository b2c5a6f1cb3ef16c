import { refusal, type Refusal } from '@spillway/kernel';
import { entryName } from './entry-name.js';
import { coversHost, isEgressHost, isWildcard } from './host.js';
import type { AllowedEgress } from './policy.js';

/** Why an allow-list makes no sense, or would be something else in Istio than it says. */
export function refuseAllowList(allow: readonly AllowedEgress[]): Refusal | undefined {
  for (const [index, entry] of allow.entries()) {
    const wrong = entryFault(entry, `allow[${index}]`) ?? overlap(allow, index);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

const wrong = (message: string, next: string, field: string): Refusal =>
  refusal('INVALID_EGRESS_POLICY', message, next, field);

function entryFault(entry: AllowedEgress, field: string): Refusal | undefined {
  return hostFault(entry, field) ?? portFault(entry, field) ?? resolutionFault(entry, field);
}

function hostFault({ hosts }: AllowedEgress, field: string): Refusal | undefined {
  const bad = hosts.findIndex((host) => !isEgressHost(host));
  if (bad < 0) return undefined;
  return wrong(
    `"${hosts[bad]}" is not a host name that can be allowed.`,
    'Write a full name in lower case, such as api.example.com or *.example.com.',
    `${field}.hosts[${bad}]`,
  );
}

function portFault({ ports }: AllowedEgress, field: string): Refusal | undefined {
  const numbers = ports.map(({ number }) => number);
  const twice = numbers.findIndex((number, i) => numbers.indexOf(number) !== i);
  if (twice < 0) return undefined;
  return wrong(
    `Port ${numbers[twice]} is listed twice.`,
    'List each port once, with the protocol that is spoken on it.',
    `${field}.ports[${twice}]`,
  );
}

/** As istiod would refuse it, or worse, accept it (istio §2.4). */
function resolutionFault(entry: AllowedEgress, field: string): Refusal | undefined {
  const { hosts, ports, resolution } = entry;
  if (resolution === 'NONE') return undefined;
  const wildcard = hosts.find(isWildcard);
  if (wildcard !== undefined) {
    return wrong(
      `"${wildcard}" stands for many hosts, and ${resolution} cannot find their addresses.`,
      'Leave resolution out, or name the hosts one by one.',
      `${field}.resolution`,
    );
  }
  if (hosts.length === 1 || ports.every(({ protocol }) => protocol !== 'TCP')) return undefined;
  return wrong(
    'Several hosts share a TCP port, and nothing in TCP tells them apart.',
    'Make an entry for each host.',
    `${field}.hosts`,
  );
}

/** Of two ServiceEntries with one host Istio takes one, and nobody knows which. */
function overlap(allow: readonly AllowedEgress[], index: number): Refusal | undefined {
  const entry = allow[index];
  for (const earlier of allow.slice(0, index)) {
    const host = entry?.hosts.find((one) => earlier.hosts.includes(one));
    if (host !== undefined) {
      return wrong(
        `"${host}" is in two entries.`,
        'Put its ports into one entry.',
        `allow[${index}].hosts`,
      );
    }
    if (entryName(earlier.hosts) === entryName(entry?.hosts ?? [])) {
      return wrong(
        `The entries of "${earlier.hosts[0]}" and "${entry?.hosts[0]}" would get one name.`,
        'Put another host first in one of them.',
        `allow[${index}].hosts`,
      );
    }
  }
  return twiceInOne(entry, index);
}

function twiceInOne(entry: AllowedEgress | undefined, index: number): Refusal | undefined {
  const { hosts = [] } = entry ?? {};
  const host = hosts.find((one, i) => hosts.some((other, j) => i !== j && coversHost(other, one)));
  if (host === undefined) return undefined;
  return wrong(
    `"${host}" is in the entry twice, perhaps under a wildcard.`,
    'Name each host once.',
    `allow[${index}].hosts`,
  );
}
