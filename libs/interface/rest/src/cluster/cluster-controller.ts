import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Put,
  Query,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Caller, ClusterStatus, NewCluster, UseCases } from '@spillway/application';
import {
  namedPageQuery,
  toClusterName,
  toClusterView,
  toNewCluster,
  toPageRequest,
  toPageView,
  toProbeView,
  type ClusterView,
  type ProbeView,
} from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import { Asking } from '../auth/asking.js';
import { sameName } from '../http/same-name.js';
import { taggedLive } from '../http/entity-tag.js';
import { Documented } from '../openapi/operation.js';
import { USE_CASES } from '../options.js';

const parameters = { name: 'Name of the cluster.' };

@ApiTags('clusters')
@Controller('api/v1/clusters')
export class ClusterController {
  constructor(@Inject(USE_CASES) private readonly useCases: UseCases) {}

  @Get()
  @Documented({
    id: 'listClusters',
    summary: 'List clusters',
    description: 'In the order of their names, with the state of their connections.',
    query: namedPageQuery,
    answer: 'ClusterPage',
  })
  async list(
    @Query() query: unknown,
    @Asking() caller: Caller,
  ): Promise<{ items: ClusterView[]; next?: string }> {
    const page = await this.useCases.listClusters(orRefuse(toPageRequest(query)), caller);
    return toPageView(orRefuse(page), toClusterView);
  }

  @Post()
  @HttpCode(200)
  @Documented({
    id: 'postCluster',
    summary: 'Add or replace a cluster',
    description: 'Adds the cluster, or replaces the one of that name.',
    body: 'ClusterDocument',
    repeatable: true,
    answer: 'Cluster',
  })
  post(@Body() body: unknown, @Asking() caller: Caller): Promise<ClusterView> {
    return this.store(orRefuse(toNewCluster(body)), caller);
  }

  @Put(':name')
  @Documented({
    id: 'putCluster',
    summary: 'Add or replace the cluster of a name',
    description: 'Adds the cluster, or replaces it. The document’s name must be the address’s.',
    parameters,
    body: 'ClusterDocument',
    answer: 'Cluster',
  })
  put(
    @Param('name') name: string,
    @Body() body: unknown,
    @Asking() caller: Caller,
  ): Promise<ClusterView> {
    const cluster = orRefuse(toNewCluster(body));
    orRefuse(sameName(name, cluster.name));
    return this.store(cluster, caller);
  }

  @Get(':name')
  @Documented({
    id: 'getCluster',
    summary: 'Get a cluster',
    description: 'The cluster with the state of its connection; without its secrets.',
    parameters,
    answer: 'Cluster',
    refusals: ['UNKNOWN_CLUSTER'],
  })
  async get(@Param('name') name: string, @Asking() caller: Caller): Promise<ClusterView> {
    return taggedLive(
      orRefuse(await this.useCases.getCluster(orRefuse(toClusterName(name)), caller)),
      toClusterView,
      recordOf,
    );
  }

  @Delete(':name')
  @HttpCode(204)
  @Documented({
    id: 'removeCluster',
    summary: 'Remove a cluster',
    description: 'Spillway forgets the cluster. Nothing is changed in it.',
    parameters,
    status: 204,
    refusals: ['UNKNOWN_CLUSTER', 'CLUSTER_IN_USE'],
  })
  async remove(@Param('name') name: string, @Asking() caller: Caller): Promise<void> {
    orRefuse(await this.useCases.removeCluster(orRefuse(toClusterName(name)), caller));
  }

  @Post(':name/probe')
  @HttpCode(200)
  @Documented({
    id: 'probeCluster',
    summary: 'Probe a cluster',
    description: 'Reads what releasing needs, and says all that stands in the way.',
    parameters,
    answer: 'Probe',
    refusals: ['UNKNOWN_CLUSTER'],
  })
  async probe(@Param('name') name: string, @Asking() caller: Caller): Promise<ProbeView> {
    return toProbeView(
      orRefuse(await this.useCases.probeCluster(orRefuse(toClusterName(name)), caller)),
    );
  }

  private async store(cluster: NewCluster, caller: Caller): Promise<ClusterView> {
    const record = orRefuse(await this.useCases.putCluster(cluster, caller));
    const now = await this.useCases.getCluster(record.name, caller);
    // A repeated request is answered as the first, also when the cluster is gone by now.
    const status = now.ok ? now.value : ({ record, state: 'notConnected' } as const);
    return taggedLive(status, toClusterView, recordOf);
  }
}

const recordOf = ({ record }: ClusterStatus): unknown => record;
