import { playgroundOptions } from './options.js';
import { startPlayground, type Playground } from './playground.js';
import { demo } from './demo.js';
import { welcome } from './welcome.js';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function main(): Promise<void> {
  const options = playgroundOptions(process.argv.slice(2));
  if (options.kind === 'exit') {
    say(options.text);
    process.exit(options.code);
  }
  const playground = await startPlayground(say);
  const stopping = stopOnSignal(playground);
  if ((await playground.cli('apply', '-f', 'docs/examples/playground.yaml')) !== 0) {
    await playground.stop();
    process.exit(1);
  }
  if (!options.demo) {
    say(welcome(playground));
    return;
  }
  const exitCode = await demo(playground, say);
  if (stopping.hasBegun) return;
  await playground.stop();
  process.exit(exitCode);
}

/** Ctrl-C once stops everything in order. */
function stopOnSignal(playground: Playground): { hasBegun: boolean } {
  const state = { hasBegun: false };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (state.hasBegun) return;
      state.hasBegun = true;
      say('\nStopping.');
      playground.stop().then(() => process.exit(signal === 'SIGINT' ? 130 : 143), fail);
    });
  }
  return state;
}

function fail(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

main().catch(fail);
