import { bodyOf, keyOf, signalOf, type Api } from '../core/api.js';
import { given } from '../core/given.js';
import { listing, type Listing } from '../core/listing.js';
import type {
  CallOptions,
  CommandOptions,
  EgressPolicy,
  EgressPolicyDocument,
  EgressReport,
  NamedListOptions,
} from '../types.js';

export interface EgressReportOptions extends CallOptions {
  /** How far back to look, such as `6h`; default `24h`. */
  readonly window?: string | undefined;
}

export interface EgressEnforceOptions extends CommandOptions {
  /** How far back to look for traffic that would be blocked; default `24h`. */
  readonly window?: string | undefined;
  /** Why it may be enforced though traffic would be blocked, or nobody knows. */
  readonly acceptBlocked?: string | undefined;
}

export interface EgressRollbackOptions extends CommandOptions {
  /** Why, in your words. */
  readonly comment?: string | undefined;
}

/** What the workloads of namespaces may reach outside the mesh. */
export class EgressPolicies {
  constructor(private readonly api: Api) {}

  /** Adds the policy, or replaces the one of that namespace. */
  put(policy: EgressPolicyDocument, options: CallOptions = {}): Promise<EgressPolicy> {
    const call = this.api.PUT('/api/v1/egress-policies/{namespace}', {
      params: { path: { namespace: policy.name } },
      body: policy,
      ...signalOf(options),
    });
    return bodyOf(call);
  }

  /** With what each cluster holds at this moment. */
  get(namespace: string, options: CallOptions = {}): Promise<EgressPolicy> {
    const params = { path: { namespace } };
    const call = this.api.GET('/api/v1/egress-policies/{namespace}', {
      params,
      ...signalOf(options),
    });
    return bodyOf(call);
  }

  /** What enforcing it would block. */
  report(namespace: string, { signal, ...query }: EgressReportOptions = {}): Promise<EgressReport> {
    const params = { path: { namespace }, query: given(query) };
    const call = this.api.GET('/api/v1/egress-policies/{namespace}/report', {
      params,
      ...signalOf({ signal }),
    });
    return bodyOf(call);
  }

  /** Closes the namespace; refused while traffic is seen that would be blocked, unless that is accepted. */
  enforce(
    namespace: string,
    { signal, idempotencyKey, ...body }: EgressEnforceOptions = {},
  ): Promise<EgressPolicy> {
    const call = this.api.POST('/api/v1/egress-policies/{namespace}/enforce', {
      params: { path: { namespace }, ...keyOf({ idempotencyKey }) },
      body: given(body),
      ...signalOf({ signal }),
    });
    return bodyOf(call);
  }

  /** Opens the namespace again, in all clusters at once. */
  rollback(
    namespace: string,
    { signal, idempotencyKey, ...body }: EgressRollbackOptions = {},
  ): Promise<EgressPolicy> {
    const call = this.api.POST('/api/v1/egress-policies/{namespace}/rollback', {
      params: { path: { namespace }, ...keyOf({ idempotencyKey }) },
      body: given(body),
      ...signalOf({ signal }),
    });
    return bodyOf(call);
  }

  list(options: NamedListOptions = {}): Listing<EgressPolicy> {
    return listing(options, ({ signal, ...query }) =>
      bodyOf(
        this.api.GET('/api/v1/egress-policies', {
          params: { query: given(query) },
          ...signalOf({ signal }),
        }),
      ),
    );
  }

  /** The same as iterating `list`. */
  all(options: NamedListOptions = {}): AsyncIterable<EgressPolicy> {
    return this.list(options);
  }
}
