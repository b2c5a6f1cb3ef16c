import { startCluster, type TestCluster } from './cluster.js';
import { ensureBinaries } from './binaries.js';
import { startMeshExporter, type MeshExporter } from './mesh-exporter.js';
import { startPrometheus, type TestPrometheus } from './prometheus.js';
import { say, took } from './say.js';

/** A cluster with its mesh and the Prometheus that watches it. */
export interface Site {
  readonly cluster: TestCluster;
  readonly mesh: MeshExporter;
  readonly prometheus: TestPrometheus;
  stop(): Promise<void>;
}

export interface Testbed<Name extends string> {
  readonly sites: Readonly<Record<Name, Site>>;
  /** Resolves when every process is gone and its data removed. */
  stop(): Promise<void>;
}

/** Starts all sites at once. When one of them fails, none is left running. */
export async function startTestbed<const Name extends string>(options: {
  readonly clusters: readonly Name[];
}): Promise<Testbed<Name>> {
  await ensureBinaries();
  const start = performance.now();
  const started = await Promise.allSettled(options.clusters.map(startSite));
  const sites = started.flatMap((site) => (site.status === 'fulfilled' ? [site.value] : []));
  const stop = async (): Promise<void> => {
    const stopping = performance.now();
    await Promise.all(sites.map((site) => site.stop()));
    say(`stopped after ${took(stopping)}`);
  };
  const failed = started.find((site) => site.status === 'rejected');
  if (failed !== undefined) {
    await stop();
    throw failed.reason;
  }
  say(`${sites.length} clusters, each with mesh and Prometheus, are ready after ${took(start)}`);
  const named = Object.fromEntries(sites.map((site) => [site.cluster.name, site]));
  return { sites: named as Record<Name, Site>, stop };
}

async function startSite(name: string): Promise<Site> {
  const undo: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const step of undo.reverse()) await step();
  };
  try {
    const cluster = await startCluster(name);
    undo.push(() => cluster.stop());
    const mesh = await startMeshExporter({ admin: cluster.admin });
    undo.push(() => mesh.stop());
    const prometheus = await startPrometheus({ targets: [mesh.target] });
    undo.push(() => prometheus.stop());
    return { cluster, mesh, prometheus, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
