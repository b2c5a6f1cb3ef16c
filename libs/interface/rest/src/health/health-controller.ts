import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { HealthView } from '@spillway/interface-contract';
import type { FastifyReply } from 'fastify';
import { Unauthenticated } from '../auth/unauthenticated.js';
import { Documented } from '../openapi/operation.js';
import { REST_OPTIONS, type RestOptions } from '../options.js';

@ApiTags('health')
@Unauthenticated()
@Controller('health')
export class HealthController {
  constructor(@Inject(REST_OPTIONS) private readonly options: Pick<RestOptions, 'readiness'>) {}

  @Get('live')
  @Documented({
    id: 'live',
    summary: 'Whether the process runs',
    description: 'Answers as long as the process can answer at all. Restart it when this fails.',
    answer: 'Health',
    open: true,
  })
  live(): HealthView {
    return { ok: true, checks: [] };
  }

  @Get('ready')
  @Documented({
    id: 'ready',
    summary: 'Whether the process can serve',
    description: '503 while something that it needs is missing. Send it no requests meanwhile.',
    answer: 'Health',
    alsoAnswers: { 503: 'Not ready; the checks say why.' },
    open: true,
  })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthView> {
    const health = await this.options.readiness();
    reply.code(health.ok ? 200 : 503);
    return health;
  }
}
