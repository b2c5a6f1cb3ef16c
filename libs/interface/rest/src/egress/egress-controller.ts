import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Caller, EgressRecord, UseCases } from '@spillway/application';
import {
  egressReportQuery,
  namedPageQuery,
  toEgressPolicyView,
  toEgressReportView,
  toEgressStatusView,
  toEnforceEgress,
  toNamespaceName,
  toPageRequest,
  toPageView,
  toPutEgress,
  toReportWindow,
  toRollbackEgress,
  type EgressPolicyView,
  type EgressReportView,
} from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import { Asking } from '../auth/asking.js';
import { sameName } from '../http/same-name.js';
import { taggedLive } from '../http/entity-tag.js';
import { Documented } from '../openapi/operation.js';
import { USE_CASES } from '../options.js';

const parameters = { namespace: 'The namespace.' };
const closing = ['EGRESS_WOULD_BLOCK', 'EGRESS_NOT_OBSERVED', 'STALE_WRITE'] as const;

@ApiTags('egress')
@Controller('api/v1/egress-policies')
export class EgressController {
  constructor(@Inject(USE_CASES) private readonly useCases: UseCases) {}

  @Get()
  @Documented({
    id: 'listEgressPolicies',
    summary: 'List egress policies',
    description: 'In the order of their namespaces, as Spillway has them; no cluster is asked.',
    query: namedPageQuery,
    answer: 'EgressPolicyPage',
  })
  async list(
    @Query() query: unknown,
    @Asking() caller: Caller,
  ): Promise<{ items: EgressPolicyView[]; next?: string }> {
    const page = await this.useCases.listEgressPolicies(orRefuse(toPageRequest(query)), caller);
    return toPageView(orRefuse(page), toEgressPolicyView);
  }

  @Put(':namespace')
  @Documented({
    id: 'putEgressPolicy',
    summary: 'Add or replace the egress policy of a namespace',
    description:
      'Adds the policy, or replaces it. The same again writes it to its clusters again. One that enforces is checked as enforcing is.',
    parameters,
    body: 'EgressPolicyDocument',
    answer: 'EgressPolicy',
    refusals: ['INVALID_EGRESS_POLICY', 'UNKNOWN_CLUSTER', ...closing],
  })
  async put(
    @Param('namespace') namespace: string,
    @Body() body: unknown,
    @Asking() caller: Caller,
  ): Promise<EgressPolicyView> {
    const policy = orRefuse(toPutEgress(body));
    orRefuse(sameName(namespace, policy.namespace));
    return shown(orRefuse(await this.useCases.putEgressPolicy(policy, caller)));
  }

  @Get(':namespace')
  @Documented({
    id: 'getEgressPolicy',
    summary: 'Get the egress policy of a namespace',
    description: 'With what each of its clusters holds at this moment.',
    parameters,
    answer: 'EgressPolicy',
    refusals: ['UNKNOWN_EGRESS_POLICY'],
  })
  async get(@Param('namespace') text: string, @Asking() caller: Caller): Promise<EgressPolicyView> {
    const namespace = orRefuse(toNamespaceName(text));
    const status = orRefuse(await this.useCases.getEgressPolicy(namespace, caller));
    return taggedLive(status, toEgressStatusView, ({ record }) => record);
  }

  @Get(':namespace/report')
  @Documented({
    id: 'reportEgress',
    summary: 'Report what enforcing a policy would block',
    description: 'From the metrics of its clusters. No data does not mean that nothing is blocked.',
    parameters,
    query: egressReportQuery,
    answer: 'EgressReport',
    refusals: ['UNKNOWN_EGRESS_POLICY'],
  })
  async report(
    @Param('namespace') text: string,
    @Query() query: unknown,
    @Asking() caller: Caller,
  ): Promise<EgressReportView> {
    const namespace = orRefuse(toNamespaceName(text));
    const window = orRefuse(toReportWindow(query));
    return toEgressReportView(
      orRefuse(await this.useCases.reportEgress(namespace, window, caller)),
    );
  }

  @Post(':namespace/enforce')
  @HttpCode(200)
  @Documented({
    id: 'enforceEgress',
    summary: 'Enforce the policy of a namespace',
    description:
      'Refused while traffic is seen that it would block, or nobody knows, unless that is accepted. Again, it changes nothing.',
    parameters,
    body: 'EgressEnforceDocument',
    bodyMayBeAbsent: true,
    repeatable: true,
    answer: 'EgressPolicy',
    refusals: ['UNKNOWN_EGRESS_POLICY', ...closing],
  })
  async enforce(
    @Param('namespace') text: string,
    @Body() body: unknown,
    @Asking() caller: Caller,
  ): Promise<EgressPolicyView> {
    const namespace = orRefuse(toNamespaceName(text));
    const command = orRefuse(toEnforceEgress(namespace, body));
    return shown(orRefuse(await this.useCases.enforceEgress(command, caller)));
  }

  @Post(':namespace/rollback')
  @HttpCode(200)
  @Documented({
    id: 'rollbackEgress',
    summary: 'Open a namespace again',
    description:
      'In all clusters at once; one that is away gets it when it is back. Again, it changes nothing.',
    parameters,
    body: 'ReleaseCommandDocument',
    bodyMayBeAbsent: true,
    repeatable: true,
    answer: 'EgressPolicy',
    refusals: ['UNKNOWN_EGRESS_POLICY'],
  })
  async rollback(
    @Param('namespace') text: string,
    @Body() body: unknown,
    @Asking() caller: Caller,
  ): Promise<EgressPolicyView> {
    const namespace = orRefuse(toNamespaceName(text));
    const command = orRefuse(toRollbackEgress(namespace, body));
    return shown(orRefuse(await this.useCases.rollbackEgress(command, caller)));
  }
}

const shown = (policy: EgressRecord): EgressPolicyView =>
  taggedLive(policy, toEgressPolicyView, (record) => record);
