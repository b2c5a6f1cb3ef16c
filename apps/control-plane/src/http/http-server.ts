/** A server that listens. */
export interface HttpServer {
  /** The one that was taken where the configuration said 0. */
  readonly port: number;
  stop(): Promise<void>;
}
