import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { serverOfPod } from './pod-account.js';

describe("a pod's account", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pod-account-'));
    await writeFile(join(folder, 'ca.crt'), 'ca');
    await writeFile(join(folder, 'token'), 'first\n');
  });
  afterEach(() => rm(folder, { recursive: true }));

  const pod = { KUBERNETES_SERVICE_HOST: '10.0.0.1', KUBERNETES_SERVICE_PORT: '443' };
  const found = (env: NodeJS.ProcessEnv = pod) => {
    const server = serverOfPod(env, folder);
    if (!server.ok) throw new Error(server.error);
    return server.value;
  };

  it('leads to the API server of its cluster', () => {
    expect(found()).toMatchObject({ url: 'https://10.0.0.1:443', tls: { ca: Buffer.from('ca') } });
    expect(found({ ...pod, KUBERNETES_SERVICE_HOST: 'fd00::1' }).url).toBe('https://[fd00::1]:443');
  });

  it('signs by the token that is there at the time of the call', async () => {
    const server = found();
    expect(await server.headers()).toEqual({ authorization: 'Bearer first' });
    await writeFile(join(folder, 'token'), 'second\n');
    expect(await server.headers()).toEqual({ authorization: 'Bearer second' });
  });

  it('is missed by its file where the pod has none', async () => {
    await rm(join(folder, 'ca.crt'));
    expect(serverOfPod(pod, folder)).toMatchObject({
      ok: false,
      error: expect.stringMatching(/ca\.crt/),
    });
  });
});
