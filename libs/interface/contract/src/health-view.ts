import { z } from 'zod';

const checkView = z
  .object({
    name: z.string().describe('What was checked.'),
    ok: z.boolean().describe('Whether it works.'),
    detail: z.string().optional().describe('What is wrong, where something is.'),
  })
  .describe('One check.');

export const healthView = z
  .object({
    ok: z.boolean().describe('Whether the process can serve.'),
    checks: z.array(checkView).describe('What that rests on.'),
  })
  .describe('Health of the answering process.');

export type HealthView = z.output<typeof healthView>;
