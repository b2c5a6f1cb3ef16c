import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Caller, UseCases } from '@spillway/application';
import {
  auditQuery,
  toAuditListing,
  toAuditProofView,
  toAuditRecordView,
  toPageView,
  type AuditProofView,
} from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import { Asking } from '../auth/asking.js';
import { Documented } from '../openapi/operation.js';
import { USE_CASES } from '../options.js';

@ApiTags('access')
@Controller('api/v1/audit')
export class AuditController {
  constructor(@Inject(USE_CASES) private readonly useCases: UseCases) {}

  @Get()
  @Documented({
    id: 'listAudit',
    summary: 'List changes',
    description: 'Who changed what, and from where. Newest first.',
    query: auditQuery,
    answer: 'AuditRecordPage',
  })
  async list(@Query() query: unknown, @Asking() caller: Caller) {
    const { filter, page } = orRefuse(toAuditListing(query));
    return toPageView(
      orRefuse(await this.useCases.listAudit(filter, page, caller)),
      toAuditRecordView,
    );
  }

  @Get('verify')
  @Documented({
    id: 'verifyAudit',
    summary: 'Verify the audit log',
    description:
      'Reads the whole log and checks that every record follows from those before it. What was altered, taken out or put in between is found.',
    answer: 'AuditProof',
  })
  async verify(@Asking() caller: Caller): Promise<AuditProofView> {
    return toAuditProofView(orRefuse(await this.useCases.verifyAudit(caller)));
  }
}
