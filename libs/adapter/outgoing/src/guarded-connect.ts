import { lookup as lookUpName, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { refuseAddress, type OutgoingPolicy } from './policy.js';

/** Resolves a name to all of its addresses. */
export type Resolve = (host: string) => Promise<readonly LookupAddress[]>;

/** The guard refused; the message says why. */
export class AddressRefused extends Error {}

/**
 * Opens connections of undici (option `connect`) to allowed addresses only. A name is resolved
 * once, and what was checked is what is connected to: a resolver that changes its answer in
 * between (DNS rebinding) changes nothing. Every connection is checked, those of a pool too.
 */
export const guardedConnect =
  (policy: OutgoingPolicy, resolve: Resolve = resolveBySystem) =>
  (options: buildConnector.BuildOptions = {}): buildConnector.connector => {
    const connect = buildConnector({ ...options, lookup: guardedLookup(policy, resolve) });
    return (target, callback) => {
      // A socket does not look up what is an address already.
      const host = target.hostname.replace(/^\[|\]$/g, '');
      const refusal = isIP(host) === 0 ? undefined : refuseAddress(policy, host, host);
      if (refusal !== undefined) callback(new AddressRefused(refusal), null);
      else connect(target, callback);
    };
  };

/** What a socket looks names up with, so that it finds allowed addresses only. */
export const guardedLookup =
  (policy: OutgoingPolicy, resolve: Resolve): LookupFunction =>
  (host, options, callback) => {
    allowedOf(policy, host, resolve).then(
      ([first, ...rest]) => {
        if (options.all === true) callback(null, [first, ...rest]);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => callback(error as Error, '', 0),
    );
  };

async function allowedOf(
  policy: OutgoingPolicy,
  host: string,
  resolve: Resolve,
): Promise<[LookupAddress, ...LookupAddress[]]> {
  const refusals: string[] = [];
  const allowed: LookupAddress[] = [];
  for (const one of await resolve(host)) {
    const refusal = refuseAddress(policy, host, one.address);
    if (refusal === undefined) allowed.push(one);
    else refusals.push(refusal);
  }
  const [first, ...rest] = allowed;
  if (first === undefined) throw new AddressRefused(refusals[0] ?? `${host} leads nowhere`);
  return [first, ...rest];
}

/** As every other program on this machine, with its hosts file. */
export const resolveBySystem: Resolve = (host) =>
  new Promise((resolve, reject) => {
    lookUpName(host, { all: true }, (error, found) =>
      error === null ? resolve(found) : reject(error),
    );
  });
