import { ok, refusal, refuse, type SecretName, type SourceName } from '@spillway/kernel';
import { change } from './change.js';
import type { UseCaseDeps } from './deps.js';
import { notFound } from './not-found.js';
import type { UseCases } from './use-cases.js';

/** Whoever refers to it reads the new text from the next time on. */
export const putSecret =
  (deps: UseCaseDeps): UseCases['putSecret'] =>
  (name, text, caller) =>
    change(deps, { operation: 'putSecret', input: { name, text }, caller }, async (tx) => {
      const [before] = await tx.secrets.getAll([name]);
      const value = await tx.secrets.put(name, text);
      return ok({ value, subject: `secret ${name}`, before, after: value });
    });

export const listSecrets =
  ({ unitOfWork }: UseCaseDeps): UseCases['listSecrets'] =>
  async (page) =>
    ok(await unitOfWork.run((tx) => tx.secrets.list(page)));

/** A source without its secret would give errors instead of measurements. */
export const removeSecret =
  (deps: UseCaseDeps): UseCases['removeSecret'] =>
  (name, caller) =>
    change(deps, { operation: 'removeSecret', input: name, caller }, async (tx) => {
      const [known] = await tx.secrets.getAll([name]);
      if (known === undefined) return refuse(notFound('UNKNOWN_SECRET', name));
      const sources = await tx.sources.referringTo(name);
      if (sources.length > 0) return refuse(inUse(name, sources));
      await tx.secrets.remove(name);
      return ok({ value: undefined, subject: `secret ${name}`, before: known });
    });

const inUse = (name: SecretName, sources: readonly SourceName[]) =>
  refusal(
    'SECRET_IN_USE',
    `Secret "${name}" is what ${named(sources)} ${sources.length === 1 ? 'logs' : 'log'} in with.`,
    'Remove them first, or let them refer to another secret.',
  );

/** `source "datadog"`; of many the first three. */
function named(sources: readonly SourceName[]): string {
  const shown = sources.slice(0, 3).map((name) => `"${name}"`);
  const more = sources.length > 3 ? ` and ${sources.length - 3} more` : '';
  return `${sources.length === 1 ? 'source' : 'sources'} ${shown.join(', ')}${more}`;
}
