import type { Playground } from './playground.js';

/** What a newcomer can do next; every line can be pasted. */
export const welcome = ({ url, token }: Pick<Playground, 'url' | 'token'>): string => `
Spillway is running. Catalog v1 serves in eu-west and us-east. In another terminal, here:

  export SPILLWAY_URL=${url} SPILLWAY_TOKEN=${token}

1. Release v2, which is healthy, and watch it advance through both clusters:
     npx spillway release create shop/catalog --candidate v2 --strategy canary-10 --watch
2. Release v3, of which 5 % of the answers are errors, and watch it being taken back:
     npx spillway release create shop/catalog --candidate v3 --strategy canary-10 --watch
3. Ask GraphQL (${url}/graphql), or read the API reference: ${url}/api/v1/docs
     curl -s ${url}/graphql -H "Authorization: Bearer $SPILLWAY_TOKEN" \\
       -H 'Content-Type: application/json' \\
       -d '{"query":"{ releases { edges { node { id candidate phase because } } } }"}'

Ctrl-C stops everything and leaves nothing behind.`;
