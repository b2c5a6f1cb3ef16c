import type { Grant } from '@spillway/domain-access';

/** Who somebody was found to be. */
export interface Identity {
  readonly actor: string;
  readonly grants: readonly Grant[];
}

/** Who sent this `Authorization` header; `undefined` when nobody that is known here did. */
export type Authenticate = (authorization: string | undefined) => Promise<Identity | undefined>;

/** Who has the token of the settings: by this name nobody else goes. */
export const settingsActor = 'operator';

/** Names that mean somebody already, and what could pass for another's line in a log. */
export const isReservedActor = (actor: string): boolean =>
  actor === settingsActor || /^webhook |[\p{Cc}\u2028\u2029]/u.test(actor);

/** The token of `Authorization: Bearer <token>`. Browsers send Basic unasked: only the gate protocol takes it. */
export const sentToken = (authorization: string | undefined): string | undefined =>
  /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
