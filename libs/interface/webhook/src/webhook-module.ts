import { Module, type DynamicModule } from '@nestjs/common';
import type { UseCases } from '@spillway/application';
import { WEBHOOK_USE_CASES } from './options.js';
import { ReceiveController } from './receive-controller.js';

@Module({})
export class WebhookModule {}

/**
 * The addresses at which CI systems tell what was deployed, as a Nest module. What REST says of
 * every request holds for them as well: limits, ids and problem bodies.
 */
export const createWebhookModule = ({
  useCases,
}: {
  readonly useCases: UseCases;
}): DynamicModule => ({
  module: WebhookModule,
  controllers: [ReceiveController],
  providers: [{ provide: WEBHOOK_USE_CASES, useValue: useCases }],
});
