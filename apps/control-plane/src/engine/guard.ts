import { guardedConnect, readPolicy } from '@spillway/adapter-outgoing';

export type Connect = ReturnType<typeof guardedConnect>;

/** Where connections may lead that stay open. */
export interface Guard {
  /** Addresses of metrics sources: public ones, and those that are allowed. */
  readonly sources: Connect;
  /** Addresses of clusters, whose networks are private as a rule: never where machines keep credentials. */
  readonly clusters: Connect;
}

/** Throws `INVALID_CONFIGURATION` for a list that cannot be read. */
export const createGuard = (allow: readonly string[]): Guard => ({
  sources: guardedConnect(readPolicy('nothingPrivate', allow)),
  clusters: guardedConnect(readPolicy('noMetadata', allow)),
});
