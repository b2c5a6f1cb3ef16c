/** Seals every secret with the present key: `node main.js`, with the settings of the server. */
import { createPersistence, createSealer } from '@spillway/adapter-persistence';
import { enqueueSql } from '@spillway/adapter-queue';
import { CodedError } from '@spillway/kernel';
import { loadConfig } from '../config/load-config.js';
import { createLogger } from '../logger.js';

async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const persistence = await createPersistence({
    config: { ...config.database, connectTimeoutMs: 5_000 },
    sealer: createSealer(config.encryptionKey, config.otherEncryptionKeys),
    enqueue: enqueueSql,
    logger: createLogger(config),
  });
  try {
    const { clusters, secrets } = await persistence.reseal();
    process.stdout.write(
      `sealed anew: ${clusters} clusters, ${secrets} secrets. SPILLWAY_OTHER_ENCRYPTION_KEYS can go.\n`,
    );
  } finally {
    await persistence.close();
  }
}

main().catch((error: unknown) => {
  const text =
    error instanceof CodedError ? `${error.code}: ${error.message}\n${error.next}` : String(error);
  process.stderr.write(`${text}\n`);
  process.exitCode = error instanceof CodedError && error.code === 'INVALID_CONFIGURATION' ? 2 : 1;
});
