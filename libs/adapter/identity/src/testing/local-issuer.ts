import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  exportJWK,
  generateKeyPair,
  SignJWT,
  type CryptoKey,
  type JWK,
  type JWTPayload,
} from 'jose';

interface SigningKey {
  readonly id: string;
  readonly algorithm: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

/** An identity provider on loopback: what it publishes can be changed, and how often it was asked is counted. */
export class LocalIssuer {
  readonly published: SigningKey[] = [];
  asked = 0;
  isDown = false;
  issuerSaid: string | undefined;
  private readonly server = createServer((request, response) => {
    if (this.isDown) return response.writeHead(503).end();
    response.setHeader('content-type', 'application/json');
    if (request.url === '/.well-known/openid-configuration') {
      const issuer = this.issuerSaid ?? this.url;
      return response.end(JSON.stringify({ issuer, jwks_uri: `${this.url}/keys` }));
    }
    this.asked += 1;
    return response.end(JSON.stringify({ keys: this.published.map(({ publicJwk }) => publicJwk) }));
  });
  url = '';

  static async start(): Promise<LocalIssuer> {
    const issuer = new LocalIssuer();
    await new Promise<void>((resolve) => issuer.server.listen(0, '127.0.0.1', resolve));
    issuer.url = `http://127.0.0.1:${(issuer.server.address() as AddressInfo).port}`;
    await issuer.addKey('key-1');
    return issuer;
  }

  async addKey(id: string, algorithm = 'RS256'): Promise<SigningKey> {
    const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
    const publicJwk = { ...(await exportJWK(publicKey)), kid: id, alg: algorithm, use: 'sig' };
    const key = { id, algorithm, privateKey, publicJwk };
    this.published.push(key);
    return key;
  }

  /** A token of Ada for `spillway`, good for a minute from `now`. */
  sign(now: number, claims: JWTPayload = {}, key = this.published[0]): Promise<string> {
    if (key === undefined) throw new Error('there is no key');
    const seconds = Math.floor(now / 1_000);
    const payload = {
      iss: this.url,
      aud: 'spillway',
      sub: 'user-1',
      email: 'ada@example.com',
      iat: seconds,
      exp: seconds + 60,
      ...claims,
    };
    return new SignJWT(payload)
      .setProtectedHeader({ alg: key.algorithm, kid: key.id })
      .sign(key.privateKey);
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }
}
