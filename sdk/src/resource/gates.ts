import { bodyOf, signalOf, type Api } from '../core/api.js';
import { servicePath } from '../core/service-path.js';
import type { ApprovalWaiting, CallOptions, Gate, GateDocument } from '../types.js';

/** Gates that are opened by hand, and approvals that are waited for. */
export class Gates {
  constructor(private readonly api: Api) {}

  /** Opens or closes a gate of a service, for this release of it and those after it. */
  async put(
    service: string,
    gate: string,
    to: GateDocument,
    options: CallOptions = {},
  ): Promise<Gate> {
    const params = { path: { ...servicePath(service), gate } };
    return bodyOf(
      this.api.PUT('/api/v1/services/{namespace}/{name}/gates/{gate}', {
        params,
        body: to,
        ...signalOf(options),
      }),
    );
  }

  /** Those that somebody opened or closed; others are as the strategy says. */
  async list(service: string, options: CallOptions = {}): Promise<Gate[]> {
    const params = { path: servicePath(service) };
    const { items } = await bodyOf(
      this.api.GET('/api/v1/services/{namespace}/{name}/gates', { params, ...signalOf(options) }),
    );
    return items;
  }

  /** Gates at which releases wait now for an approval of this token’s owner; the oldest release first. */
  async waiting(options: CallOptions = {}): Promise<ApprovalWaiting[]> {
    const { items } = await bodyOf(this.api.GET('/api/v1/approvals', signalOf(options)));
    return items;
  }
}
