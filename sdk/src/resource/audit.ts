import { bodyOf, signalOf, type Api } from '../core/api.js';
import { given } from '../core/given.js';
import { listing, type Listing } from '../core/listing.js';
import type { AuditProof, AuditRecord, CallOptions, ListOptions } from '../types.js';

export interface ListAuditOptions extends ListOptions {
  readonly actor?: string | undefined;
  /** Such as `putService`. */
  readonly operation?: string | undefined;
  /** Such as `service shop/catalog`. */
  readonly subject?: string | undefined;
}

/** Who changed what. */
export class Audit {
  constructor(private readonly api: Api) {}

  /** Newest first. */
  list(options: ListAuditOptions = {}): Listing<AuditRecord> {
    return listing(options, ({ signal, ...query }) =>
      bodyOf(
        this.api.GET('/api/v1/audit', { params: { query: given(query) }, ...signalOf({ signal }) }),
      ),
    );
  }

  /** Whether every record follows from those before it. */
  verify(options: CallOptions = {}): Promise<AuditProof> {
    return bodyOf(this.api.GET('/api/v1/audit/verify', signalOf(options)));
  }
}
