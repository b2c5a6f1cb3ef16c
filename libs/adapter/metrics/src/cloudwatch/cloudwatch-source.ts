import type { NumberSource } from '@spillway/application';
import { CodedError } from '@spillway/kernel';
import {
  BackendClient,
  openSecrets,
  type ConnectionTo,
  type SourceDeps,
} from '../backend-call/index.js';
import { awsDialect } from './aws-dialect.js';
import { readMetricData } from './metric-data-answer.js';
import { metricDataBody } from './metric-data-call.js';
import { sign } from './signature-v4.js';

/** Amazon CloudWatch's GetMetricData. */
export function createCloudWatchSource(
  { region, url = addressIn(region), timeoutMs, accessKeyId, ...refs }: ConnectionTo<'cloudWatch'>,
  { openSecret, clock, connect }: SourceDeps,
): NumberSource {
  const client = new BackendClient({ url, timeoutMs, dialect: awsDialect(), clock, connect });
  const request = requestTo(new URL(url));
  return {
    async ask(question) {
      const made = metricDataBody(question);
      if (made.kind === 'error') return client.tell(made, []);
      const opened = await openSecrets(openSecret, { secretAccessKey: refs.secretAccessKey });
      if (opened.kind === 'error') return client.tell(opened, []);
      const { secretAccessKey } = opened.secrets;
      const secrets = [secretAccessKey];
      const { body } = made;
      const headers = sign(
        { ...request, body },
        { accessKeyId, secretAccessKey: secretAccessKey.text, region, service: 'monitoring' },
        clock.now(),
      );
      const reply = await client.askJson({ method: 'POST', path: '/', headers, body, secrets });
      if (reply.kind === 'error') return reply;
      const answer = readMetricData(reply.json);
      return answer.kind === 'error' ? client.tell(answer, secrets) : answer;
    },
    close: () => client.close(),
  };
}

/** What of a request is the same for all questions. */
const requestTo = ({ host, pathname }: URL) => ({
  method: 'POST',
  path: `${pathname.replace(/\/+$/, '')}/`,
  headers: {
    host,
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': 'GraniteServiceVersion20100801.GetMetricData',
  },
});

function addressIn(region: string): string {
  if (!/^[a-z0-9-]+$/.test(region)) {
    throw new CodedError(
      'INVALID_INPUT',
      `"${region}" is not a region of AWS.`,
      'Write it as in "eu-central-1".',
    );
  }
  const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return `https://monitoring.${region}.${domain}`;
}
