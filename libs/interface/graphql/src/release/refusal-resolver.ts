import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { toReleaseId, toServiceName, type ReleaseView } from '@spillway/interface-contract';
import type { GraphqlContext } from '../options.js';
import type { Subject } from './release-outcome.js';

interface Refused {
  readonly subject: Subject;
}

/** The release that was spoken of; what the text of a client cannot be the id of is none. */
async function spokenOf(
  subject: Subject,
  { loaders }: GraphqlContext,
): Promise<ReleaseView | null> {
  const id = 'release' in subject ? toReleaseId(subject.release) : undefined;
  return id?.ok === true ? loaders.releases.load(id.value) : null;
}

@Resolver('ServiceBusy')
export class ServiceBusyResolver {
  @ResolveField('running')
  async running(@Parent() { subject }: Refused, @Context() context: GraphqlContext) {
    const service =
      'service' in subject ? subject.service : (await spokenOf(subject, context))?.service;
    const known = toServiceName(service ?? '');
    return known.ok ? context.loaders.running.load(known.value) : null;
  }
}

@Resolver('NotPossibleInPhase')
export class NotPossibleInPhaseResolver {
  @ResolveField('release')
  release(@Parent() { subject }: Refused, @Context() context: GraphqlContext) {
    return spokenOf(subject, context);
  }
}
