import { bodyOf, done, signalOf, type Api } from '../core/api.js';
import { given } from '../core/given.js';
import { listing, type Listing } from '../core/listing.js';
import type { CallOptions, NamedListOptions, Member, MemberDocument } from '../types.js';

/** Those of whom an identity provider says the same, and what they may do. */
export class Members {
  constructor(private readonly api: Api) {}

  /** Adds the member, or replaces the one of that name. */
  put(member: MemberDocument, options: CallOptions = {}): Promise<Member> {
    const params = { path: { name: member.name } };
    return bodyOf(
      this.api.PUT('/api/v1/members/{name}', { params, body: member, ...signalOf(options) }),
    );
  }

  get(name: string, options: CallOptions = {}): Promise<Member> {
    const params = { path: { name } };
    return bodyOf(this.api.GET('/api/v1/members/{name}', { params, ...signalOf(options) }));
  }

  list(options: NamedListOptions = {}): Listing<Member> {
    return listing(options, ({ signal, ...query }) =>
      bodyOf(
        this.api.GET('/api/v1/members', {
          params: { query: given(query) },
          ...signalOf({ signal }),
        }),
      ),
    );
  }

  remove(name: string, options: CallOptions = {}): Promise<void> {
    const params = { path: { name } };
    return done(this.api.DELETE('/api/v1/members/{name}', { params, ...signalOf(options) }));
  }
}
