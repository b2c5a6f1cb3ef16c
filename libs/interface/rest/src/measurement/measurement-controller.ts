import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Caller, UseCases } from '@spillway/application';
import { toPushMeasurements, type PushedView } from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import { Asking } from '../auth/asking.js';
import { Documented } from '../openapi/operation.js';
import { USE_CASES } from '../options.js';

@ApiTags('measurements')
@Controller('api/v1/measurements')
export class MeasurementController {
  constructor(@Inject(USE_CASES) private readonly useCases: UseCases) {}

  @Post()
  @HttpCode(200)
  @Documented({
    id: 'pushMeasurements',
    summary: 'Push measurements',
    description:
      'One, or up to 1000. All are taken or, when one is wrong, none; the refusal names every wrong field. They are kept for a day.',
    body: 'MeasurementsDocument',
    repeatable: true,
    answer: 'PushedMeasurements',
    refusals: ['UNKNOWN_CLUSTER', 'UNKNOWN_SERVICE', 'INVALID_MEASUREMENT'],
  })
  async push(@Body() body: unknown, @Asking() caller: Caller): Promise<PushedView> {
    const command = orRefuse(toPushMeasurements(body));
    return { accepted: orRefuse(await this.useCases.pushMeasurements(command, caller)) };
  }
}
