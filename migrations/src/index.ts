import type { MigrationInterface } from 'typeorm';
import { AddWebhooks1764450000000 } from './1764450000000-add-webhooks.js';
import { CreateSchema1763712000000 } from './1763712000000-create-schema.js';
import { AddExposure1763798400000 } from './1763798400000-add-exposure.js';
import { AddEgressPolicies1763800000000 } from './1763800000000-add-egress-policies.js';
import { AddProof1763900000000 } from './1763900000000-add-proof.js';
import { AddHealed1764100000000 } from './1764100000000-add-healed.js';
import { AddEvidence1764300000000 } from './1764300000000-add-evidence.js';
import { AddSources1764200000000 } from './1764200000000-add-sources.js';
import { AddAccess1764400000000 } from './1764400000000-add-access.js';
import { AddOrders1764410000000 } from './1764410000000-add-orders.js';
import { AddHookCalls1764430000000 } from './1764430000000-add-hook-calls.js';
import { AddNotifications1764440000000 } from './1764440000000-add-notifications.js';
import { AddGates1764420000000 } from './1764420000000-add-gates.js';
import { SettleTakenOver1764000000000 } from './1764000000000-settle-taken-over.js';
import { AddFeedPosition1764470000000 } from './1764470000000-add-feed-position.js';
import { AddPutJobs1764480000000 } from './1764480000000-add-put-jobs.js';
import { AddListIndexes1764490000000 } from './1764490000000-add-list-indexes.js';

/** In their order. A merged one is never edited: what is wrong in it is put right by the next. */
export const migrations: (new () => MigrationInterface)[] = [
  CreateSchema1763712000000,
  AddExposure1763798400000,
  AddEgressPolicies1763800000000,
  AddProof1763900000000,
  SettleTakenOver1764000000000,
  AddHealed1764100000000,
  AddSources1764200000000,
  AddEvidence1764300000000,
  AddAccess1764400000000,
  AddOrders1764410000000,
  AddGates1764420000000,
  AddHookCalls1764430000000,
  AddNotifications1764440000000,
  AddWebhooks1764450000000,
  AddFeedPosition1764470000000,
  AddPutJobs1764480000000,
  AddListIndexes1764490000000,
];

/** Where a database notes which of them it has. */
export const migrationsTableName = 'schema_migrations';
