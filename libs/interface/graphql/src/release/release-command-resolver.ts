import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import type { Caller, UseCases } from '@spillway/application';
import type { Release, OrderVerb } from '@spillway/domain-release';
import type { Refusal, Result } from '@spillway/kernel';
import {
  toCommandRelease,
  toReleaseId,
  toReleaseView,
  toStartRelease,
  withIdempotencyKey,
} from '@spillway/interface-contract';
import { GRAPHQL_USE_CASES, type GraphqlContext } from '../options.js';
import { mapOk, outcome, thenOk, withoutNulls } from '../outcome.js';

interface CommandArguments {
  readonly id: string;
  readonly comment?: string | null;
  readonly idempotencyKey?: string | null;
}

type Answer = Promise<Result<Release, Refusal>>;

const payload = async (answer: Answer) =>
  outcome(
    'ReleasePayload',
    mapOk(await answer, (release) => ({ release: toReleaseView(release) })),
  );

@Resolver()
export class ReleaseCommandResolver {
  constructor(@Inject(GRAPHQL_USE_CASES) private readonly useCases: UseCases) {}

  @Mutation('startRelease')
  start(
    @Args('release') input: unknown,
    @Args('idempotencyKey') key: string | null | undefined,
    @Context() { caller }: GraphqlContext,
  ) {
    const start = async (asking: Caller): Answer =>
      thenOk(toStartRelease(withoutNulls(input)), (command) =>
        this.useCases.startRelease(command, asking),
      );
    return payload(thenOk(withIdempotencyKey(caller, key), start));
  }

  @Mutation('pauseRelease')
  pause(@Args() args: CommandArguments, @Context() context: GraphqlContext) {
    return this.tell('pause', args, context);
  }

  @Mutation('resumeRelease')
  resume(@Args() args: CommandArguments, @Context() context: GraphqlContext) {
    return this.tell('resume', args, context);
  }

  @Mutation('promoteRelease')
  promote(@Args() args: CommandArguments, @Context() context: GraphqlContext) {
    return this.tell('promote', args, context);
  }

  @Mutation('abortRelease')
  abort(@Args() args: CommandArguments, @Context() context: GraphqlContext) {
    return this.tell('abort', args, context);
  }

  private tell(verb: OrderVerb, args: CommandArguments, { caller }: GraphqlContext) {
    const { id, comment, idempotencyKey } = args;
    const body = { comment: comment ?? undefined };
    const tell = async (asking: Caller): Answer =>
      thenOk(toReleaseId(id), async (release) =>
        thenOk(toCommandRelease({ release, verb }, body), (command) =>
          this.useCases.commandRelease(command, asking),
        ),
      );
    return payload(thenOk(withIdempotencyKey(caller, idempotencyKey), tell));
  }
}
