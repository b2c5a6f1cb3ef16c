import { join } from 'node:path';
import { request } from 'undici';
import { Daemon } from './daemon.js';
import { freePort } from './free-port.js';

export interface Etcd {
  readonly url: string;
  readonly daemon: Daemon;
}

export async function startEtcd(binary: string, folder: string): Promise<Etcd> {
  const [client, peer] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${client}`;
  const peerUrl = `http://127.0.0.1:${peer}`;
  const args = [
    ['--data-dir', join(folder, 'etcd')],
    ['--listen-client-urls', url],
    ['--advertise-client-urls', url],
    ['--listen-peer-urls', peerUrl],
    ['--initial-advertise-peer-urls', peerUrl],
    ['--initial-cluster', `default=${peerUrl}`],
    ['--log-level', 'warn'],
    // Nothing here outlives the run, so a power cut may lose it.
    ['--unsafe-no-fsync'],
  ];
  const daemon = await Daemon.start({ name: 'etcd', command: binary, args: args.flat(), folder });
  await daemon.ready(async () => {
    const { statusCode, body } = await request(`${url}/health`);
    await body.dump();
    return statusCode === 200;
  });
  return { url, daemon };
}
