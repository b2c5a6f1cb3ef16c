import { connect, isIP, type Socket } from 'node:net';
import { AddressRefused, guardedLookup, resolveBySystem, type Resolve } from './guarded-connect.js';
import { refuseAddress, type OutgoingPolicy } from './policy.js';

/** Connects to a host and a port. Rejects with a reason for a person. */
export type Dial = (host: string, port: number) => Promise<Socket>;

/**
 * Opens plain connections, for what is not HTTP, to allowed addresses only: as for HTTP, a name is
 * resolved once, and what was checked is what is connected to. Who dials gives up in time, and then
 * destroys the socket, if there is one by then.
 */
export const guardedDial =
  (policy: OutgoingPolicy, resolve: Resolve = resolveBySystem): Dial =>
  (host, port) =>
    new Promise((done, fail) => {
      const refusal = isIP(host) === 0 ? undefined : refuseAddress(policy, host, host);
      if (refusal !== undefined) return fail(new AddressRefused(refusal));
      const socket = connect({ host, port, lookup: guardedLookup(policy, resolve) });
      socket.setTimeout(connectMs, () =>
        socket.destroy(new Error(`no answer within ${connectMs} ms`)),
      );
      socket.once('error', fail);
      socket.once('connect', () => {
        socket.setTimeout(0);
        socket.off('error', fail);
        done(socket);
      });
    });

const connectMs = 10_000;
