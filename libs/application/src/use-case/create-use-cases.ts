import { guarded } from '../access/guard.js';
import { createAccessUseCases } from './access/create-access-use-cases.js';
import { createNotificationUseCases } from './create-notification-use-cases.js';
import { createReleaseUseCases } from './create-release-use-cases.js';
import { createTopologyUseCases } from './create-topology-use-cases.js';
import type { UseCaseDeps } from './deps.js';
import { createEgressUseCases } from './egress/create-egress-use-cases.js';
import { createGateUseCases } from './gate/create-gate-use-cases.js';
import type { UseCases } from './use-cases.js';
import { createWebhookUseCases } from './webhook/create-webhook-use-cases.js';

/** All of them over the same dependencies, each for those who may. */
export const createUseCases = (deps: UseCaseDeps): UseCases =>
  guarded(
    {
      ...createAccessUseCases(deps),
      ...createTopologyUseCases(deps),
      ...createReleaseUseCases(deps),
      ...createGateUseCases(deps),
      ...createEgressUseCases(deps),
      ...createWebhookUseCases(deps),
      ...createNotificationUseCases(deps),
    },
    deps.unitOfWork,
  );
