import type { FastifyInstance } from 'fastify';
import router, { type HTTPMethod } from 'find-my-way';

interface Address {
  readonly url: string;
}

interface Addresses {
  readonly methods: Set<HTTPMethod>;
  readonly routes: ReturnType<typeof router>;
}

/** Longer than Node lets a head be, so that an address is refused for its length in one place. */
export const routerOptions = { ignoreTrailingSlash: true, maxParamLength: 16_384 } as const;

const addresses = new WeakMap<FastifyInstance, Addresses>();

/** Fastify tells what is at an address only to who knows its pattern. To be called before the first route. */
export function keepAddresses(server: FastifyInstance): void {
  const methods = new Set<HTTPMethod>();
  const routes = router(routerOptions);
  addresses.set(server, { methods, routes });
  server.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat() as HTTPMethod[]) {
      methods.add(one);
      if (routes.findRoute(one, url) === null) routes.on(one, url, () => undefined, { url });
    }
  });
}

/** The methods that the address takes, as `Allow` has them; none where there is nothing. */
export function allowedMethods(server: FastifyInstance, path: string): readonly string[] {
  const { methods, routes } = addresses.get(server) ?? { methods: [], routes: router() };
  const here = [...methods].flatMap((method) => {
    const found = routes.find(method, path)?.store as Address | undefined;
    return found === undefined ? [] : [{ method, isLiteral: found.url === path }];
  });
  // "/releases/plan" is itself, though "/releases/:id" would take it, too.
  const literal = here.filter(({ isLiteral }) => isLiteral);
  return (literal.length > 0 ? literal : here).map(({ method }) => method).toSorted();
}
