import { Spillway } from '@spillway/sdk';
import { startPostgres } from '@spillway/testing/postgres';
import type { Browser } from 'playwright-core';
import { Cable } from '../../control-plane/cable.js';
import { documents } from '../../control-plane/documents.js';
import { readyStage, token, type Stage } from '../../control-plane/stage.js';
import { openChromium } from './chromium.js';
import { FileServer } from './file-server.js';

/** A whole control plane, a browser, and a folder that two origins serve. */
export interface PortalStage {
  readonly stage: Stage;
  readonly browser: Browser;
  /** Of who sets things up. */
  readonly spillway: Spillway;
  /** The control plane, as pages reach it: behind what can be cut. */
  readonly cable: Cable;
  readonly url: string;
  /** The origin that the control plane knows of, and one that it does not. */
  readonly portal: string;
  readonly stranger: string;
  stop(): Promise<void>;
}

const needsApproval = [
  { gate: { name: 'go', approvals: { count: 1, selfApproval: false } } },
  { setWeight: 30 },
  { pause: {} },
] as const;

/** Releases of one service stand in each other's way: a test that needs it takes a service of its own. */
export async function openPortalStage(
  folder: string,
  services: readonly string[],
): Promise<PortalStage> {
  const browser = await openChromium();
  const [postgres, portal, stranger] = await Promise.all([
    startPostgres(),
    FileServer.of(folder),
    FileServer.of(folder),
  ]);
  const stage = await readyStage({
    databaseUrl: postgres.url,
    services,
    env: { SPILLWAY_MIGRATE: 'true', SPILLWAY_CORS_ORIGINS: portal.origin },
  });
  const spillway = new Spillway({ baseUrl: stage.url, token });
  await spillway.strategies.put({ name: 'approved', steps: [...needsApproval] });
  for (const name of services) await spillway.services.put({ ...documents.service, name });
  const cable = await Cable.to(stage.url);
  return {
    stage,
    browser,
    spillway,
    cable,
    url: new URL(cable.url).origin,
    portal: portal.origin,
    stranger: stranger.origin,
    stop: async () => {
      await browser.close();
      cable.cut();
      await stage.stop();
      await Promise.all([portal.stop(), stranger.stop()]);
      await postgres.stop();
    },
  };
}
