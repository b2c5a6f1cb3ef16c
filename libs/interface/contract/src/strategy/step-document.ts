import { z } from 'zod';
import { gateStepDocument } from '../gate/gate-step-document.js';
import { document, oneOf } from '../schema/document.js';
import { nameText, percent, positiveDurationText } from '../schema/scalars.js';
import { routeDocument } from '../traffic/route-document.js';
import { metricDocument } from './metric-document.js';

const weight = percent.describe('Percent of traffic for the candidate, at most two decimals.');

const rampDocument = document({
  from: percent.describe('Percent at its beginning.'),
  to: percent.describe('Percent at its end.'),
  steps: z.int().min(2).max(200).describe('How many weights, both ends included.'),
  over: positiveDurationText.describe('The time it takes; each weight bakes for its part.'),
});

export const mirrorDocument = oneOf(
  ['percent', '"off"'],
  [
    z.literal('off').describe('No copies any more.'),
    document({
      percent: percent.describe('How many of the requests are copied, in percent.'),
      methods: z
        .enum(['all', 'safe'])
        .default('all')
        .describe(
          'Which of them: all, or safe for GET and HEAD, so that nothing is ordered twice.',
        ),
    }),
  ],
);

const bakeUntilDocument = document({
  toFind: z.number().gt(1).max(1_000).describe('How many times stable’s error rate.'),
  power: z.number().gt(0).lt(1).default(0.9).describe('With which probability it would be found.'),
  atMost: positiveDurationText.describe(
    'How long to wait for the traffic that this needs; then the release is held.',
  ),
});

const pauseDocument = document({
  for: positiveDurationText.optional().describe('How long; without it until resumed.'),
});

const analyzeDocument = document({
  metrics: z
    .array(metricDocument)
    .max(50)
    .default([])
    .describe('Only these metrics. Empty: those of the strategy.'),
  iterations: z
    .int()
    .min(1)
    .max(10_000)
    .optional()
    .describe('How many measurements each metric takes, instead of its own count.'),
});

export const stepDocument = oneOf(
  [
    'setWeight',
    'ramp',
    'switch',
    'route',
    'removeRoute',
    'mirror',
    'bake',
    'bakeUntil',
    'pause',
    'analyze',
    'gate',
  ],
  [
    document({ setWeight: weight }),
    document({
      ramp: rampDocument.describe('Rise from one weight to another in equal steps.'),
    }),
    document({ switch: document({}).describe('All traffic at once.') }),
    document({
      route: routeDocument.describe('Requests that match go to the candidate, at any weight.'),
    }),
    document({ removeRoute: nameText.describe('End the route of this name.') }),
    document({
      mirror: mirrorDocument.describe('Copy requests to the candidate; nobody sees its answers.'),
    }),
    document({
      bake: positiveDurationText.describe('Wait, watching the metrics; a failing one rolls back.'),
    }),
    document({
      bakeUntil: bakeUntilDocument.describe(
        'Wait until so many times the errors would have been found, watching the metrics.',
      ),
    }),
    document({
      pause: pauseDocument.describe('Wait for resume, or for the time to pass.'),
    }),
    document({
      analyze: analyzeDocument.describe('Go on when every metric has passed.'),
    }),
    document({
      gate: gateStepDocument.describe('Wait for approvals, or for somebody to open it.'),
    }),
  ],
).describe('One instruction; every wave takes the steps in this order.');

export type ParsedStep = z.output<typeof stepDocument>;
