import { schemaChanges } from './schema-changes.mjs';

const methods = ['get', 'put', 'post', 'delete', 'patch'];

/** Sentences about all that breaks programs written for the document before; empty when nothing does. */
export function breakingChanges(before, after) {
  const compare = schemaChanges({ before, after });
  const found = Object.entries(before.paths).flatMap(([path, item]) =>
    methods
      .filter((method) => item[method] !== undefined)
      .flatMap((method) => {
        const place = `${method.toUpperCase()} ${path}`;
        const now = after.paths[path]?.[method];
        if (now === undefined) return [`${place}: the operation is gone`];
        return operationChanges(compare, item[method], now, place);
      }),
  );
  return [...new Set(found)];
}

const operationChanges = (compare, old, now, place) => [
  ...(old.operationId === now.operationId
    ? []
    : [`${place}: operationId was ${old.operationId} and is ${now.operationId}`]),
  ...parameterChanges(compare, old, now, place),
  ...bodyChanges(compare, old, now, place),
  ...answerChanges(compare, old, now, place),
];

const nameOf = (parameter) => `${parameter.in} parameter "${parameter.name}"`;

function parameterChanges(compare, { parameters: before = [] }, { parameters: after = [] }, place) {
  const known = new Map(before.map((parameter) => [nameOf(parameter), parameter]));
  const left = new Set(after.map(nameOf));
  const gone = [...known.keys()].filter((name) => !left.has(name));
  return [
    ...gone.map((name) => `${place}: the ${name} is gone`),
    ...after.flatMap((parameter) => {
      const name = nameOf(parameter);
      const old = known.get(name);
      const isNew = parameter.required === true && old?.required !== true;
      return [
        ...(isNew ? [`${place}: the ${name} must be sent now`] : []),
        ...(old === undefined
          ? []
          : compare(old.schema ?? {}, parameter.schema ?? {}, 'input', `${place}: ${name}`)),
      ];
    }),
  ];
}

function bodyChanges(compare, { requestBody: old }, { requestBody: now }, place) {
  const must = now?.required === true && old?.required !== true;
  return [
    ...(must ? [`${place}: a body must be sent now`] : []),
    ...contentChanges(compare, old, now, 'input', `${place}: body`),
  ];
}

/** Only of what is promised: which problems there are besides may change. */
const answerChanges = (compare, old, now, place) =>
  Object.keys(old.responses)
    .filter((status) => status < '400')
    .flatMap((status) =>
      now.responses[status] === undefined
        ? [`${place}: it does not answer ${status} any more`]
        : contentChanges(
            compare,
            old.responses[status],
            now.responses[status],
            'output',
            `${place}: answer`,
          ),
    );

const contentChanges = (compare, old, now, direction, where) =>
  Object.entries(old?.content ?? {}).flatMap(([type, { schema }]) => {
    const same = now?.content?.[type]?.schema;
    if (same === undefined) return [`${where}: not to be had as ${type} any more`];
    return compare(schema, same, direction, where);
  });

/**
 * Compares what breaks with what was declared. A declaration gives its `reason`; one that fits
 * nothing was forgotten when a version was released.
 */
export function judge(changes, declared) {
  const reasons = new Map(declared.map(({ change, reason }) => [change, reason]));
  return {
    undeclared: changes.filter((change) => (reasons.get(change) ?? '') === ''),
    stale: [...reasons.keys()].filter((change) => !changes.includes(change)),
  };
}
