/** Tells when tokens or members were changed, in this process or in another. */
export interface AccessFeed {
  /** False while changes may go unheard: nothing may be remembered then. */
  isLive(): boolean;
  /** Gives the function that ends it. */
  subscribe(onChange: () => void): () => void;
}
