import { Controller, HttpCode, Inject, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Caller, UseCases } from '@spillway/application';
import type { GateState } from '@spillway/domain-release';
import { InvariantBroken } from '@spillway/kernel';
import { orRefuse } from '@spillway/interface-problem';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Unauthenticated } from '../auth/unauthenticated.js';
import { identityOf } from '../auth/identity.js';
import { USE_CASES } from '../options.js';
import { GateGuard } from './gate-guard.js';
import { readPayload } from './gate-payload.js';

/** The gates that addresses mean where the payload names none. */
const usual = { gate: 'gate', rollback: 'rollback' } as const;
type Kind = keyof typeof usual;

/**
 * The gate protocol of Flagger's load tester, so that its tools work as they are. It is another
 * door to `setGate` and `listGates`: what it opens is a gate of the service, kept and audited.
 * Not a part of the OpenAPI document: the protocol is not ours to describe or to change.
 */
@ApiExcludeController()
// It has a guard of its own, which takes the token from Basic credentials too.
@Unauthenticated()
@UseGuards(GateGuard)
@Controller()
export class GateProtocolController {
  constructor(@Inject(USE_CASES) private readonly useCases: UseCases) {}

  @Post('gate/approve')
  @HttpCode(200)
  approve(): string {
    return 'OK';
  }

  @Post('gate/halt')
  @HttpCode(403)
  halt(): string {
    return 'Forbidden';
  }

  @Post('gate/check')
  check(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.ask('gate', request, reply);
  }

  @Post('gate/open')
  @HttpCode(202)
  open(@Req() request: FastifyRequest): Promise<string> {
    return this.tell('gate', 'open', request);
  }

  @Post('gate/close')
  @HttpCode(202)
  close(@Req() request: FastifyRequest): Promise<string> {
    return this.tell('gate', 'closed', request);
  }

  @Post('rollback/check')
  checkRollback(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.ask('rollback', request, reply);
  }

  @Post('rollback/open')
  @HttpCode(202)
  openRollback(@Req() request: FastifyRequest): Promise<string> {
    return this.tell('rollback', 'open', request);
  }

  @Post('rollback/close')
  @HttpCode(202)
  closeRollback(@Req() request: FastifyRequest): Promise<string> {
    return this.tell('rollback', 'closed', request);
  }

  /** Closed where nobody opened it, and where there is no such service for the caller. */
  private async ask(kind: Kind, request: FastifyRequest, reply: FastifyReply): Promise<string> {
    const { service, gate = usual[kind] } = orRefuse(readPayload(request.body));
    const known = await this.useCases.listGates(service, callerOf(request));
    const isMissing = !known.ok && known.error.code === 'UNKNOWN_SERVICE';
    const gates = isMissing ? [] : orRefuse(known);
    const isOpen = gates.some((one) => one.gate === gate && one.state === 'open');
    reply.code(isOpen ? 200 : 403);
    return isOpen ? 'Approved' : 'Forbidden';
  }

  private async tell(kind: Kind, state: GateState, request: FastifyRequest): Promise<string> {
    const { service, gate = usual[kind] } = orRefuse(readPayload(request.body));
    const wanted = { service, gate, state, comment: '' };
    orRefuse(await this.useCases.setGate(wanted, callerOf(request)));
    return 'Accepted';
  }
}

function callerOf(request: FastifyRequest): Caller {
  const identity = identityOf(request);
  if (identity === undefined) throw new InvariantBroken('the guard lets nobody in without a token');
  return { ...identity, origin: { via: 'gate', requestId: request.id, address: request.ip } };
}
