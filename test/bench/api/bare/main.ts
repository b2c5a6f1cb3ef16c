/** What a reading costs without Spillway: Fastify and pg, and nothing else. */
import { fastify } from 'fastify';
import pg from 'pg';
import type { Endpoint } from '../endpoints.js';

const { databaseUrl, port, endpoints } = JSON.parse(process.argv[2] ?? '{}') as {
  databaseUrl: string;
  port: number;
  endpoints: readonly Endpoint[];
};

const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });
const app = fastify();
for (const { path, sql, values } of endpoints) {
  const [route = ''] = path.split('?');
  app.get(`/api/v1${route}`, async () => {
    const { rows } = await pool.query<Record<string, unknown>>(sql, [...values]);
    return rows;
  });
}
await app.listen({ port, host: '127.0.0.1' });
process.send?.('ready');
