import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Caller, UseCases } from '@spillway/application';
import {
  namedPageQuery,
  toMemberName,
  toMemberView,
  toNewMember,
  toPageRequest,
  toPageView,
  type MemberView,
} from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import { Asking } from '../auth/asking.js';
import { sameName } from '../http/same-name.js';
import { tagged } from '../http/entity-tag.js';
import { Documented } from '../openapi/operation.js';
import { USE_CASES } from '../options.js';

const parameters = { name: 'Name of the member.' };

@ApiTags('access')
@Controller('api/v1/members')
export class MemberController {
  constructor(@Inject(USE_CASES) private readonly useCases: UseCases) {}

  @Get()
  @Documented({
    id: 'listMembers',
    summary: 'List members',
    description: 'In the order of their names.',
    query: namedPageQuery,
    answer: 'MemberPage',
  })
  async list(@Query() query: unknown, @Asking() caller: Caller) {
    const page = await this.useCases.listMembers(orRefuse(toPageRequest(query)), caller);
    return toPageView(orRefuse(page), toMemberView);
  }

  @Put(':name')
  @Documented({
    id: 'putMember',
    summary: 'Add or replace a member',
    description:
      'Everybody of whom the identity provider says these claims has these roles, from their next request on.',
    parameters,
    body: 'MemberDocument',
    answer: 'Member',
  })
  async put(
    @Param('name') name: string,
    @Body() body: unknown,
    @Asking() caller: Caller,
  ): Promise<MemberView> {
    const member = orRefuse(toNewMember(body));
    orRefuse(sameName(name, member.name));
    return tagged(orRefuse(await this.useCases.putMember(member, caller)), toMemberView);
  }

  @Get(':name')
  @Documented({
    id: 'getMember',
    summary: 'Get a member',
    description: 'Whom it means, and what they may do.',
    parameters,
    answer: 'Member',
    refusals: ['UNKNOWN_MEMBER'],
  })
  async get(@Param('name') name: string, @Asking() caller: Caller): Promise<MemberView> {
    const member = await this.useCases.getMember(orRefuse(toMemberName(name)), caller);
    return tagged(orRefuse(member), toMemberView);
  }

  @Delete(':name')
  @HttpCode(204)
  @Documented({
    id: 'removeMember',
    summary: 'Remove a member',
    description: 'Those whom it means lose these roles at once.',
    parameters,
    status: 204,
    refusals: ['UNKNOWN_MEMBER'],
  })
  async remove(@Param('name') name: string, @Asking() caller: Caller): Promise<void> {
    orRefuse(await this.useCases.removeMember(orRefuse(toMemberName(name)), caller));
  }
}
