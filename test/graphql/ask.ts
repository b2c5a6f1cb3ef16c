export interface GraphqlAnswer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: object }[];
}

/** A GraphQL server, and who asks it. */
export interface Place {
  readonly url: string;
  readonly token: string;
}

export async function ask(
  { url, token }: Place,
  query: string,
  variables: object = {},
): Promise<GraphqlAnswer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as GraphqlAnswer;
}

/** The data, where nothing went wrong. */
export async function dataOf(...asked: Parameters<typeof ask>) {
  const { data, errors } = await ask(...asked);
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data ?? {};
}
