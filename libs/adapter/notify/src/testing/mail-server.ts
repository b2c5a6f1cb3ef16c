import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** Headers and text, as they came. */
  readonly data: string;
}

/** What it answers in place of what a mail server does, by the command that comes; or `hang`, or `close`. */
export type MailBehaviour = Readonly<Record<string, string>>;

/** A mail server on a free port of loopback that keeps what it is given, and fails as it is told to. */
export class MailServer {
  readonly received: ReceivedMail[] = [];
  readonly said: string[] = [];
  private readonly sockets = new Set<Socket>();
  private server: Server | undefined;

  constructor(private readonly behaviour: MailBehaviour = {}) {}

  async start(): Promise<number> {
    const server = createServer((socket) => this.talk(socket));
    this.server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server?.close(resolve) ?? resolve(undefined));
  }

  private talk(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => socket.destroy());
    const session = { from: '', to: [] as string[], data: undefined as string | undefined };
    let rest = '';
    this.answer(socket, 'CONNECT', '220 mail.test ESMTP');
    socket.on('data', (chunk: Buffer) => {
      rest += chunk.toString('utf8');
      for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        if (session.data === undefined) this.obey(socket, line, session);
        else if (line === '.') this.keep(socket, session);
        else session.data += `${line}\n`;
      }
    });
  }

  private obey(
    socket: Socket,
    line: string,
    session: { from: string; to: string[]; data: string | undefined },
  ): void {
    this.said.push(line);
    const [, address = ''] = /<(.*)>/.exec(line) ?? [];
    if (line.startsWith('EHLO'))
      return this.answer(socket, 'EHLO', '250-mail.test\r\n250 AUTH PLAIN');
    if (line.startsWith('AUTH')) return this.answer(socket, 'AUTH', '235 welcome');
    if (line.startsWith('MAIL FROM')) {
      session.from = address;
      return this.answer(socket, 'MAIL', '250 ok');
    }
    if (line.startsWith('RCPT TO')) {
      session.to.push(address);
      return this.answer(socket, 'RCPT', '250 ok');
    }
    if (line === 'DATA') {
      session.data = '';
      return this.answer(socket, 'DATA', '354 go on');
    }
    return this.answer(socket, line, line === 'QUIT' ? '221 bye' : '502 what?');
  }

  private keep(
    socket: Socket,
    session: { from: string; to: string[]; data: string | undefined },
  ): void {
    this.received.push({ from: session.from, to: session.to, data: session.data ?? '' });
    session.data = undefined;
    this.answer(socket, 'END', '250 queued');
  }

  private answer(socket: Socket, command: string, usual: string): void {
    const text = this.behaviour[command] ?? usual;
    if (text === 'hang') return;
    if (text === 'close') socket.destroy();
    else socket.write(`${text}\r\n`);
  }
}
