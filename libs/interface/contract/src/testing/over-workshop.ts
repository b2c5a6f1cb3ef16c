import type { UseCases } from '@spillway/application';
import type { Workshop } from '@spillway/application/testing';
import type { InMemoryUseCases } from './in-memory-use-cases.js';

/** All use cases: the real ones over a database in memory, but for those that tests move by hand. */
export const overWorkshop = (own: InMemoryUseCases, { useCases }: Workshop): UseCases => ({
  ...useCases,
  ...(Object.fromEntries(Object.entries(own)) as Partial<UseCases>),
});
