import { bodyOf, signalOf, type Api } from '../core/api.js';
import { errorIn } from '../core/errors.js';
import type { CallOptions, Health, Identity, LoginProvider, Role } from '../types.js';

/** The server itself, and who it takes you for. Its health needs no token. */
export class Server {
  constructor(private readonly api: Api) {}

  /** Rejects when the process that answers does not run as it should. */
  live(options: CallOptions = {}): Promise<Health> {
    return bodyOf(this.api.GET('/health/live', signalOf(options)));
  }

  /** The name under which all that you do is noted, and your roles. */
  whoAmI(options: CallOptions = {}): Promise<Identity> {
    return bodyOf(this.api.GET('/api/v1/me', signalOf(options)));
  }

  /** The identity providers at which people can log in. Needs no token. */
  async loginProviders(options: CallOptions = {}): Promise<LoginProvider[]> {
    const { items } = await bodyOf(this.api.GET('/api/v1/login', signalOf(options)));
    return items;
  }

  /** Each role, with the operations that it may do. */
  async roles(options: CallOptions = {}): Promise<Role[]> {
    const { items } = await bodyOf(this.api.GET('/api/v1/roles', signalOf(options)));
    return items;
  }

  /** What it needs to serve, and whether that is there; also when it is not. */
  async ready(options: CallOptions = {}): Promise<Health> {
    const call: { data?: Health; error?: unknown; response: Response } = await this.api.GET(
      '/health/ready',
      signalOf(options),
    );
    const health = call.data ?? call.error;
    if (isHealth(health)) return health;
    throw errorIn(call.response, health);
  }
}

const isHealth = (body: unknown): body is Health =>
  typeof body === 'object' && body !== null && 'ok' in body && 'checks' in body;
