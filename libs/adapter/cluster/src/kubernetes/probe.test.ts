import { afterEach, describe, expect, it } from '@jest/globals';
import type { ProbeFinding } from '@spillway/application';
import { duration } from '@spillway/kernel';
import { json, ScriptedApiServer } from '../testing/scripted-api-server.js';
import { ApiSession } from './api-session.js';
import { serverOfKubeconfig } from './kubeconfig.js';
import { probeCluster } from './probe.js';
import { requiredAccess } from './required-access.js';

type Answer = readonly [status: number, body: unknown];
const allowed: Answer = [201, { status: { allowed: true } }];

describe('a probe', () => {
  let stop: () => Promise<void>;
  afterEach(() => stop());

  const probe = async (answers: Record<string, Answer>): Promise<readonly ProbeFinding[]> => {
    const all: Record<string, Answer> = {
      '/version': [200, { gitVersion: 'v1.33.1' }],
      '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews': allowed,
      '/apis/networking.istio.io/v1': [
        200,
        { resources: [{ name: 'virtualservices' }, { name: 'destinationrules' }] },
      ],
      '/api/v1/pods': [200, { items: [] }],
      ...answers,
    };
    const server = new ScriptedApiServer(({ url, response }) => {
      const [status, body] = all[url.pathname] ?? [404, {}];
      json(response, body, status);
    });
    const config = serverOfKubeconfig(await server.start());
    if (!config.ok) throw new Error(config.error);
    const session = new ApiSession(config.value, duration(1_000));
    stop = async () => {
      await session.close();
      await server.stop();
    };
    return probeCluster(session);
  };

  it('finds a cluster without Istio, and one whose Istio is too old for v1', async () => {
    expect(await probe({ '/apis/networking.istio.io/v1': [404, {}] })).toEqual([
      {
        kind: 'istioCrdsMissing',
        missing: [
          'virtualservices.networking.istio.io/v1',
          'destinationrules.networking.istio.io/v1',
        ],
      },
    ]);
    await stop();
    const gatewaysOnly = { resources: [{ name: 'gateways' }, { name: 'virtualservices' }] };
    expect(await probe({ '/apis/networking.istio.io/v1': [200, gatewaysOnly] })).toEqual([
      { kind: 'istioCrdsMissing', missing: ['destinationrules.networking.istio.io/v1'] },
    ]);
  });

  it('names all that stands in the way, not only the first', async () => {
    const findings = await probe({
      '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews': [201, { status: {} }],
      '/apis/networking.istio.io/v1': [404, {}],
    });
    expect(findings.map(({ kind }) => kind)).toEqual([
      ...requiredAccess.map(() => 'forbidden'),
      'istioCrdsMissing',
    ]);
  });

  it('does without the version of Istio where it cannot be had', async () => {
    const ok = { kind: 'ok', kubernetesVersion: 'v1.33.1' };
    expect(await probe({ '/api/v1/pods': [403, {}] })).toEqual([ok]);
    await stop();
    const untagged = { items: [{ spec: { containers: [{ image: 'pilot@sha256:00' }] } }] };
    expect(await probe({ '/api/v1/pods': [200, untagged] })).toEqual([ok]);
  });

  it.each([
    [401, 'unauthorized'],
    [403, 'unauthorized'],
    [503, 'unreachable'],
  ])('takes a %i to its first question for %s', async (status, kind) => {
    expect(await probe({ '/version': [status, { message: 'no' }] })).toEqual([
      { kind, detail: `no (${status})` },
    ]);
  });
});
