import { setFlagsFromString } from 'node:v8';
import { CodedError } from '@spillway/kernel';
import { loadConfig, servesApi } from './config/load-config.js';
import { startControlPlane } from './control-plane.js';
import { createLogger } from './logger.js';

/** A stop that takes longer than this is given up: jobs are taken over by another worker. */
const graceMs = 20_000;

async function main(): Promise<void> {
  const config = loadConfig(process.env);
  if (config.role !== 'api') holdLittle();
  const logger = createLogger(config);
  const controlPlane = await startControlPlane(config, logger);
  const address = `http://${config.host}:${controlPlane.port}`;
  logger.info({ role: config.role, address }, `listening on ${address}`);
  // Into the log on purpose: it is made only on loopback, and this is the only place to learn it.
  if (config.isTokenNew && servesApi(config.role)) {
    logger.info({ token: config.token }, 'made a token, because SPILLWAY_TOKEN is not set');
  }
  let isStopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    isStopping = true;
    logger.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), graceMs).unref();
    controlPlane.stop().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  try {
    await controlPlane.started;
    logger.info({ role: config.role }, 'ready');
  } catch (error) {
    // Stopping ends the wait for the database, and exits by itself.
    if (!isStopping) throw error;
  }
}

/**
 * Collects garbage when there is a third as much of it as of what is used. Left to itself V8 lets it grow
 * to three times that where the machine has much memory, however little of it is ours. Not for those who
 * only answer: each collection of everything takes some ten milliseconds, and lists would wait for it.
 */
function holdLittle(): void {
  setFlagsFromString('--heap-growing-percent=30');
}

/** Exit code 2: what was asked for cannot be done; 1: it went wrong. */
function fail(error: unknown): never {
  if (error instanceof CodedError) {
    process.stderr.write(`${error.code}: ${error.message}\n${error.next}\n`);
    process.exit(error.code === 'INVALID_CONFIGURATION' || error.code === 'SCHEMA_BEHIND' ? 2 : 1);
  }
  process.stderr.write(
    `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exit(1);
}

main().catch(fail);
