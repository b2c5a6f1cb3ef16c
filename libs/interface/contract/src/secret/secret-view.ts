import type { SecretRecord } from '@spillway/application';
import { z } from 'zod';
import { moment, toMoment } from '../schema/scalars.js';

export const secretView = z
  .object({
    name: z.string().describe('Unique name.'),
    createdAt: moment.describe('When it was first put.'),
    updatedAt: moment.describe('When its text was last put.'),
  })
  .describe('A secret, without its text.');

export type SecretView = z.output<typeof secretView>;

export const toSecretView = ({ name, createdAt, updatedAt }: SecretRecord): SecretView => ({
  name,
  createdAt: toMoment(createdAt),
  updatedAt: toMoment(updatedAt),
});
