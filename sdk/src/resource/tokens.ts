import { bodyOf, done, keyOf, signalOf, type Api } from '../core/api.js';
import { given } from '../core/given.js';
import { listing, type Listing } from '../core/listing.js';
import type {
  CallOptions,
  CommandOptions,
  IssuedToken,
  NamedListOptions,
  Token,
  TokenDocument,
} from '../types.js';

export interface RotateTokenOptions extends CommandOptions {
  /** For so long the text before goes on being good, such as `24h`; default `1h`. */
  readonly overlap?: string | undefined;
}

/** Tokens of scripts and machines. */
export class Tokens {
  constructor(private readonly api: Api) {}

  /** Makes a token. Its text is told this once. */
  create(
    token: TokenDocument,
    { signal, idempotencyKey }: CommandOptions = {},
  ): Promise<IssuedToken> {
    const params = { ...keyOf({ idempotencyKey }) };
    return bodyOf(
      this.api.POST('/api/v1/tokens', { params, body: token, ...signalOf({ signal }) }),
    );
  }

  /** Gives it a new text. The one before stays good for the overlap. */
  rotate(
    name: string,
    { signal, idempotencyKey, ...body }: RotateTokenOptions = {},
  ): Promise<IssuedToken> {
    const params = { path: { name }, ...keyOf({ idempotencyKey }) };
    return bodyOf(
      this.api.POST('/api/v1/tokens/{name}/rotate', {
        params,
        body: given(body),
        ...signalOf({ signal }),
      }),
    );
  }

  get(name: string, options: CallOptions = {}): Promise<Token> {
    const params = { path: { name } };
    return bodyOf(this.api.GET('/api/v1/tokens/{name}', { params, ...signalOf(options) }));
  }

  list(options: NamedListOptions = {}): Listing<Token> {
    return listing(options, ({ signal, ...query }) =>
      bodyOf(
        this.api.GET('/api/v1/tokens', {
          params: { query: given(query) },
          ...signalOf({ signal }),
        }),
      ),
    );
  }

  /** From then on nobody is let in with it. */
  revoke(name: string, options: CallOptions = {}): Promise<void> {
    const params = { path: { name } };
    return done(this.api.DELETE('/api/v1/tokens/{name}', { params, ...signalOf(options) }));
  }
}
