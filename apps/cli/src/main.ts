import { main } from './cli.js';
import { processIo } from './process-io.js';

// Not process.exit(): what was written may still be on its way into a pipe.
process.exitCode = await main(process.argv.slice(2), processIo());
