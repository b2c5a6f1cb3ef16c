import { bodyOf, done, signalOf, type Api } from '../core/api.js';
import { given } from '../core/given.js';
import { listing, type Listing } from '../core/listing.js';
import type {
  CallOptions,
  NamedListOptions,
  Rule,
  RuleDocument,
  RuleTest,
  RuleTestDocument,
} from '../types.js';

/** What makes a release of a delivery. */
export class Rules {
  constructor(private readonly api: Api) {}

  /** Adds the rule, or replaces the one of that name. Releases are started on behalf of who puts it. */
  put(rule: RuleDocument, options: CallOptions = {}): Promise<Rule> {
    const params = { path: { name: rule.name } };
    return bodyOf(
      this.api.PUT('/api/v1/rules/{name}', { params, body: rule, ...signalOf(options) }),
    );
  }

  get(name: string, options: CallOptions = {}): Promise<Rule> {
    const params = { path: { name } };
    return bodyOf(this.api.GET('/api/v1/rules/{name}', { params, ...signalOf(options) }));
  }

  list(options: NamedListOptions = {}): Listing<Rule> {
    return listing(options, ({ signal, ...query }) =>
      bodyOf(
        this.api.GET('/api/v1/rules', { params: { query: given(query) }, ...signalOf({ signal }) }),
      ),
    );
  }

  /** What would come of a delivery that came, or of a payload. Starts and keeps nothing. */
  test(test: RuleTestDocument, options: CallOptions = {}): Promise<RuleTest> {
    return bodyOf(this.api.POST('/api/v1/rules/test', { body: test, ...signalOf(options) }));
  }

  /** Releases that it started go on. */
  remove(name: string, options: CallOptions = {}): Promise<void> {
    const params = { path: { name } };
    return done(this.api.DELETE('/api/v1/rules/{name}', { params, ...signalOf(options) }));
  }
}
