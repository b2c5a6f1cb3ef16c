import type { Secret } from '@spillway/sdk';
import { age } from './moment.js';
import { table } from './table.js';

export const secretTable = (secrets: readonly Secret[], now: number): string =>
  table(
    ['NAME', 'CHANGED', 'AGE'],
    secrets.map(({ name, createdAt, updatedAt }) => [
      name,
      age(updatedAt, now),
      age(createdAt, now),
    ]),
  );
