export { main } from './cli.js';
export type { Io, Terminal } from './io.js';
