import { refusal, refuse } from '@spillway/kernel';
import { z } from 'zod';
import { gathered, readArguments } from '../argument-judge.js';
import { nearest } from '../../schema/did-you-mean.js';
import { document } from '../../schema/document.js';
import { unlessRefused, type OfflineJudge } from '../offline-judge.js';
import { countFunctions } from './counts.js';
import { groupSequentialFunctions } from './group-sequential.js';
import { mixtures } from './mixtures.js';
import { result, type FunctionResult, type NamedFunction } from './named-function.js';
import { sequences } from './sequences.js';
import { specialFunctions } from './special-functions.js';

/** By name: what `judge: boundary` computes. */
export const boundaryFunctions: Readonly<Record<string, NamedFunction>> = {
  ...mixtures,
  ...sequences,
  ...countFunctions,
  ...groupSequentialFunctions,
  ...specialFunctions,
};

const names = Object.keys(boundaryFunctions);

const settings = z.union(
  Object.entries(boundaryFunctions).map(([name, { about, arguments: given }]) =>
    document({ function: z.literal(name), ...partial(given.shape) }).describe(about),
  ),
);

/** Its arguments may stand in measurements as well, so none of them must be in settings. */
function partial(shape: Readonly<Record<string, z.ZodType>>) {
  return Object.fromEntries(Object.entries(shape).map(([name, type]) => [name, type.optional()]));
}

export const boundary: OfflineJudge = {
  about: 'A boundary, a confidence sequence or an e-value, by the name of its function.',
  settings,
  measurements: z
    .record(z.string(), z.unknown())
    .describe('Arguments of the function that are not in settings.'),
  evidence: z.object({
    function: z.enum(names),
    arguments: z.record(z.string(), z.unknown()).describe('With defaults filled in.'),
    result,
  }),
  judge: (input) => {
    const given = gathered(input);
    if (!given.ok) return given;
    const { function: name, ...all } = given.value;
    const found = typeof name === 'string' ? boundaryFunctions[name] : undefined;
    if (found === undefined) return refuse(noFunction(name));
    const read = readArguments(found.arguments, all, input);
    if (!read.ok) return read;
    return unlessRefused(() => {
      const figures = found.compute(read.value);
      const because = `${String(name)}: ${inShort(figures)}`;
      const evidence = { function: name, arguments: read.value, result: figures };
      return { verdict: 'computed', because, evidence };
    });
  },
};

/** Its numbers, without lists. */
const inShort = (figures: FunctionResult): string =>
  Object.entries(figures)
    .flatMap(([figure, value]) =>
      typeof value === 'number' ? [`${figure} ${Number(value.toPrecision(6))}`] : [],
    )
    .join(', ') || 'see its result';

function noFunction(name: unknown) {
  const meant = typeof name === 'string' ? nearest(name, names) : undefined;
  const said = name === undefined ? 'is missing' : `there is no ${JSON.stringify(name)}`;
  const hint = meant === undefined ? `; known: ${names.join(', ')}.` : `; did you mean "${meant}"?`;
  return refusal(
    'INVALID_INPUT',
    `settings.function: ${said}${hint}`,
    'Name one of the functions.',
    'settings.function',
  );
}
