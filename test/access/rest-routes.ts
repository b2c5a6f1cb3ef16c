import { openApiDocument } from '@spillway/interface-rest';

/** A route with what is sent to it. */
export interface Route {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

interface Operation {
  readonly security?: readonly unknown[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: { readonly $ref: string } }>>;
  };
}

/** Every route of the reference that asks for a token, with the example of its document. */
export async function restRoutes(release: string): Promise<readonly Route[]> {
  const { paths, components } = await openApiDocument();
  const schemas = (components?.schemas ?? {}) as Record<string, { examples?: readonly unknown[] }>;
  const exampleOf = ({ requestBody }: Operation): unknown => {
    const ref = requestBody?.content['application/json']?.schema.$ref ?? '';
    return schemas[ref.slice(ref.lastIndexOf('/') + 1)]?.examples?.[0];
  };
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations as Record<string, Operation>).flatMap(([method, operation]) => {
      if ((operation.security ?? []).length === 0) return [];
      const body = exampleOf(operation);
      const name = `${method.toUpperCase()} ${path}`;
      const address = withPlaces(path, body, release);
      return [
        {
          name,
          method: method.toUpperCase(),
          path: address,
          ...(body === undefined ? {} : { body }),
        },
      ];
    }),
  );
}

/** The places in an address; a document that names itself says where it is to be put. */
function withPlaces(path: string, body: unknown, release: string): string {
  const own =
    typeof body === 'object' && body !== null && 'name' in body ? String(body.name) : undefined;
  if (path.includes('{namespace}/{name}')) {
    return path.replace('{namespace}/{name}', 'shop/catalog').replace('{gate}', 'production');
  }
  const places: Record<string, string> = {
    id: release,
    namespace: 'shop',
    name: own ?? (path.startsWith('/api/v1/clusters') ? 'eu' : 'canary-10'),
  };
  return path.replaceAll(/\{(\w+)\}/g, (_, key: string) => places[key] ?? 'x');
}
