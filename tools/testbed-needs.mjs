import { run } from './run.mjs';
import { stop } from './workspace.mjs';

/** Programs that the testbed starts and that npm cannot bring, with how to get each. */
const needs = [
  { program: 'go', args: ['version'], get: 'Go 1.24 or newer from https://go.dev/dl' },
  { program: 'prometheus', args: ['--version'], get: '"apt-get install prometheus" (Debian)' },
  { program: 'chromium', args: ['--version'], get: '"apt-get install chromium" (Debian)' },
  {
    program: 'python3',
    args: ['--version'],
    get: 'it with pip, which downloads Envoy: "apt-get install python3-pip" (Debian)',
  },
];

/** Says everything that is missing at once; the testbed then need not fail one test at a time. */
export async function requireTestbed() {
  const missing = [];
  for (const need of needs) {
    const { code } = await run(need.program, need.args, { quiet: true });
    if (code === 127) missing.push(`  ${need.program} is not on the PATH; get ${need.get}`);
  }
  if (missing.length === 0) return;
  stop(
    `The testbed runs real API servers, Envoys, Prometheus and a browser, so it needs:\n${missing.join('\n')}`,
  );
}
