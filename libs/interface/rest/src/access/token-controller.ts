import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Query,
  Res,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Caller, UseCases } from '@spillway/application';
import {
  namedPageQuery,
  toIssuedTokenView,
  toNewToken,
  toPageRequest,
  toPageView,
  toRotateToken,
  toTokenName,
  toTokenView,
  type IssuedTokenView,
  type TokenView,
} from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import type { FastifyReply } from 'fastify';
import { Asking } from '../auth/asking.js';
import { taggedLive } from '../http/entity-tag.js';
import { Documented } from '../openapi/operation.js';
import { USE_CASES } from '../options.js';

const parameters = { name: 'Name of the token.' };

@ApiTags('access')
@Controller('api/v1/tokens')
export class TokenController {
  constructor(@Inject(USE_CASES) private readonly useCases: UseCases) {}

  @Get()
  @Documented({
    id: 'listTokens',
    summary: 'List tokens',
    description: 'In the order of their names, without their texts.',
    query: namedPageQuery,
    answer: 'TokenPage',
  })
  async list(@Query() query: unknown, @Asking() caller: Caller) {
    const page = await this.useCases.listTokens(orRefuse(toPageRequest(query)), caller);
    return toPageView(orRefuse(page), toTokenView);
  }

  @Post()
  @Documented({
    id: 'createToken',
    summary: 'Make a token',
    description:
      'Its text is told this once, and again to who repeats the request with the same Idempotency-Key. Stored is only what it is recognised by.',
    body: 'TokenDocument',
    repeatable: true,
    status: 201,
    answer: 'IssuedToken',
    answerHeaders: { Location: 'Address of the token.' },
    refusals: ['NAME_TAKEN'],
  })
  async create(
    @Body() body: unknown,
    @Asking() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<IssuedTokenView> {
    const issued = orRefuse(await this.useCases.createToken(orRefuse(toNewToken(body)), caller));
    reply.header('location', `/api/v1/tokens/${issued.token.name}`);
    return taggedLive(issued, toIssuedTokenView, ({ token }) => token);
  }

  @Get(':name')
  @Documented({
    id: 'getToken',
    summary: 'Get a token',
    description: 'What it may do, until when, and when it was last used.',
    parameters,
    answer: 'Token',
    refusals: ['UNKNOWN_TOKEN'],
  })
  async get(@Param('name') name: string, @Asking() caller: Caller): Promise<TokenView> {
    const token = await this.useCases.getToken(orRefuse(toTokenName(name)), caller);
    return taggedLive(orRefuse(token), toTokenView, (record) => record);
  }

  @Post(':name/rotate')
  @HttpCode(200)
  @Documented({
    id: 'rotateToken',
    summary: 'Give a token a new text',
    description:
      'The text before goes on being good for the overlap, so that scripts can be changed.',
    parameters,
    body: 'TokenRotationDocument',
    bodyMayBeAbsent: true,
    repeatable: true,
    answer: 'IssuedToken',
    refusals: ['UNKNOWN_TOKEN'],
  })
  async rotate(
    @Param('name') name: string,
    @Body() body: unknown,
    @Asking() caller: Caller,
  ): Promise<IssuedTokenView> {
    const command = orRefuse(toRotateToken(orRefuse(toTokenName(name)), body));
    const issued = orRefuse(await this.useCases.rotateToken(command, caller));
    return taggedLive(issued, toIssuedTokenView, ({ token }) => token);
  }

  @Delete(':name')
  @HttpCode(204)
  @Documented({
    id: 'revokeToken',
    summary: 'Revoke a token',
    description: 'From then on no process lets anybody in with it.',
    parameters,
    status: 204,
    refusals: ['UNKNOWN_TOKEN'],
  })
  async revoke(@Param('name') name: string, @Asking() caller: Caller): Promise<void> {
    orRefuse(await this.useCases.revokeToken(orRefuse(toTokenName(name)), caller));
  }
}
