import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import type { UseCases } from '@spillway/application';
import { withIdempotencyKey, toPushMeasurements } from '@spillway/interface-contract';
import { GRAPHQL_USE_CASES, type GraphqlContext } from '../options.js';
import { mapOk, outcome, thenOk, withoutNulls } from '../outcome.js';

@Resolver()
export class MeasurementResolver {
  constructor(@Inject(GRAPHQL_USE_CASES) private readonly useCases: UseCases) {}

  @Mutation('pushMeasurements')
  async push(
    @Args('measurements') measurements: unknown,
    @Args('idempotencyKey') key: string | null | undefined,
    @Context() { caller }: GraphqlContext,
  ) {
    const pushed = await thenOk(withIdempotencyKey(caller, key), (keyed) =>
      thenOk(toPushMeasurements(withoutNulls({ measurements })), (command) =>
        this.useCases.pushMeasurements(command, keyed),
      ),
    );
    return outcome(
      'PushedMeasurements',
      mapOk(pushed, (accepted) => ({ accepted })),
    );
  }
}
