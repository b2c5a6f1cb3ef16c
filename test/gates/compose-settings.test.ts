import { expect, it } from '@jest/globals';
import { parse } from 'yaml';
import type { Compose } from './compose-schema.js';
import { filesBelow, readRoot } from './workspace.js';

it('docker-compose.yml sets only what the control plane reads', () => {
  const compose = parse(readRoot('docker-compose.yml'), { merge: true }) as Compose;
  const set = Object.values(compose.services)
    .filter(({ build }) => build !== undefined)
    .flatMap(({ environment }) => Object.keys(environment ?? {}));
  const config = filesBelow('apps/control-plane/src').filter((path) =>
    /\/config.*(?<!\.test)\.ts$/.test(path),
  );
  const known = config.map(readRoot).join('\n');
  expect(set.length).toBeGreaterThan(0);
  expect(set.filter((name) => !new RegExp(`\\b${name}\\b`).test(known))).toEqual([]);
});
