import type { SendFault, SendOutcome } from '@spillway/application';

/** What is known of a failure, besides the words of the server, which may be anything. */
export interface MailError {
  readonly message: string;
  readonly code?: string;
  readonly command?: string;
  readonly responseCode?: number;
}

const reasons: Readonly<Record<string, string>> = {
  ETLS: 'no TLS could be agreed on with the mail server',
  EAUTH: 'the mail server does not take the login',
  ESOCKET: 'the connection to the mail server failed',
  ECONNECTION: 'the mail server closed the connection',
  EPROTOCOL: 'who answered is no mail server',
  EENVELOPE: 'the mail server takes none of the addresses',
};

/** Says which answer the server gave to what, and never its words. */
export function mailFailure(
  { message, code, command, responseCode: status }: MailError,
  isSecretIn: (text: string) => boolean,
): SendOutcome {
  if (status !== undefined) {
    const because = `the mail server answered ${status}${command === undefined ? '' : ` to ${command}`}`;
    return { kind: 'failed', fault: faultOf(status, command), status, because };
  }
  // Without a command, nobody was connected yet, and the words are those of this machine.
  const ours = command === undefined && !isSecretIn(message) ? message : undefined;
  const because = reasons[code ?? ''] ?? ours ?? 'the mail could not be sent';
  return { kind: 'failed', fault: 'endpoint', because };
}

/** 5xx to a recipient or to the message is for ever; a login may be mended. */
const faultOf = (status: number, command: string | undefined): SendFault =>
  status >= 500 && command !== undefined && /^(?:MAIL FROM|RCPT TO|DATA)/.test(command)
    ? 'message'
    : 'endpoint';
