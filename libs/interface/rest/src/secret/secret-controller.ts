import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Caller, UseCases } from '@spillway/application';
import {
  namedPageQuery,
  toPageRequest,
  toPageView,
  toPutSecret,
  toSecretName,
  toSecretView,
  type SecretView,
} from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import { Asking } from '../auth/asking.js';
import { tagged } from '../http/entity-tag.js';
import { Documented } from '../openapi/operation.js';
import { USE_CASES } from '../options.js';

const parameters = { name: 'Name of the secret.' };

/** There is no route that gives a secret's text. */
@ApiTags('sources')
@Controller('api/v1/secrets')
export class SecretController {
  constructor(@Inject(USE_CASES) private readonly useCases: UseCases) {}

  @Get()
  @Documented({
    id: 'listSecrets',
    summary: 'List secrets',
    description: 'Names and moments, in the order of the names; never their texts.',
    query: namedPageQuery,
    answer: 'SecretPage',
  })
  async list(
    @Query() query: unknown,
    @Asking() caller: Caller,
  ): Promise<{ items: SecretView[]; next?: string }> {
    const page = await this.useCases.listSecrets(orRefuse(toPageRequest(query)), caller);
    return toPageView(orRefuse(page), toSecretView);
  }

  @Put(':name')
  @Documented({
    id: 'putSecret',
    summary: 'Add or replace a secret',
    description:
      'Stores the text encrypted. Whoever refers to it reads the new one from the next time on.',
    parameters,
    body: 'SecretDocument',
    answer: 'Secret',
  })
  async put(
    @Param('name') name: string,
    @Body() body: unknown,
    @Asking() caller: Caller,
  ): Promise<SecretView> {
    const secret = orRefuse(toPutSecret(name, body));
    const put = orRefuse(await this.useCases.putSecret(secret.name, secret.text, caller));
    return tagged(put, toSecretView);
  }

  @Delete(':name')
  @HttpCode(204)
  @Documented({
    id: 'removeSecret',
    summary: 'Remove a secret',
    description: 'Refused while a source refers to it.',
    parameters,
    status: 204,
    refusals: ['UNKNOWN_SECRET', 'SECRET_IN_USE'],
  })
  async remove(@Param('name') name: string, @Asking() caller: Caller): Promise<void> {
    orRefuse(await this.useCases.removeSecret(orRefuse(toSecretName(name)), caller));
  }
}
