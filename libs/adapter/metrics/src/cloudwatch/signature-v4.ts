import { createHash, createHmac, type BinaryLike } from 'node:crypto';
import type { Instant } from '@spillway/kernel';

/** A request without a query string. */
export interface UnsignedRequest {
  readonly method: string;
  /** Percent-encoded, as it is sent. */
  readonly path: string;
  /** Names in small letters; all of them are signed. With `host`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface SigningKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
  readonly service: string;
}

/**
 * The headers of a request with those that AWS Signature Version 4 adds.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function sign(
  request: UnsignedRequest,
  { accessKeyId, secretAccessKey, region, service }: SigningKey,
  at: Instant,
): Readonly<Record<string, string>> {
  const moment = new Date(at).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const day = moment.slice(0, 8);
  const scope = `${day}/${region}/${service}/aws4_request`;
  const headers = { ...request.headers, 'x-amz-date': moment };
  const toSign = ['AWS4-HMAC-SHA256', moment, scope, sha256(canonical({ ...request, headers }))];
  const key = [day, region, service, 'aws4_request'].reduce<BinaryLike>(
    hmac,
    `AWS4${secretAccessKey}`,
  );
  const signature = hmac(key, toSign.join('\n')).toString('hex');
  const authorization =
    `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, ` +
    `SignedHeaders=${namesOf(headers).join(';')}, Signature=${signature}`;
  return { ...headers, authorization };
}

/** The one way to write a request down that both sides hash. */
function canonical({ method, path, headers, body }: UnsignedRequest): string {
  const names = namesOf(headers);
  const lines = names.map((name) => `${name}:${tidy(headers[name] ?? '')}\n`).join('');
  // What is encoded in the path is encoded once more, except for S3.
  const encodedPath = path.split('/').map(encodeURIComponent).join('/');
  return [method, encodedPath, '', lines, names.join(';'), sha256(body)].join('\n');
}

const namesOf = (headers: Readonly<Record<string, string>>): readonly string[] =>
  Object.keys(headers).toSorted();

const tidy = (value: string): string => value.trim().replaceAll(/ +/g, ' ');

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const hmac = (key: BinaryLike, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest();
