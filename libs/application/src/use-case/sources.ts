import { ok, refusal, refuse, type Refusal, type SourceName } from '@spillway/kernel';
import { secretRefs, type SecretUse } from '../port/secret-refs.js';
import type { SourceConnection } from '../port/source-connection.js';
import type { Tx } from '../port/unit-of-work.js';
import { change } from './change.js';
import type { UseCaseDeps } from './deps.js';
import { notFound } from './not-found.js';
import type { UseCases } from './use-cases.js';

/** The secrets come first: a source that cannot log in would give errors instead of measurements. */
export const putSource =
  (deps: UseCaseDeps): UseCases['putSource'] =>
  (source, caller) =>
    change(deps, { operation: 'putSource', input: source, caller }, async (tx) => {
      const missing = await firstMissing(tx, source.connection);
      if (missing !== undefined) {
        return refuse(notFound('UNKNOWN_SECRET', missing.secret, missing.field));
      }
      const before = await tx.sources.lock(source.name);
      const value = await tx.sources.put(source);
      return ok({ value, subject: `source ${source.name}`, before, after: value });
    });

export const getSource =
  ({ unitOfWork }: UseCaseDeps): UseCases['getSource'] =>
  async (name) => {
    const record = await unitOfWork.read((tx) => tx.sources.get(name));
    return record === undefined ? refuse(notFound('UNKNOWN_SOURCE', name)) : ok(record);
  };

export const listSources =
  ({ unitOfWork }: UseCaseDeps): UseCases['listSources'] =>
  async (page) =>
    ok(await unitOfWork.read((tx) => tx.sources.list(page)));

/** Locked before it looks who asks it: a strategy that is put at this moment keeps it, or misses it. */
export const removeSource =
  (deps: UseCaseDeps): UseCases['removeSource'] =>
  (name, caller) =>
    change(deps, { operation: 'removeSource', input: name, caller }, async (tx) => {
      const known = await tx.sources.lock(name);
      if (known === undefined) return refuse(notFound('UNKNOWN_SOURCE', name));
      const inUse = await refuseInUse(tx, name);
      if (inUse !== undefined) return refuse(inUse);
      await tx.sources.remove(name);
      return ok({ value: undefined, subject: `source ${name}`, before: known });
    });

async function refuseInUse(tx: Tx, name: SourceName): Promise<Refusal | undefined> {
  const strategies = await tx.strategies.referringTo(name);
  if (strategies.length > 0) {
    return refusal(
      'SOURCE_IN_USE',
      `Source "${name}" is asked by ${oneOf('strategy', strategies)}.`,
      'Let the strategy ask another source, or give the source another connection.',
    );
  }
  const releases = await tx.releases.referringTo(name);
  if (releases.length === 0) return undefined;
  return refusal(
    'SOURCE_IN_USE',
    `Source "${name}" is asked by ${oneOf('release', releases)}, which is not over.`,
    `Wait for it with "spillway release watch ${releases[0]}", or abort it.`,
  );
}

/** `strategy "canary"`; of many the first, and how many more. */
const oneOf = (noun: string, [first, ...others]: readonly string[]): string =>
  `${noun} "${first}"${others.length === 0 ? '' : ` and ${others.length} more`}`;

async function firstMissing(tx: Tx, connection: SourceConnection): Promise<SecretUse | undefined> {
  const uses = secretRefs(connection);
  const found = await tx.secrets.getAll(uses.map(({ secret }) => secret));
  const known = new Set(found.map(({ name }) => name));
  return uses.find(({ secret }) => !known.has(secret));
}
