import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import type { Caller, UseCases } from '@spillway/application';
import type { Release, OrderVerb } from '@spillway/domain-release';
import type { Refusal, ReleaseId, Result } from '@spillway/kernel';
import {
  toChangeReleaseStrategy,
  toCommandRelease,
  toReleaseId,
  toReleaseInstead,
  toStartRelease,
  withIdempotencyKey,
} from '@spillway/interface-contract';
import { GRAPHQL_USE_CASES, type GraphqlContext } from '../options.js';
import { thenOk, withoutNulls } from '../outcome.js';
import { releaseOutcome } from './release-outcome.js';

/** And what else the verb wants to know. */
interface CommandArguments {
  readonly id: string;
  readonly idempotencyKey?: string | null;
}

type Answer = Promise<Result<Release, Refusal>>;

/** The service that a document names, whatever else is wrong with it. */
function serviceIn(input: unknown): string {
  const { service } = input as { readonly service?: unknown };
  return typeof service === 'string' ? service : '';
}

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
    const subject = { service: serviceIn(input) };
    return releaseOutcome(thenOk(withIdempotencyKey(caller, key), start), subject);
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

  @Mutation('promoteReleaseFully')
  promoteFully(@Args() args: CommandArguments, @Context() context: GraphqlContext) {
    return this.tell('promoteFull', args, context);
  }

  @Mutation('skipReleaseStep')
  skipStep(@Args() args: CommandArguments, @Context() context: GraphqlContext) {
    return this.tell('skipStep', args, context);
  }

  @Mutation('jumpReleaseToStep')
  jumpToStep(@Args() args: CommandArguments, @Context() context: GraphqlContext) {
    return this.tell('jumpToStep', args, context);
  }

  @Mutation('restartRelease')
  restart(@Args() args: CommandArguments, @Context() context: GraphqlContext) {
    return this.tell('restart', args, context);
  }

  @Mutation('changeReleaseStrategy')
  changeStrategy(@Args() args: CommandArguments, @Context() { caller }: GraphqlContext) {
    return this.about(args, caller, toChangeReleaseStrategy, (command, asking) =>
      this.useCases.changeReleaseStrategy(command, asking),
    );
  }

  @Mutation('retryRelease')
  retry(@Args() args: CommandArguments, @Context() { caller }: GraphqlContext) {
    return this.about(args, caller, toReleaseInstead, (command, asking) =>
      this.useCases.retryRelease(command, asking),
    );
  }

  @Mutation('undoRelease')
  undo(@Args() args: CommandArguments, @Context() { caller }: GraphqlContext) {
    return this.about(args, caller, toReleaseInstead, (command, asking) =>
      this.useCases.undoRelease(command, asking),
    );
  }

  @Mutation('abortRelease')
  abort(@Args() args: CommandArguments, @Context() context: GraphqlContext) {
    return this.tell('abort', args, context);
  }

  private tell(verb: OrderVerb, args: CommandArguments, { caller }: GraphqlContext) {
    return this.about(
      args,
      caller,
      (release, body) => toCommandRelease({ release, verb }, body),
      (command, asking) => this.useCases.commandRelease(command, asking),
    );
  }

  /** What is said of a release, read and done. */
  private about<C>(
    { id, idempotencyKey, ...rest }: CommandArguments,
    caller: Caller,
    read: (release: ReleaseId, body: unknown) => Result<C, Refusal>,
    execute: (command: C, asking: Caller) => Answer,
  ) {
    const tell = async (asking: Caller): Answer =>
      thenOk(toReleaseId(id), async (release) =>
        thenOk(read(release, withoutNulls(rest)), (command) => execute(command, asking)),
      );
    return releaseOutcome(thenOk(withIdempotencyKey(caller, idempotencyKey), tell), {
      release: id,
    });
  }
}
