/** What a load tester answers. */
export interface LoadTesterAnswer {
  readonly status: number;
  readonly body: string;
}

/** What Flagger posts; who reads it reads over what else is there. */
interface Payload {
  readonly name: string;
  readonly namespace: string;
  readonly phase: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * The gates and tasks of Flagger's load tester: gates are keyed
 * by the claimed name and namespace and closed until they are opened; a `bash` task answers when it
 * is done, and any other is begun and answered at once.
 */
export class LoadTester {
  /** Every call, in order: its path, and the phase that was sent. */
  readonly calls: { readonly path: string; readonly phase: string }[] = [];
  /** Whether `bash` tasks end well. */
  tasksSucceed = true;
  private readonly open = new Set<string>();

  handle(path: string, text: string): LoadTesterAnswer {
    if (path === '/gate/approve') return { status: 200, body: 'OK' };
    if (path === '/gate/halt') return { status: 403, body: 'Forbidden' };
    const payload = read(text);
    if (payload === undefined) return { status: 400, body: 'cannot decode the request' };
    this.calls.push({ path, phase: payload.phase });
    if (path === '/') return this.task(payload);
    const [, kind = '', verb = ''] = path.split('/');
    if (!['gate', 'rollback'].includes(kind)) return { status: 404, body: '404 page not found' };
    return this.gate(`${kind}.${payload.name}.${payload.namespace}`, verb);
  }

  private gate(key: string, verb: string): LoadTesterAnswer {
    switch (verb) {
      case 'open':
        this.open.add(key);
        return { status: 202, body: '' };
      case 'close':
        this.open.delete(key);
        return { status: 202, body: '' };
      case 'check':
        return this.open.has(key)
          ? { status: 200, body: 'Approved' }
          : { status: 403, body: 'Forbidden' };
      default:
        return { status: 404, body: '404 page not found' };
    }
  }

  private task({ metadata }: Payload): LoadTesterAnswer {
    if (metadata['type'] !== 'bash') return { status: 202, body: '' };
    return this.tasksSucceed
      ? { status: 200, body: '' }
      : { status: 500, body: 'command bash failed: exit status 1' };
  }
}

function read(text: string): Payload | undefined {
  const json = JSON.parse(text) as Partial<Payload>;
  const { name, namespace, phase = '', metadata = {} } = json;
  return name === undefined || namespace === undefined
    ? undefined
    : { name, namespace, phase, metadata };
}
