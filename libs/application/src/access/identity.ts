import type { Grant } from '@spillway/domain-access';

/** Who somebody was found to be. */
export interface Identity {
  readonly actor: string;
  readonly grants: readonly Grant[];
}

/** Who sent this `Authorization` header; `undefined` when nobody that is known here did. */
export type Authenticate = (authorization: string | undefined) => Promise<Identity | undefined>;

/** The token of `Authorization: Bearer <token>`; or the password of `Basic`, for tools that can send nothing else. */
export function sentToken(authorization: string | undefined): string | undefined {
  const [, scheme = '', sent = ''] = /^(Bearer|Basic) +(\S+) *$/i.exec(authorization ?? '') ?? [];
  if (sent === '') return undefined;
  if (scheme.toLowerCase() === 'bearer') return sent;
  const [, password] = /^[^:]*:([^]+)$/.exec(Buffer.from(sent, 'base64').toString('utf8')) ?? [];
  return password;
}
