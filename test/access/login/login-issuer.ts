import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';

/** Who asks for a token must be who asked for the code. */
interface Asked {
  readonly challenge: string;
  readonly redirect: string;
  readonly nonce: string;
}

/** An identity provider on loopback at which Ada is always logged in: authorization code with PKCE. */
export class LoginIssuer {
  /** What it says of Ada besides her address. */
  groups: readonly string[] = ['sre'];
  /** Plays somebody who answers in the browser's place. */
  stateSaid: string | undefined;
  url = '';
  private readonly asked = new Map<string, Asked>();
  private readonly server = createServer((request, response) => {
    void this.serve(request, response);
  });

  private constructor(
    private readonly key: CryptoKey,
    private readonly jwk: JWK,
  ) {}

  static async start(): Promise<LoginIssuer> {
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
    const jwk = { ...(await exportJWK(publicKey)), kid: 'key-1', alg: 'RS256', use: 'sig' };
    const issuer = new LoginIssuer(privateKey, jwk);
    await new Promise<void>((resolve) => issuer.server.listen(0, '127.0.0.1', resolve));
    issuer.url = `http://127.0.0.1:${(issuer.server.address() as AddressInfo).port}`;
    return issuer;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(String(request.url), this.url);
    const json = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (pathname === '/.well-known/openid-configuration') return json(200, this.metadata());
    if (pathname === '/keys') return json(200, { keys: [this.jwk] });
    if (pathname === '/authorize') return this.authorize(searchParams, response);
    const form = new URLSearchParams(await text(request));
    const asked = this.asked.get(form.get('code') ?? '');
    const proof = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    this.asked.delete(form.get('code') ?? '');
    if (proof !== asked?.challenge || form.get('redirect_uri') !== asked.redirect) {
      return json(400, { error: 'invalid_grant' });
    }
    return json(200, {
      access_token: 'opaque',
      token_type: 'bearer',
      id_token: await this.sign(asked),
    });
  }

  /** A code is good once, for who can prove that he asked for it (RFC 7636, section 4.6). */
  private redeem(form: URLSearchParams): Asked | undefined {
    const code = form.get('code') ?? '';
    const asked = this.asked.get(code);
    this.asked.delete(code);
    const proof = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    return proof === asked?.challenge && form.get('redirect_uri') === asked.redirect
      ? asked
      : undefined;
  }

  private authorize(query: URLSearchParams, response: ServerResponse): void {
    const code = randomUUID();
    const of = (name: string): string => query.get(name) ?? '';
    const redirect = of('redirect_uri');
    this.asked.set(code, { challenge: of('code_challenge'), redirect, nonce: of('nonce') });
    const answer = new URL(redirect);
    answer.searchParams.set('code', code);
    answer.searchParams.set('state', this.stateSaid ?? of('state'));
    response.writeHead(302, { location: answer.href }).end();
  }

  private sign({ nonce }: Asked): Promise<string> {
    return new SignJWT({ email: 'ada@example.com', groups: this.groups, nonce })
      .setProtectedHeader({ alg: 'RS256', kid: 'key-1' })
      .setIssuer(this.url)
      .setAudience('spillway-cli')
      .setSubject('ada')
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(this.key);
  }

  private metadata() {
    return {
      issuer: this.url,
      authorization_endpoint: `${this.url}/authorize`,
      token_endpoint: `${this.url}/token`,
      jwks_uri: `${this.url}/keys`,
      response_types_supported: ['code'],
      code_challenge_methods_supported: ['S256'],
      id_token_signing_alg_values_supported: ['RS256'],
      subject_types_supported: ['public'],
    };
  }
}
