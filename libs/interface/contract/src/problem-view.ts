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
    errors: z
      .array(
        z
          .object({
            field: z
              .string()
              .describe('Path such as steps[2].setWeight; empty for the document itself.'),
            message: z.string().describe('What is wrong with it.'),
          })
          .describe('A wrong field.'),
      )
      .optional()
      .describe('Every wrong field, where the request was wrong in its fields.'),
    docs: z.string().describe('Address of what people read about the code.'),
    instance: z.string().describe('The path that was asked for.'),
    requestId: z.string().describe('Find the request in the server’s log by it.'),
  })
  .describe('Why a request was not done (RFC 9457).');

export type ProblemView = z.output<typeof problemView>;
