import { fieldsOf, listOf, type LiveObject } from '@spillway/domain-istio';

const leaves = new Set(['route', 'mirror', 'mirrorPercentage', 'mirrors']);

const isOwn = (key: string): boolean => key.startsWith('spillway.dev/');

const without = (fields: object, isLeftOut: (key: string) => boolean): object =>
  Object.fromEntries(Object.entries(fields).filter(([key]) => !isLeftOut(key)));

/**
 * What of an adopted VirtualService is people's alone, as text: everything but our marks, our routes,
 * and where the routes to the service go.
 */
export function peoplesPart({ metadata, spec }: LiveObject, name: string): string {
  const http = listOf(fieldsOf(spec)['http'])
    .map(fieldsOf)
    .filter((route) => !String(route['name']).startsWith(`${name}.`))
    .map((route) =>
      goesTo(route['route'], name) ? without(route, (key) => leaves.has(key)) : route,
    );
  const annotations = without(metadata.annotations, isOwn);
  return JSON.stringify({ annotations, labels: metadata.labels, ...fieldsOf(spec), http });
}

const goesTo = (route: unknown, name: string): boolean =>
  listOf(route).some((entry) => {
    const { host } = fieldsOf(fieldsOf(entry)['destination']);
    return typeof host === 'string' && host.split('.')[0] === name;
  });
