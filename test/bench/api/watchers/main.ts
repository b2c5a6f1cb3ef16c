/** Many readers of one event stream; tells its parent when each event came to whom. */
import { Agent, get } from 'node:http';

const { url, token, count } = JSON.parse(process.argv[2] ?? '{}') as {
  url: string;
  token: string;
  count: number;
};

const agent = new Agent({ keepAlive: false, maxSockets: Infinity });
const began = /^event: event\nid: (\d+)e$/gm;
let open = 0;

/** Milliseconds of the clock that all processes of a machine share. */
const now = (): number => performance.timeOrigin + performance.now();

function watch(): void {
  const headers = { authorization: `Bearer ${token}`, accept: 'text/event-stream' };
  get(url, { agent, headers }, (response) => {
    if (response.statusCode !== 200) throw new Error(`refused with ${response.statusCode}`);
    response.setEncoding('utf8');
    let unread = '';
    response.on('data', (text: string) => {
      if (unread === '' && text.startsWith(': follows')) {
        open += 1;
        if (open === count) process.send?.({ open });
      }
      unread += text;
      const end = unread.lastIndexOf('\n\n');
      const whole = unread.slice(0, end + 2);
      unread = unread.slice(end + 2);
      for (const [, sequence] of whole.matchAll(began)) {
        process.send?.({ sequence: Number(sequence), at: now() });
      }
    });
  });
}

for (let index = 0; index < count; index += 1) watch();
process.once('disconnect', () => process.exit(0));
