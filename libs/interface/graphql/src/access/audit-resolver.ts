import { Inject } from '@nestjs/common';
import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import type { UseCases } from '@spillway/application';
import {
  roleViews,
  toAuditListing,
  toAuditProofView,
  toAuditRecordView,
} from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import { inRestWords, toConnection, type ListArguments } from '../connection.js';
import { GRAPHQL_USE_CASES, type GraphqlContext } from '../options.js';

interface AuditArguments extends ListArguments {
  readonly actor?: string | null;
  readonly operation?: string | null;
  readonly subject?: string | null;
}

@Resolver()
export class AuditResolver {
  constructor(@Inject(GRAPHQL_USE_CASES) private readonly useCases: UseCases) {}

  @Query('roles')
  roles() {
    return roleViews();
  }

  @Query('auditRecords')
  async list(@Args() args: AuditArguments, @Context() { caller }: GraphqlContext) {
    const { filter, page } = orRefuse(toAuditListing(inRestWords(args)));
    const found = await this.useCases.listAudit(filter, page, caller);
    return toConnection(orRefuse(found), toAuditRecordView, args);
  }

  @Query('auditProof')
  async proof(@Context() { caller }: GraphqlContext) {
    return toAuditProofView(orRefuse(await this.useCases.verifyAudit(caller)));
  }
}
