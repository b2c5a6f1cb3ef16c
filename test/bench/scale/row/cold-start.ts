import { randomBytes } from 'node:crypto';
import { startProcess } from '../control-plane.js';
import { Database } from '../database.js';
import { ms, quantile, type Row } from '../figure.js';
import { migrate } from '@spillway/testing/postgres';

const mostMs = 2_500;

/** From the start of a process until it says that it is ready. */
export const coldStart: Row = {
  name: 'cold-start',
  title: 'Start',
  async run({ isShort }, say) {
    const database = await Database.start();
    try {
      await migrate(database.url);
      const shared = {
        databaseUrl: database.url,
        token: randomBytes(24).toString('hex'),
        encryptionKey: randomBytes(32).toString('hex'),
      };
      const times: number[] = [];
      for (let run = 0; run < (isShort ? 1 : 5); run += 1) {
        const started = await startProcess({ ...shared, role: 'all' });
        times.push(started.readyAfterMs);
        await started.stop();
      }
      const slowest = Math.max(...times);
      say(`  ${times.map((time) => ms(time)).join(', ')}`);
      return [
        {
          measure: 'start of a process (role `all`, migrated database) → ready',
          value: ms(slowest),
          goal: `< ${mostMs} ms`,
          isMet: slowest < mostMs,
          note: `the slowest of ${times.length}; median ${ms(quantile(times, 0.5))}`,
        },
      ];
    } finally {
      await database.stop();
    }
  },
};
