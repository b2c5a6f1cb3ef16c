import type { Grant } from '@spillway/domain-access';

/** Who somebody was found to be. */
export interface Identity {
  readonly actor: string;
  readonly grants: readonly Grant[];
}

/** Who sent this `Authorization` header; `undefined` when nobody that is known here did. */
export type Authenticate = (authorization: string | undefined) => Promise<Identity | undefined>;
