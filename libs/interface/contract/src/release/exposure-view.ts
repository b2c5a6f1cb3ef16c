import { describeRoute, type Exposure } from '@spillway/domain-traffic';
import { z } from 'zod';

const routeView = z
  .object({
    name: z.string().describe('Its name in the strategy.'),
    description: z.string().describe('Which requests, in words.'),
  })
  .describe('Requests that go to the candidate whatever the weight is.');

const mirrorView = z.object({
  percent: z.number().describe('How many of the requests are copied, in percent.'),
  methods: z.enum(['all', 'safe']).describe('Which of them; safe is GET and HEAD.'),
});

/** What the candidate sees, beside its weight. */
export const exposureFields = {
  routes: z.array(routeView).describe('Requests that the candidate gets at any weight.'),
  mirror: mirrorView
    .optional()
    .describe('Copies that the candidate gets; nobody sees its answers.'),
};

export type ExposureView = z.output<z.ZodObject<typeof exposureFields>>;

export const toExposureView = ({ routes = [], mirror }: Exposure): ExposureView => ({
  routes: routes.map((route) => ({ name: route.name, description: describeRoute(route) })),
  ...(mirror === undefined
    ? {}
    : { mirror: { percent: mirror.share / 100, methods: mirror.methods } }),
});
