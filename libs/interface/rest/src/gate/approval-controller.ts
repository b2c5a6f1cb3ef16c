import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Caller, UseCases } from '@spillway/application';
import {
  toApprovalWaitingView,
  toJudgeRelease,
  toOverrideFreeze,
  toReleaseId,
  toReleaseView,
  type ApprovalWaitingView,
  type ReleaseView,
} from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import { Asking } from '../auth/asking.js';
import { Documented } from '../openapi/operation.js';
import { USE_CASES } from '../options.js';

const parameters = { id: 'Id of the release.' };
const refusals = [
  'UNKNOWN_RELEASE',
  'UNKNOWN_GATE',
  'FORBIDDEN',
  'NOT_POSSIBLE_IN_PHASE',
  'NOTHING_TO_APPROVE',
  'APPROVAL_NOT_ALLOWED',
  'PLAN_CHANGED',
  'STALE_WRITE',
] as const;

@ApiTags('gates')
@Controller('api/v1')
export class ApprovalController {
  constructor(@Inject(USE_CASES) private readonly useCases: UseCases) {}

  @Get('approvals')
  @Documented({
    id: 'listApprovalsWaiting',
    summary: 'List what waits for your approval',
    description:
      'Gates at which releases wait now and which you may pass, where your approval does not count yet; the oldest release first. All of them at once: a service has one release at a time.',
    answer: 'ApprovalWaitingPage',
  })
  async waiting(@Asking() caller: Caller): Promise<{ items: ApprovalWaitingView[] }> {
    const waiting = orRefuse(await this.useCases.listApprovalsWaiting(caller));
    return { items: waiting.map(toApprovalWaitingView) };
  }

  @Post('releases/:id/approve')
  @HttpCode(200)
  @Documented({
    id: 'approveRelease',
    summary: 'Approve a release',
    description:
      'Your yes at a gate, to the plan as it is now. Again it changes nothing; when the plan is changed it is void.',
    parameters,
    body: 'JudgeDocument',
    bodyMayBeAbsent: true,
    repeatable: true,
    answer: 'Release',
    refusals: [...refusals, 'SELF_APPROVAL_FORBIDDEN'],
  })
  async approve(
    @Param('id') id: string,
    @Body() body: unknown,
    @Asking() caller: Caller,
  ): Promise<ReleaseView> {
    const judged = orRefuse(toJudgeRelease(orRefuse(toReleaseId(id)), body));
    return toReleaseView(orRefuse(await this.useCases.approveRelease(judged, caller)));
  }

  @Post('releases/:id/reject')
  @HttpCode(200)
  @Documented({
    id: 'rejectRelease',
    summary: 'Reject a release',
    description:
      'Your no at a gate. Gives all traffic back to the stable version at once, or pauses the release where the gate says so.',
    parameters,
    body: 'JudgeDocument',
    bodyMayBeAbsent: true,
    repeatable: true,
    answer: 'Release',
    refusals,
  })
  async reject(
    @Param('id') id: string,
    @Body() body: unknown,
    @Asking() caller: Caller,
  ): Promise<ReleaseView> {
    const judged = orRefuse(toJudgeRelease(orRefuse(toReleaseId(id)), body));
    return toReleaseView(orRefuse(await this.useCases.rejectRelease(judged, caller)));
  }

  @Post('releases/:id/override-freeze')
  @HttpCode(200)
  @Documented({
    id: 'overrideFreeze',
    summary: 'Override freeze windows for a release',
    description:
      'The windows that are in force now do not count for this release until each of them ends. Takes the role operator or admin, and a reason, which becomes part of the history.',
    parameters,
    body: 'OverrideFreezeDocument',
    repeatable: true,
    answer: 'Release',
    refusals: ['UNKNOWN_RELEASE', 'FORBIDDEN', 'NOT_FROZEN', 'STALE_WRITE'],
  })
  async override(
    @Param('id') id: string,
    @Body() body: unknown,
    @Asking() caller: Caller,
  ): Promise<ReleaseView> {
    const wanted = orRefuse(toOverrideFreeze(orRefuse(toReleaseId(id)), body));
    return toReleaseView(orRefuse(await this.useCases.overrideFreeze(wanted, caller)));
  }
}
