import { aCaller } from '@spillway/application/testing';
import { secretRefs, type ReleasePlan } from '@spillway/application';
import { playgroundDeployment, type HandWrittenObject } from '@spillway/adapter-cluster';
import type { MeshObject } from '@spillway/domain-istio';
import type { StrategyDraft } from '@spillway/domain-release';
import { toNewService, toNewSource, toStrategy } from '@spillway/interface-contract';
import {
  clusterName,
  instant,
  releaseId,
  version,
  type Result,
  type Refusal,
  type ServiceName,
  type StrategyName,
} from '@spillway/kernel';
import { VirtualEngine, must } from '../virtual/virtual-engine.js';
import { toManifest } from './manifests.js';
import { sections, type Section, type ShownDocument } from './sections.js';

/** Where the services of the pages are. */
const clusters = [
  { name: clusterName('eu-west'), labels: { region: 'eu' } },
  { name: clusterName('eu-north'), labels: { region: 'eu' } },
  { name: clusterName('us-east'), labels: { region: 'us' } },
];

/** What a reader has at the end of a section: what it shows, or else what came before it in the page. */
export interface Scene {
  readonly section: Section;
  readonly strategies: readonly ShownDocument[];
  readonly service: ShownDocument;
  readonly objects: readonly ShownDocument[];
  /** Those of the whole page until here: pages do not show them again for each strategy. */
  readonly sources: readonly ShownDocument[];
}

const playground: ShownDocument = {
  place: 'the playground',
  kind: 'Service',
  fields: {
    name: 'shop/catalog',
    port: 8080,
    stable: 'v1',
    clusters: clusters.map(({ name }) => name),
    edge: { gateways: ['istio-system/public'], hosts: ['shop.example.com'] },
  },
};

const ownOf = (kind: string, { documents }: Section): readonly ShownDocument[] =>
  documents.filter(
    (one) => one.kind === kind && one.apiVersion === undefined && one.wrong === undefined,
  );

/** The last thing that was shown in the page until this section. */
function until<T>(section: Section, find: (one: Section) => readonly T[]): readonly T[] {
  const before = sections.filter(({ page }) => page === section.page);
  const upTo = before.slice(0, before.indexOf(section) + 1);
  return upTo.map(find).findLast((found) => found.length > 0) ?? [];
}

const sourcesUntil = (section: Section): readonly ShownDocument[] => {
  const before = sections.filter(({ page }) => page === section.page);
  return before.slice(0, before.indexOf(section) + 1).flatMap((one) => ownOf('Source', one));
};

/** Of several with one name the last counts, as for a reader who applies them from the top. */
function objectsUntil(section: Section): readonly ShownDocument[] {
  const before = sections.filter(({ page }) => page === section.page);
  const objects = before
    .slice(0, before.indexOf(section) + 1)
    .flatMap(({ documents }) => documents)
    .filter(({ apiVersion, wrong }) => apiVersion !== undefined && wrong === undefined);
  return [...new Map(objects.map((one) => [nameOf(one), one])).values()];
}

const nameOf = ({ kind, fields }: ShownDocument): string => {
  const { namespace, name } = (fields as MeshObject).metadata;
  return `${kind} ${namespace}/${name}`;
};

/** Sections that show a service, a strategy, or what is written. */
export const scenes: readonly Scene[] = sections.flatMap((section) => {
  const shown = [...ownOf('Strategy', section), ...ownOf('Service', section)];
  const strategies = until(section, (one) => ownOf('Strategy', one));
  const isScene = shown.length > 0 || /^<!-- (?:written|plan):/m.test(section.text);
  if (!isScene || strategies.length === 0) return [];
  const service = until(section, (one) => ownOf('Service', one)).at(-1) ?? playground;
  const objects = objectsUntil(section);
  return [{ section, strategies, service, objects, sources: sourcesUntil(section) }];
});

const routing = new Set(['VirtualService', 'DestinationRule']);

const anEngine = (): VirtualEngine =>
  new VirtualEngine((job, error) => {
    throw new Error(`${job.kind} failed`, { cause: error });
  });

/** The code with which a document is refused. */
export async function refusalOf(document: ShownDocument): Promise<string | undefined> {
  const { kind, body } = toManifest(document);
  const made = kind === 'Strategy' ? toStrategy(body) : toNewService(body);
  if (!made.ok) return made.error.code;
  const { useCases } = anEngine();
  const put =
    'steps' in made.value
      ? await useCases.putStrategy(made.value, aCaller())
      : await useCases.putService(made.value, aCaller());
  return put.ok ? undefined : put.error.code;
}

/** Applies the scene to an engine over simulated clusters, and plans a release of v2. */
export async function plansOf(scene: Scene): Promise<ReadonlyMap<string, ReleasePlan>> {
  const engine = anEngine();
  for (const { name, labels } of clusters) {
    const connection = { kind: 'simulated', seed: 1 } as const;
    const metrics = { kind: 'simulated' } as const;
    // For strategies that wait for proxies; a plan asks none.
    const proxies = { kind: 'istiod', urls: ['http://istiod:15014'] } as const;
    const cluster = { name, labels, connection, metrics, proxies };
    must(await engine.useCases.putCluster(cluster, aCaller()));
    for (const { fields } of scene.objects.filter(({ kind }) => routing.has(kind))) {
      engine.mesh(name).put(toHandWritten(fields as MeshObject));
    }
  }
  const service = must(toNewService(toManifest(scene.service).body));
  must(await engine.useCases.putService(service, aCaller()));
  for (const { name } of clusters) {
    for (const { version: of, ...behaviour } of playgroundDeployment.versions) {
      engine.mesh(name).setVersion(service, of, behaviour);
    }
  }
  for (const { fields } of scene.objects.filter(({ kind }) => kind === 'Deployment')) {
    const { replicas, template } = (fields as MeshObject).spec as DeploymentSpec;
    const of = version(template.metadata.labels['version'] ?? '');
    for (const { name } of clusters) engine.mesh(name).deployments.deploy(service, of, replicas);
  }
  await putSources(engine, scene.sources);
  const plans = new Map<string, ReleasePlan>();
  for (const document of scene.strategies) {
    const strategy = must(toStrategy(toManifest(document).body));
    await putSecretsOf(engine, strategy);
    must(await engine.useCases.putStrategy(strategy, aCaller()));
    plans.set(strategy.name, must(await planned(engine, service.service, strategy.name)));
  }
  return plans;
}

async function putSecretsOf(
  { useCases }: VirtualEngine,
  { hooks = [] }: StrategyDraft,
): Promise<void> {
  for (const { secret } of hooks) {
    if (secret !== undefined) must(await useCases.putSecret(secret, 'text', aCaller()));
  }
}

/** With the secrets that they refer to. */
async function putSources(
  { useCases }: VirtualEngine,
  sources: readonly ShownDocument[],
): Promise<void> {
  for (const document of sources) {
    const source = must(toNewSource(toManifest(document).body));
    for (const { secret } of secretRefs(source.connection)) {
      must(await useCases.putSecret(secret, 'text', aCaller()));
    }
    must(await useCases.putSource(source, aCaller()));
  }
}

interface DeploymentSpec {
  readonly replicas: number;
  readonly template: { readonly metadata: { readonly labels: Readonly<Record<string, string>> } };
}

const toHandWritten = ({ kind, metadata, spec }: MeshObject): HandWrittenObject => ({
  ...metadata,
  kind: kind as HandWrittenObject['kind'],
  spec,
});

/** The plan, while time passes for the links that it opens. */
async function planned(
  engine: VirtualEngine,
  service: ServiceName,
  strategy: StrategyName,
): Promise<Result<ReleasePlan, Refusal>> {
  let plan: Result<ReleasePlan, Refusal> | undefined;
  const id = releaseId('0f3a9c1e-5d2b-4c7e-9a61-2b8f4d0c6e13');
  const command = { id, service, strategy, candidate: version('v2') };
  void engine.useCases
    .planRelease({ ...command, description: '' }, aCaller('reader'))
    .then((found) => (plan = found));
  const limit = instant(engine.time.now() + 10_000);
  await engine.until(limit, () => Promise.resolve(plan !== undefined));
  if (plan === undefined) throw new Error('no plan came');
  return plan;
}
