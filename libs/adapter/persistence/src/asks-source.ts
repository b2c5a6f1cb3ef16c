/**
 * A condition: whether one of the metrics at `path` of a document is asked of a source, the
 * parameter. Queries of a kind that has no source, and documents without metrics, match nothing.
 */
export const asksSource = (document: string, path: string, parameter: string): string =>
  `jsonb_path_exists(${document}, '${path}.query.source ? (@ == $source)',
    jsonb_build_object('source', ${parameter}::text))`;
