import { expect, it } from '@jest/globals';
import { expectGolden } from './golden.js';
import { Story } from './story.js';
import { at, canary } from './strategies.js';

it('access logs are on while a release runs, of failures on its own routes, and off after it', async () => {
  const story = new Story();
  const strategy = canary({ steps: [at(10), { kind: 'pause' }] });
  const accessLog = {
    during: 'release',
    selector: { app: 'web' },
    side: 'client',
    provider: 'envoy',
    fromCode: 500,
    ownRoutes: true,
  } as const;
  await story.given(['eu-west', 'us-east'], strategy, { routing: { accessLog } });
  await story.pass('1s');
  story.accessLogs();
  const id = await story.release('v2');
  await story.phase(id, 'paused');
  story.accessLogs();
  story.happens('us-east is lost', () => story.mesh('us-east').down());
  await story.command(id, 'abort');
  await story.pass('30s');
  story.accessLogs();
  story.happens('us-east is back', () => story.mesh('us-east').up());
  await story.end(id);
  story.accessLogs();
  expect([...story.mesh('us-east').accessLogs]).toEqual([]);
  expectGolden(story.narrator.text, 'access-logs');
});
