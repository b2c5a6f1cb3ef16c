interface Operation {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
}

/** What clients of both protocols are. */
interface Client {
  iterate<Data>(operation: Operation): AsyncIterable<{
    readonly data?: Data | null | undefined;
    readonly errors?: unknown;
  }>;
}

/** What a subscription tells, up to the message that is waited for. */
export async function follow<Told>(
  client: Client,
  operation: Operation,
  isEnough: (told: Told) => boolean | Promise<boolean>,
): Promise<readonly Told[]> {
  const all: Told[] = [];
  for await (const { data, errors } of client.iterate<Told>(operation)) {
    if (data === undefined || data === null) throw new Error(JSON.stringify(errors));
    all.push(data);
    if (await isEnough(data)) break;
  }
  return all;
}
