import type { MatchRoute, RequestMatch } from '@spillway/domain-traffic';
import type { z } from 'zod';
import { requestMatchDocument, type routeDocument } from './route-document.js';

/** With its fields in the order of the document: stores do not keep it. */
export const toRouteDocument = ({
  name,
  match,
  where,
}: MatchRoute): z.output<typeof routeDocument> => ({
  name,
  match: match.map(toMatchDocument),
  ...(where === undefined ? {} : { where }),
});

const fields = Object.keys(requestMatchDocument.shape) as readonly (keyof RequestMatch)[];

const toMatchDocument = (match: RequestMatch): z.output<typeof requestMatchDocument> =>
  Object.fromEntries(
    fields.filter((field) => field in match).map((field) => [field, match[field]]),
  );
