import type { Grant } from '@spillway/domain-access';

/** Who somebody was found to be. */
export interface Identity {
  readonly actor: string;
  readonly grants: readonly Grant[];
}

/** Who sent this `Authorization` header; `undefined` when nobody that is known here did. */
export type Authenticate = (authorization: string | undefined) => Promise<Identity | undefined>;

/** The token of `Authorization: Bearer <token>`. Browsers send Basic unasked: only the gate protocol takes it. */
export const sentToken = (authorization: string | undefined): string | undefined =>
  /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
