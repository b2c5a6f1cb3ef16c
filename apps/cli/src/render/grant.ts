import type { Token } from '@spillway/sdk';

type Grant = Token['grants'][number];

/** `releaser in shop, env=live`. */
export function grantText({ role, namespaces, environments, clusters }: Grant): string {
  const places = [
    ...(namespaces ?? []),
    ...(environments ?? []).map((value) => `env=${value}`),
    ...Object.entries(clusters ?? {}).map(([key, value]) => `${key}=${value}`),
  ];
  return places.length === 0 ? role : `${role} in ${places.join(', ')}`;
}

export const grantsText = (grants: readonly Grant[]): string => grants.map(grantText).join('; ');
