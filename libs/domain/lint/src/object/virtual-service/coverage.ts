import type { Spot } from '../spot.js';

/** What istiod compares to find that a prefix is covered by an earlier one. */
export interface Coverage {
  readonly prefix: string;
  readonly port: number;
  readonly method: string;
  readonly authority: string;
  readonly maps: readonly ReadonlyMap<string, string>[];
}

/** Only matches by prefix are compared. */
export function coverage(match: Spot): Coverage | undefined {
  const prefix = match.at('uri').at('prefix').text;
  if (prefix === '') return undefined;
  return {
    prefix,
    port: match.at('port').number ?? 0,
    // istiod takes a missing method for GET.
    method: condition(match.at('method')) || 'exact:GET',
    authority: condition(match.at('authority')),
    maps: ['headers', 'queryParams', 'withoutHeaders'].map(
      (field) =>
        new Map(
          match
            .at(field)
            .entries()
            .map(([name, value]) => [name, condition(value)]),
        ),
    ),
  };
}

/** A regular expression counts as no condition: istiod cannot compare them. */
function condition(match: Spot): string {
  const exact = match.at('exact').text;
  if (exact !== '') return `exact:${exact}`;
  const prefix = match.at('prefix').text;
  return prefix === '' ? '' : `prefix:${prefix}`;
}

/** Whether istiod says that `earlier` takes what fits `later`. The same prefix is left to duplicates. */
export function covers(earlier: Coverage, later: Coverage): boolean {
  return (
    earlier.prefix !== later.prefix &&
    later.prefix.startsWith(earlier.prefix) &&
    earlier.port === later.port &&
    earlier.method.startsWith(later.method) &&
    earlier.authority.startsWith(later.authority) &&
    earlier.maps.every((map, index) => agree(map, later.maps[index] ?? new Map()))
  );
}

function agree(earlier: ReadonlyMap<string, string>, later: ReadonlyMap<string, string>): boolean {
  if (earlier.size !== later.size) return false;
  return [...earlier].every(([name, value]) => {
    const other = later.get(name);
    return other !== undefined && value.startsWith(other);
  });
}
