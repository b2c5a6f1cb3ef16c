import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Caller, UseCases } from '@spillway/application';
import {
  roleViews,
  toIdentityView,
  type IdentityView,
  type RoleView,
} from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import { Asking } from '../auth/asking.js';
import { Documented } from '../openapi/operation.js';
import { USE_CASES } from '../options.js';

@ApiTags('access')
@Controller('api/v1')
export class IdentityController {
  constructor(@Inject(USE_CASES) private readonly useCases: UseCases) {}

  @Get('me')
  @Documented({
    id: 'whoAmI',
    summary: 'Who am I',
    description: 'The name under which all that you do is noted, and your roles.',
    answer: 'Identity',
  })
  async me(@Asking() caller: Caller): Promise<IdentityView> {
    return toIdentityView(orRefuse(await this.useCases.whoAmI(caller)));
  }

  @Get('roles')
  @Documented({
    id: 'listRoles',
    summary: 'List roles',
    description: 'The authorization matrix: each role with the operations that it may do.',
    answer: 'Roles',
  })
  roles(): { items: RoleView[] } {
    return { items: roleViews() };
  }
}
