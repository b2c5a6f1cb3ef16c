import type { ProbeFinding } from '@spillway/application';
import type { ApiSession } from './api-session.js';
import { ApiRefusal, describeFailure } from './failure.js';
import { istioApiPath, pluralOf } from './istio-api.js';
import { requiredAccess, type Access } from './required-access.js';

type Obstacle = Exclude<ProbeFinding, { kind: 'ok' }>;

/** Everything that stands in the way of working in a cluster, found by asking, never by writing. */
export async function probeCluster(session: ApiSession): Promise<readonly ProbeFinding[]> {
  try {
    const { gitVersion } = (await session.call({ path: '/version' })) as { gitVersion: string };
    const obstacles = [...(await missingRights(session)), ...(await missingCrds(session))];
    if (obstacles.length > 0) return obstacles;
    const istioVersion = await findIstioVersion(session);
    return [{ kind: 'ok', kubernetesVersion: gitVersion, ...(istioVersion && { istioVersion }) }];
  } catch (error) {
    return [obstacleOf(error)];
  }
}

function obstacleOf(error: unknown): Obstacle {
  if (!(error instanceof ApiRefusal)) return describeFailure(error);
  const kind = error.status === 401 || error.status === 403 ? 'unauthorized' : 'unreachable';
  return { kind, detail: error.message };
}

async function missingRights(session: ApiSession): Promise<readonly Obstacle[]> {
  const answers = await Promise.all(requiredAccess.map((access) => isAllowed(session, access)));
  return requiredAccess
    .filter((_, index) => answers[index] === false)
    .map(({ verb, resource, group }) => ({
      kind: 'forbidden',
      verb,
      resource: group === '' ? resource : `${resource}.${group}`,
    }));
}

/** Kubernetes lets everybody who is signed in ask this about themselves. */
async function isAllowed(session: ApiSession, access: Access): Promise<boolean> {
  const review = (await session.call({
    method: 'POST',
    path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    body: {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes: access },
    },
  })) as { status?: { allowed?: boolean } };
  return review.status?.allowed === true;
}

async function missingCrds(session: ApiSession): Promise<readonly Obstacle[]> {
  const served = await servedResources(session);
  const missing = Object.values(pluralOf).filter((plural) => !served.includes(plural));
  if (missing.length === 0) return [];
  return [
    {
      kind: 'istioCrdsMissing',
      missing: missing.map((plural) => `${plural}.networking.istio.io/v1`),
    },
  ];
}

async function servedResources(session: ApiSession): Promise<readonly string[]> {
  try {
    const discovery = (await session.call({ path: istioApiPath })) as {
      resources?: readonly { name: string }[];
    };
    return (discovery.resources ?? []).map(({ name }) => name);
  } catch (error) {
    if (error instanceof ApiRefusal && error.status === 404) return [];
    throw error;
  }
}

interface PodImages {
  readonly items?: readonly { spec?: { containers?: readonly { image?: string }[] } }[];
}

/** From the tag of istiod's image. Absent when istiod runs elsewhere, or its image has no such tag. */
async function findIstioVersion(session: ApiSession): Promise<string | undefined> {
  try {
    const path = '/api/v1/pods?labelSelector=app%3Distiod&limit=1';
    const pods = (await session.call({ path })) as PodImages;
    const images = (pods.items ?? []).flatMap(({ spec }) => spec?.containers ?? []);
    const tags = images.map(({ image }) => /:v?(\d+\.\d+\.\d+)[^:/]*$/.exec(image ?? '')?.[1]);
    return tags.find((tag) => tag !== undefined);
  } catch (error) {
    if (error instanceof ApiRefusal) return undefined;
    throw error;
  }
}
