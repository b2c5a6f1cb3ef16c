import type { Finding } from '@spillway/domain-lint';
import { z } from 'zod';

export const findingView = z
  .object({
    code: z
      .string()
      .describe('Stable, such as WEIGHT_NEGATIVE; `spillway lint --explain` knows it.'),
    istio: z.string().optional().describe('The code that istioctl analyze gives to it.'),
    severity: z.enum(['error', 'warning', 'info']).describe('How bad it is.'),
    object: z.string().describe('Kind and namespace/name of the object.'),
    path: z.string().describe('The place in it, such as spec.http[0].route[1].weight.'),
    message: z.string().describe('What is wrong, with the value.'),
    consequence: z.string().describe('What happens at run time.'),
    next: z.string().describe('What to do.'),
  })
  .describe('One thing that lint finds in an object.');

export type FindingView = z.output<typeof findingView>;

export const toFindingView = ({ object, istio, ...finding }: Finding): FindingView => ({
  ...finding,
  ...(istio === undefined ? {} : { istio }),
  object: `${object.kind} ${object.namespace}/${object.name}`,
});
