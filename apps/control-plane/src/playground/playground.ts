import { deployPlayground, playgroundDeployment } from '@spillway/adapter-cluster';
import type { Logger } from '@spillway/application';
import { clusterName } from '@spillway/kernel';
import { startPostgres } from '@spillway/testing/postgres';
import type { Config } from '../config/load-config.js';
import { startControlPlane } from '../control-plane.js';
import { createLogger } from '../logger.js';
import { runCli, type CliSession } from './cli.js';
import { playgroundConfig } from './settings.js';

/** The seeds are those of `docs/examples/playground.yaml`. */
const clusters = [
  { name: clusterName('eu-west'), seed: 1 },
  { name: clusterName('us-east'), seed: 2 },
];

/** Busy enough that 10 % of the requests say something within seconds. */
const deployment = { ...playgroundDeployment, requestsPerSecond: 500 };

export interface Playground {
  readonly url: string;
  readonly token: string;
  /** Runs a command of the CLI against it and gives its exit code. */
  cli(...args: readonly string[]): Promise<number>;
  stop(): Promise<void>;
}

/** Everything on loopback: a real Postgres, two simulated clusters with traffic, the API and a worker. */
export async function startPlayground(say: (text: string) => void): Promise<Playground> {
  say('Starting Postgres on loopback; its data is thrown away at the end.');
  const postgres = await startPostgres();
  try {
    const config = await playgroundConfig(postgres.url, process.env);
    say('Starting the control plane and two simulated clusters with traffic.');
    const running = await startWithTraffic(config, createLogger(config));
    const url = `http://127.0.0.1:${running.port}`;
    const ending = new AbortController();
    const session: CliSession = { url, token: config.token, signal: ending.signal };
    return {
      url,
      token: config.token,
      cli: (...args) => runCli(args, session),
      async stop() {
        ending.abort();
        await running.stop();
        await postgres.stop();
      },
    };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

async function startWithTraffic(config: Config, logger: Logger) {
  const running = await startControlPlane(config, logger);
  for (const { name, seed } of clusters) {
    deployPlayground(running.engine.world.mesh(name, seed), deployment);
  }
  await running.started;
  return running;
}
