/** Metadata of a handler that asks for no token: it holds nothing secret, or knows its callers in another way. */
export const UNAUTHENTICATED = 'spillway:unauthenticated';
