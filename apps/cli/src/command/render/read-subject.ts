import { fieldsOf } from '@spillway/domain-istio';
import { expandPlan, type Plan } from '@spillway/domain-release';
import { toNewService, toStrategy } from '@spillway/interface-contract';
import { type Refusal, type Result } from '@spillway/kernel';
import type { Io } from '../../io.js';
import type { Kind } from '../../manifest/kinds.js';
import type { Manifest } from '../../manifest/manifest.js';
import { readManifests } from '../../manifest/read-manifests.js';
import { nameOfFile } from '../../mesh-file/read-mesh-files.js';
import { readInput } from '../../read-input.js';
import { UsageError } from '../../usage-error.js';

export type Service = Extract<ReturnType<typeof toNewService>, { ok: true }>['value'];

/** What a release would be about. */
export interface Subject {
  readonly service: Service;
  readonly plan: Plan;
}

export interface Choice {
  readonly file: readonly string[];
  readonly service?: string;
  readonly strategy?: string;
}

interface Found extends Manifest {
  readonly file: string;
}

/**
 * Reads the documents as the server does. Cluster documents count for their
 * labels only, which a strategy's waves may choose by.
 */
export async function readSubject(io: Io, { file, ...wanted }: Choice): Promise<Subject> {
  const read = await Promise.all(file.map((path) => readDocuments(io, path)));
  const documents = read.flat();
  const given = pick(documents, 'Service', wanted.service);
  const service = accepted(toNewService(given.body), given);
  const template = pick(documents, 'Strategy', wanted.strategy);
  const strategy = accepted(toStrategy(template.body), template);
  const clusters = service.clusters.map((name) => ({ name, labels: labelsOf(documents, name) }));
  return { service, plan: accepted(expandPlan(strategy, clusters), template) };
}

async function readDocuments(io: Io, path: string): Promise<readonly Found[]> {
  const file = nameOfFile(path);
  const manifests = readManifests(await readInput(io, path), { file });
  return manifests.map((manifest) => ({ ...manifest, file }));
}

function pick(documents: readonly Found[], kind: Kind, wanted: string | undefined): Found {
  const all = documents.filter((document) => document.kind === kind);
  const found = all.filter(({ name }) => wanted === undefined || name === wanted);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const option = `--${kind.toLowerCase()}`;
  const names = all.map(({ name }) => name).join(', ') || 'none';
  throw new UsageError(
    found.length === 0
      ? `The files have no ${kind}${wanted === undefined ? '' : ` ${wanted}`}.`
      : `The files have more than one ${kind}.`,
    all.length === 0
      ? `Add one, beginning with "kind: ${kind}".`
      : `Choose with ${option}: ${names}.`,
  );
}

function accepted<T>(result: Result<T, Refusal>, { file, number, kind, name, lineOf }: Found): T {
  if (result.ok) return result.value;
  const { message, next, field } = result.error;
  throw new UsageError(
    `${file}:${lineOf(field)} (document ${number}, ${kind} ${name}): ${message}`,
    next.replace(' and send the request again', ''),
  );
}

function labelsOf(documents: readonly Found[], cluster: string): Readonly<Record<string, string>> {
  const found = documents.find(({ kind, name }) => kind === 'Cluster' && name === cluster);
  return Object.fromEntries(
    Object.entries(fieldsOf(found?.body['labels'])).map(([key, value]) => [key, String(value)]),
  );
}
