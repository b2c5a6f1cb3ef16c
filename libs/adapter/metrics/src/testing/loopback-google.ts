import { generateKeyPairSync, verify } from 'node:crypto';
import type { SeenRequest, VendorReply } from './loopback-vendor.js';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const email = 'spillway@shop.iam.gserviceaccount.com';

/** The JSON key of a service account whose tokens come from this address. */
export const googleKeyFile = (url: string): string =>
  JSON.stringify({
    type: 'service_account',
    project_id: 'shop',
    private_key_id: 'key-7',
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    client_email: email,
    client_id: '1234567890',
    token_uri: `${url}/token`,
  });

/** What Google's token service makes of a request at `now`: it looks at everything. */
export function grantGoogleToken(request: SeenRequest, now: number, token: string): VendorReply {
  const wrong = whatIsWrong(request, now);
  if (wrong === undefined) {
    return { body: { access_token: token, expires_in: 3_599, token_type: 'Bearer' } };
  }
  return { status: 400, body: { error: 'invalid_grant', error_description: wrong } };
}

function whatIsWrong({ method, headers, body }: SeenRequest, now: number): string | undefined {
  const form = new URLSearchParams(body);
  const [head = '', claims = '', signature = ''] = (form.get('assertion') ?? '').split('.');
  const given: Readonly<Record<string, unknown>> = {
    method,
    type: headers['content-type'],
    grant: form.get('grant_type'),
    ...decode(head),
    ...decode(claims),
  };
  const seconds = Math.floor(now / 1_000);
  const wanted: Readonly<Record<string, unknown>> = {
    method: 'POST',
    type: 'application/x-www-form-urlencoded',
    grant: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    alg: 'RS256',
    typ: 'JWT',
    kid: 'key-7',
    iss: email,
    scope: 'https://www.googleapis.com/auth/monitoring.read',
    aud: `http://${headers.host ?? ''}/token`,
    iat: seconds,
    exp: seconds + 3_600,
  };
  const wrong = Object.keys({ ...given, ...wanted }).filter((name) => given[name] !== wanted[name]);
  if (wrong.length > 0) return `Invalid ${wrong.join(', ')}.`;
  const statement = Buffer.from(`${head}.${claims}`);
  const genuine = verify('sha256', statement, publicKey, Buffer.from(signature, 'base64url'));
  return genuine ? undefined : 'Invalid JWT Signature.';
}

function decode(part: string): object {
  const json: unknown = JSON.parse(Buffer.from(part, 'base64url').toString() || '{}');
  return typeof json === 'object' && json !== null ? json : {};
}
