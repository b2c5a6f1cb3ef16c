import type { Trigger, TriggerStatus } from '@spillway/domain-rule';
import { z } from 'zod';
import { fact, known, refOf } from '../body/fact.js';

const repository = z.object({ full_name: fact }).optional().catch(undefined);

/** What a deployment was asked for with: people put what they like into it. */
const deployed = z.object({ image: fact, service: fact, version: fact }).partial().catch({});

const deployment = z.object({ ref: fact, sha: fact, environment: fact, payload: deployed });

type Facts = Omit<Trigger, 'event'>;

const ofDeployment = ({ payload, ref, sha, environment }: z.output<typeof deployment>) => ({
  environment,
  sha,
  ...payload,
  ...refOf(ref, sha),
});

const deploymentEvent = z.object({ deployment, repository }).transform((event): Facts =>
  known({
    status: 'created' as const,
    repository: event.repository?.full_name,
    ...ofDeployment(event.deployment),
  }),
);

const stateOf: Readonly<Record<string, TriggerStatus>> = {
  success: 'success',
  failure: 'failure',
  error: 'failure',
  inactive: 'cancelled',
  in_progress: 'running',
  queued: 'created',
  pending: 'created',
};

const deploymentStatusEvent = z
  .object({
    deployment,
    repository,
    deployment_status: z.object({ state: z.string(), environment: fact }),
  })
  .transform(({ deployment: about, deployment_status: status, repository: where }): Facts => {
    const facts = ofDeployment(about);
    return known({
      ...facts,
      status: stateOf[status.state] ?? ('created' as const),
      repository: where?.full_name,
      environment: status.environment ?? facts.environment,
    });
  });

const conclusionOf: Readonly<Record<string, TriggerStatus>> = {
  success: 'success',
  failure: 'failure',
  timed_out: 'failure',
  startup_failure: 'failure',
  cancelled: 'cancelled',
  skipped: 'cancelled',
  stale: 'cancelled',
  neutral: 'cancelled',
};

const runOf: Readonly<Record<string, TriggerStatus>> = { in_progress: 'running' };

const workflowRunEvent = z
  .object({
    repository,
    workflow_run: z.object({
      status: fact,
      conclusion: fact,
      head_branch: fact,
      head_sha: fact,
    }),
  })
  .transform(({ workflow_run: run, repository: where }): Facts =>
    known({
      status: conclusionOf[run.conclusion ?? ''] ?? runOf[run.status ?? ''] ?? 'created',
      repository: where?.full_name,
      sha: run.head_sha,
      ...refOf(run.head_branch),
    }),
  );

const registryPackage = z.object({
  name: z.string(),
  namespace: fact,
  package_type: fact,
  package_version: z.object({
    package_url: fact,
    target_commitish: fact,
    target_oid: fact,
    container_metadata: z
      .object({ tag: z.object({ name: fact, digest: fact }) })
      .optional()
      .catch(undefined),
  }),
});

/** `ghcr.io/acme/catalog:v2`; a package that is no image has none. */
function imageOf({ name, namespace, package_version }: z.output<typeof registryPackage>) {
  const tag = package_version.container_metadata?.tag;
  if (tag?.name === undefined) return undefined;
  const address = package_version.package_url ?? `ghcr.io/${namespace ?? ''}/${name}:${tag.name}`;
  return tag.digest === undefined || address.includes('@') ? address : `${address}@${tag.digest}`;
}

const ofPackage = (
  about: z.output<typeof registryPackage>,
  where: z.output<typeof repository>,
): Facts =>
  known({
    status: 'success' as const,
    repository: where?.full_name,
    image: imageOf(about),
    sha: about.package_version.target_oid,
    ...refOf(about.package_version.target_commitish, about.package_version.target_oid),
  });

const registryPackageEvent = z
  .object({ registry_package: registryPackage, repository })
  .transform((event) => ofPackage(event.registry_package, event.repository));

/** The same under the name that GitHub’s own registry uses. */
const packageEvent = z
  .object({ package: registryPackage, repository })
  .transform((event) => ofPackage(event.package, event.repository));

/** The events that rules can be about, by what `X-GitHub-Event` calls them. */
export const githubEvents: Readonly<Record<string, z.ZodType<Facts>>> = {
  deployment: deploymentEvent,
  deployment_status: deploymentStatusEvent,
  workflow_run: workflowRunEvent,
  registry_package: registryPackageEvent,
  package: packageEvent,
};
