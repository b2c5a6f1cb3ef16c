import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Caller, UseCases } from '@spillway/application';
import {
  roleViews,
  toIdentityView,
  type IdentityView,
  type LoginProviderView,
  type RoleView,
} from '@spillway/interface-contract';
import { orRefuse } from '@spillway/interface-problem';
import { Asking } from '../auth/asking.js';
import { Unauthenticated } from '../auth/unauthenticated.js';
import { Documented } from '../openapi/operation.js';
import { REST_OPTIONS, USE_CASES, type RestOptions } from '../options.js';

@ApiTags('access')
@Controller('api/v1')
export class IdentityController {
  constructor(
    @Inject(USE_CASES) private readonly useCases: UseCases,
    @Inject(REST_OPTIONS) private readonly options: Pick<RestOptions, 'loginProviders'>,
  ) {}

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

  /** Asked before anybody can have a token. */
  @Get('login')
  @Unauthenticated()
  @Documented({
    id: 'listLoginProviders',
    summary: 'Where to log in',
    description: 'The identity providers at which people can log in. Needs no token.',
    answer: 'LoginProviders',
    open: true,
  })
  login(): { items: LoginProviderView[] } {
    return { items: [...(this.options.loginProviders ?? [])] };
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
