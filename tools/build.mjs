import { run, runModule } from './run.mjs';
import { inRoot, say, seconds, stop } from './workspace.mjs';

/** Compiles every package that changed. `tsc -b` keeps its own state, so nothing changed means 0.3 s. */
export async function build() {
  say('Building…');
  const started = Date.now();
  const { code } = await runModule('typescript/bin/tsc', ['-b', '--pretty']);
  if (code !== 0) stop('The build failed; the compiler says where above.', code);
  say(`Built in ${seconds(started)}.`);
}

/** Builds, and bundles the control plane: what the image starts, and so what is measured and killed. */
export async function bundle() {
  await build();
  const bundler = inRoot('apps', 'control-plane', 'packaging', 'bundle.mjs');
  const { code } = await run(process.execPath, [bundler]);
  if (code !== 0) stop('The control plane cannot be bundled; the bundler says why above.', code);
}
