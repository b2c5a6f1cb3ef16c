import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Whoever asked may not listen yet. */
const given = new Set<number>();

/**
 * A free port *below* the ephemeral range (32768 and up on Linux). A server of
 * ours is killed and comes back on its port: from the ephemeral range the
 * kernel might meanwhile give that port to somebody's outgoing connection, or
 * let a retrying client connect to itself.
 */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = randomInt(20_000, 32_000);
    if (given.has(port)) continue;
    given.add(port);
    if (await isFree(port)) return port;
  }
  throw new Error('found no free port between 20000 and 32000 on 127.0.0.1 in 100 attempts');
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  try {
    probe.listen(port, '127.0.0.1');
    await once(probe, 'listening');
  } catch {
    return false;
  }
  probe.close();
  await once(probe, 'close');
  return true;
}
