import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { say } from '../src/say.js';

const root = new URL('../../../', import.meta.url);
const ofRun = new URL('.cache/results/unbroken.md', root);
const committed = new URL('test/testbed/traffic/unbroken.md', root);

/** Prints the table and leaves it in .cache/results; `UPDATE_TABLES=1` also in this folder, for the repository. */
export async function keep(table: string): Promise<void> {
  say(`\n${table}`);
  const text = `# Requests that failed during releases

200 requests a second on each way to each service, counted by real Envoys' clients while a
release did what the row says. Written by \`unbroken.test.ts\` (${cpus().length} cores).

${table}
`;
  await mkdir(new URL('.', ofRun), { recursive: true });
  const isKept = process.env['UPDATE_TABLES'] === '1';
  for (const file of isKept ? [ofRun, committed] : [ofRun])
    await writeFile(fileURLToPath(file), text);
}
