import { afterEach } from '@jest/globals';

/** Makes harnesses for the tests of one suite and closes them after each test. */
export function fresh<H extends { close?(): Promise<void> }>(
  make: () => Promise<H>,
): () => Promise<H> {
  const open: H[] = [];
  afterEach(async () => {
    for (const harness of open.splice(0)) await harness.close?.();
  });
  return async () => {
    const harness = await make();
    open.push(harness);
    return harness;
  };
}
