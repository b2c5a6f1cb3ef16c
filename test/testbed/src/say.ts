/** A line for whoever waits at the terminal. Jest buffers `console`, and a build of minutes must not look dead. */
export function say(line: string): void {
  process.stderr.write(`testbed: ${line}\n`);
}

/** `1.4 s` since `start`, which comes from `performance.now()`. */
export function took(start: number): string {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}
