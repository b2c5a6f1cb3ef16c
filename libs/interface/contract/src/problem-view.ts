import { errorCodes } from '@spillway/kernel';
import { z } from 'zod';

export const problemView = z
  .object({
    type: z.string().describe('Reference to the kind of problem, such as /problems/service-busy.'),
    title: z.string().describe('The kind of problem in words.'),
    status: z.int().describe('The HTTP status.'),
    detail: z.string().describe('What was wrong with which value.'),
    code: z.enum(errorCodes).describe('Stable code, for programs.'),
    next: z.string().describe('What you can do.'),
    field: z.string().optional().describe('The field that was wrong, such as steps[2].setWeight.'),
    instance: z.string().describe('The path that was asked for.'),
    requestId: z.string().describe('Find the request in the server’s log by it.'),
  })
  .describe('Why a request was not done (RFC 9457).');

export type ProblemView = z.output<typeof problemView>;
