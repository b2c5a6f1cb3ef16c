/** What there is to see of a request for machines. */
export interface OperatorRequest {
  readonly authorization: string | undefined;
  readonly host: string | undefined;
}

export interface OperatorAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type OperatorRoute = (request: OperatorRequest) => Promise<OperatorAnswer>;
