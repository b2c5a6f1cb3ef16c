/** `region`, `region/zone` or `region/zone/subzone`, with at most one `*`, at the end. */
export function isLocality(text: string): boolean {
  const star = text.indexOf('*');
  return text.split('/', 3).every((part) => part !== '') && (star < 0 || star === text.length - 1);
}

function parts(locality: string): readonly (string | undefined)[] {
  const [region, zone, ...subzone] = locality.split('/');
  return [region, zone, subzone.length === 0 ? undefined : subzone.join('/')];
}

/**
 * Whether `later` takes what `earlier` has. A region alone means all of it, on
 * either side; a `*` means the rest, so it may follow a narrower one.
 */
export function localitiesOverlap(earlier: string, later: string): boolean {
  const other = parts(later);
  return parts(earlier).every(
    (part, index) =>
      part === undefined || part === '*' || other[index] === undefined || part === other[index],
  );
}
