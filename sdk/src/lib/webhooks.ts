/** What a webhook that is as it was sent says. */
export interface VerifiedWebhook<Payload> {
  /** The same for a repeated delivery: remember it to act once. */
  readonly id: string;
  /** When it was sent. */
  readonly sentAt: Date;
  readonly payload: Payload;
}

export interface VerifyWebhookOptions {
  /** `whsec_…`, as the endpoint has it; several while a secret is being replaced. */
  readonly secrets: string | readonly string[];
  /** How old or how far ahead it may be; default 5 minutes. */
  readonly toleranceSeconds?: number | undefined;
  /** Instead of the clock, for tests. */
  readonly now?: Date | undefined;
}

export interface ReceivedWebhook {
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The bytes as they came, before anything parsed them. */
  readonly body: string | Uint8Array;
}

export type WebhookFault =
  'missingHeader' | 'badTimestamp' | 'tooOld' | 'tooNew' | 'wrongSignature' | 'badPayload';

/** Do not act on it. Answer with 400; what is in it is not told. */
export class WebhookRefused extends Error {
  override readonly name = 'WebhookRefused';

  constructor(
    readonly reason: WebhookFault,
    message: string,
  ) {
    super(message);
  }
}

const encoder = new TextEncoder();

/**
 * Checks a webhook of Spillway, or of anybody who signs by
 * https://www.standardwebhooks.com, and gives what it says. The comparison takes the
 * same time wherever a signature differs.
 *
 * ```ts
 * const { id, payload } = await verifyWebhook({ headers: request.headers, body: await request.text() }, { secrets });
 * ```
 */
export async function verifyWebhook<Payload = unknown>(
  { headers, body }: ReceivedWebhook,
  { secrets, toleranceSeconds = 300, now = new Date() }: VerifyWebhookOptions,
): Promise<VerifiedWebhook<Payload>> {
  const id = headerOf(headers, 'webhook-id');
  const timestamp = headerOf(headers, 'webhook-timestamp');
  const signatures = headerOf(headers, 'webhook-signature');
  const sentAt = timely(timestamp, toleranceSeconds, now);
  const bytes = typeof body === 'string' ? encoder.encode(body) : body;
  const signed = joined(encoder.encode(`${id}.${timestamp}.`), bytes);
  const keys = await Promise.all((typeof secrets === 'string' ? [secrets] : secrets).map(keyOf));
  if (!(await isSigned(signed, signatures, keys))) {
    throw new WebhookRefused('wrongSignature', 'No signature of the webhook fits a secret.');
  }
  return { id, sentAt, payload: parsed(bytes) as Payload };
}

/** The headers of a webhook; for tests of what receives them. */
export async function signWebhook(
  { id, body, sentAt = new Date() }: { id: string; body: string | Uint8Array; sentAt?: Date },
  secret: string,
): Promise<Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string>> {
  const timestamp = String(Math.floor(sentAt.getTime() / 1_000));
  const bytes = typeof body === 'string' ? encoder.encode(body) : body;
  const signed = joined(encoder.encode(`${id}.${timestamp}.`), bytes);
  const mac = await crypto.subtle.sign('HMAC', await keyOf(secret), signed);
  const signature = `v1,${btoa(String.fromCharCode(...new Uint8Array(mac)))}`;
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
}

function headerOf(headers: ReceivedWebhook['headers'], name: string): string {
  const value = headers instanceof Headers ? headers.get(name) : plainHeader(headers, name);
  if (typeof value === 'string' && value !== '') return value;
  throw new WebhookRefused('missingHeader', `The webhook has no header "${name}".`);
}

/** As servers of Node hand them over, whatever their case. A header that came twice is none. */
const plainHeader = (
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  name: string,
): string | readonly string[] | undefined =>
  Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];

function timely(timestamp: string, toleranceSeconds: number, now: Date): Date {
  if (!/^\d{1,12}$/.test(timestamp)) {
    throw new WebhookRefused('badTimestamp', 'The time of the webhook is not a number of seconds.');
  }
  const age = Math.floor(now.getTime() / 1_000) - Number(timestamp);
  if (age > toleranceSeconds) throw new WebhookRefused('tooOld', `The webhook is ${age} s old.`);
  if (-age > toleranceSeconds) {
    throw new WebhookRefused('tooNew', `The webhook is ${-age} s ahead of this clock.`);
  }
  return new Date(Number(timestamp) * 1_000);
}

/** `CryptoKey`, whose name is no global everywhere. */
type HmacKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

async function keyOf(secret: string): Promise<HmacKey> {
  const bytes = bytesIn(secret.trim().replace(/^whsec_/, ''));
  if (bytes === undefined || bytes.length === 0) {
    throw new TypeError('A webhook secret is "whsec_" and base64.');
  }
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  return crypto.subtle.importKey('raw', bytes, algorithm, false, ['sign', 'verify']);
}

/** Every signature is tried with every key, so the time says nothing of which one fitted. */
async function isSigned(
  signed: Uint8Array<ArrayBuffer>,
  header: string,
  keys: readonly HmacKey[],
): Promise<boolean> {
  const signatures = header
    .split(' ')
    .filter((one) => one.startsWith('v1,'))
    .slice(0, 16)
    .flatMap((one) => bytesIn(one.slice(3)) ?? []);
  const fits = await Promise.all(
    keys.flatMap((key) =>
      signatures.map((signature) => crypto.subtle.verify('HMAC', key, signature, signed)),
    ),
  );
  return fits.includes(true);
}

function bytesIn(base64: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  } catch {
    return undefined;
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch {
    throw new WebhookRefused('badPayload', 'The webhook is signed, but its body is no JSON.');
  }
}
