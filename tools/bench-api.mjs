/**
 * `npm run bench:api [-- --seconds 3 --rounds 3]`: what readings and streams cost beside a bare
 * Fastify handler. Writes docs/api-figures.md; fails when a promise is broken.
 */
import { bundle } from './build.mjs';
import { installIfNeeded } from './install.mjs';
import { run, runModule } from './run.mjs';
import { inRoot, stop } from './workspace.mjs';

const bench = inRoot('test', 'bench', 'api');
const page = inRoot('docs', 'api-figures.md');

await installIfNeeded();
await bundle();
const compiled = await runModule('typescript/bin/tsc', ['-b', bench, '--pretty']);
if (compiled.code !== 0) stop('The bench does not compile.', compiled.code);
const main = inRoot('test', 'bench', 'api', 'dist', 'bench', 'api', 'main.js');
const { code } = await run(process.execPath, [main, '--page', page, ...process.argv.slice(2)]);
await runModule('prettier/bin/prettier.cjs', ['--write', '--log-level', 'warn', page]);
process.exit(code);
