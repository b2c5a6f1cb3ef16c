/** What an identity provider says of somebody. */
export type Claims = Readonly<Record<string, unknown>>;

const says = (claim: unknown, wanted: string): boolean =>
  Array.isArray(claim) ? claim.includes(wanted) : claim === wanted;

/** Whether all that is wanted is said. A list says each of its members. Nothing wanted is nobody. */
export function matchesClaims(wanted: Readonly<Record<string, string>>, claims: Claims): boolean {
  const entries = Object.entries(wanted);
  return (
    entries.length > 0 &&
    entries.every(([name, value]) => Object.hasOwn(claims, name) && says(claims[name], value))
  );
}
