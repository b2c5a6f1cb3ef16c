import { Body, Controller, Get, Inject, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Caller, UseCases } from '@spillway/application';
import { toGateView, toServiceName, toSetGate, type GateView } from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import { Asking } from '../auth/asking.js';
import { tagged } from '../http/entity-tag.js';
import { Documented } from '../openapi/operation.js';
import { USE_CASES } from '../options.js';

const parameters = { namespace: 'Namespace of the service.', name: 'Its name in the namespace.' };

@ApiTags('gates')
@Controller('api/v1/services/:namespace/:name/gates')
export class GateController {
  constructor(@Inject(USE_CASES) private readonly useCases: UseCases) {}

  @Get()
  @Documented({
    id: 'listGates',
    summary: 'List the gates of a service',
    description:
      'Those that somebody opened or closed, in the order of their names. A gate that nobody touched is as the strategy says.',
    parameters,
    answer: 'GatePage',
    refusals: ['UNKNOWN_SERVICE'],
  })
  async list(
    @Param('namespace') namespace: string,
    @Param('name') name: string,
    @Asking() caller: Caller,
  ): Promise<{ items: GateView[] }> {
    const service = orRefuse(toServiceName(`${namespace}/${name}`));
    const gates = orRefuse(await this.useCases.listGates(service, caller));
    return { items: gates.map(toGateView) };
  }

  @Put(':gate')
  @Documented({
    id: 'setGate',
    summary: 'Open or close a gate of a service',
    description:
      'Strategies name the gate. It stays as you put it, for this release of the service and those after it.',
    parameters: { ...parameters, gate: 'Name of the gate.' },
    body: 'GateDocument',
    answer: 'Gate',
    refusals: ['UNKNOWN_SERVICE', 'UNKNOWN_GATE', 'FORBIDDEN'],
  })
  async put(
    @Param() { namespace, name, gate }: Readonly<Record<'namespace' | 'name' | 'gate', string>>,
    @Body() body: unknown,
    @Asking() caller: Caller,
  ): Promise<GateView> {
    const service = orRefuse(toServiceName(`${namespace}/${name}`));
    const wanted = orRefuse(toSetGate(service, gate, body));
    return tagged(orRefuse(await this.useCases.setGate(wanted, caller)), toGateView);
  }
}
