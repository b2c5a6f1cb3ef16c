import type { NumberSource, SecretRef, SourceAnswer, SourceQuestion } from '@spillway/application';
import { BackendClient, type BackendCall } from './backend-client.js';
import type { Dialect } from './dialect.js';
import { openSecrets, type OpenedSecret } from './secrets.js';
import type { SourceDeps } from './source-deps.js';

/** How one question becomes one call whose answer is JSON. */
export interface JsonSourceForm<Key extends string> {
  readonly url: string;
  readonly timeoutMs: number;
  readonly dialect: Dialect;
  readonly secrets: Readonly<Record<Key, SecretRef>>;
  call(
    question: SourceQuestion,
    secrets: Readonly<Record<Key, OpenedSecret>>,
  ): Omit<BackendCall, 'secrets'>;
  read(json: unknown, question: SourceQuestion): SourceAnswer;
}

/** Throws `INVALID_INPUT` for an address that is none. */
export function createJsonSource<Key extends string>(
  form: JsonSourceForm<Key>,
  { openSecret, clock, connect }: SourceDeps,
): NumberSource {
  const client = new BackendClient({ ...form, clock, connect });
  return {
    async ask(question) {
      const opened = await openSecrets(openSecret, form.secrets);
      if (opened.kind === 'error') return client.tell(opened, []);
      const secrets = Object.values<OpenedSecret>(opened.secrets);
      const reply = await client.askJson({ ...form.call(question, opened.secrets), secrets });
      if (reply.kind === 'error') return reply;
      const answer = form.read(reply.json, question);
      return answer.kind === 'error' ? client.tell(answer, secrets) : answer;
    },
    close: () => client.close(),
  };
}
