import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildTools, packageCount } from './go-build.js';
import { istioCrdFile, istioApi } from './istio-crds.js';
import { say, took } from './say.js';

/** What a cluster is started from. */
export interface Binaries {
  readonly kubeApiserver: string;
  readonly etcd: string;
  readonly istioCrds: string;
}

const moduleFolder = fileURLToPath(new URL('..', import.meta.url));
const cacheFolder = fileURLToPath(new URL('../../../.cache/testbed', import.meta.url));
const packages = ['k8s.io/kubernetes/cmd/kube-apiserver', 'go.etcd.io/etcd/server/v3'];

/** Builds them unless this machine did so before from the same sources with the same flags. */
export async function ensureBinaries(): Promise<Binaries> {
  const { flags, key } = await recipe();
  const folder = join(cacheFolder, key);
  if (!(await exists(folder))) await build(folder, flags);
  return {
    kubeApiserver: join(folder, 'kube-apiserver'),
    // Go names a binary after the last folder of its package, and etcd's is `server/v3`.
    etcd: join(folder, 'server'),
    istioCrds: join(folder, 'istio-crds.yaml'),
  };
}

async function recipe(): Promise<{ flags: readonly string[]; key: string }> {
  const [goMod, goSum] = await Promise.all([
    readFile(join(moduleFolder, 'go.mod'), 'utf8'),
    readFile(join(moduleFolder, 'go.sum'), 'utf8'),
  ]);
  const flags = ['-trimpath', '-buildvcs=false', `-ldflags=-s -w ${versionStamp(goMod)}`];
  const hash = createHash('sha256').update(goMod).update(goSum).update(istioApi.version);
  hash.update([...flags, ...packages, process.platform, process.arch].join('\n'));
  return { flags, key: hash.digest('hex').slice(0, 16) };
}

/** Unstamped, the server says `v0.0.0-master+$Format:%H$`, and clients that parse it as a semantic version stop. */
function versionStamp(goMod: string): string {
  const [, version, major, minor] =
    /k8s\.io\/kubernetes (v(\d+)\.(\d+)\.\d+)/.exec(goMod) ?? missingVersion();
  const stamp = 'k8s.io/component-base/version';
  return `-X ${stamp}.gitVersion=${version} -X ${stamp}.gitMajor=${major} -X ${stamp}.gitMinor=${minor}`;
}

function missingVersion(): never {
  throw new Error('test/testbed/go.mod does not require k8s.io/kubernetes at a version vX.Y.Z');
}

/** Under a name of our own first: a build that is cut off, or runs twice, never leaves half a folder. */
async function build(folder: string, flags: readonly string[]): Promise<void> {
  const start = performance.now();
  const unfinished = `${folder}.building-${process.pid}`;
  await mkdir(unfinished, { recursive: true });
  try {
    say(`building kube-apiserver and etcd into ${folder}; once per machine, 3 to 6 minutes`);
    const total = await packageCount(moduleFolder, packages);
    await buildTools({ moduleFolder, packages, flags, into: unfinished, total });
    await copyFile(await istioCrdFile(unfinished), join(unfinished, 'istio-crds.yaml'));
    await rename(unfinished, folder).catch(async (error: unknown) => {
      if (!(await exists(folder))) throw error;
    });
    say(`built in ${took(start)}`);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
