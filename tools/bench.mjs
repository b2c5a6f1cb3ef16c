/**
 * `npm run bench:judging [-- --releases 10000 --seed 1]`: how often the judges are wrong on simulated
 * releases, and how fast they are right. Writes docs/judging-figures.md; fails when a promise is broken.
 */
import { installIfNeeded } from './install.mjs';
import { runModule, run } from './run.mjs';
import { inRoot, stop } from './workspace.mjs';

const bench = inRoot('test', 'bench', 'judging');
const page = inRoot('docs', 'judging-figures.md');

await installIfNeeded();
const compiled = await runModule('typescript/bin/tsc', ['-b', bench, '--pretty']);
if (compiled.code !== 0) stop('The bench does not compile.', compiled.code);
const main = inRoot('test', 'bench', 'judging', 'dist', 'main.js');
const { code } = await run(process.execPath, [main, '--page', page, ...process.argv.slice(2)]);
await runModule('prettier/bin/prettier.cjs', ['--write', '--log-level', 'warn', page]);
process.exit(code);
