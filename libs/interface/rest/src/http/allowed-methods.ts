import type { Request } from 'express';

interface Layer {
  readonly route?: { readonly path: unknown; readonly methods: Readonly<Record<string, boolean>> };
  match(path: string): boolean;
}

/** The methods that the address takes, as `Allow` has them; none where there is nothing. */
export function allowedMethods({ app, path }: Request): readonly string[] {
  const { stack } = app.router as unknown as { readonly stack: readonly Layer[] };
  const here = stack.filter((layer) => layer.route !== undefined && matches(layer, path));
  // "/releases/plan" is itself, though "/releases/:id" would take it, too.
  const literal = here.filter(({ route }) => route?.path === path);
  const methods = (literal.length > 0 ? literal : here)
    .flatMap(({ route }) => Object.keys(route?.methods ?? {}))
    .map((method) => method.toUpperCase());
  const withHead = methods.includes('GET') ? [...methods, 'HEAD'] : methods;
  return [...new Set(withHead)].toSorted();
}

/** An address that cannot be decoded is nowhere. */
function matches(layer: Layer, path: string): boolean {
  try {
    return layer.match(path);
  } catch {
    return false;
  }
}
