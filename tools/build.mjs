import { runModule } from './run.mjs';
import { say, seconds, stop } from './workspace.mjs';

/** Compiles every package that changed. `tsc -b` keeps its own state, so nothing changed means 0.3 s. */
export async function build() {
  say('Building…');
  const started = Date.now();
  const { code } = await runModule('typescript/bin/tsc', ['-b', '--pretty']);
  if (code !== 0) stop('The build failed; the compiler says where above.', code);
  say(`Built in ${seconds(started)}.`);
}
