/** An identity provider that speaks OpenID Connect. */
export interface ProviderSettings {
  /** By which members and people name it. */
  readonly name: string;
  /** As its tokens say it, to the letter; its keys are found below it. */
  readonly issuer: string;
  /** For whom a token must be made out: this server, as the provider knows it. */
  readonly audience: string;
  /** The claim that people are called by; `email` for people, `sub` for pipelines. */
  readonly actorClaim: string;
  /** For people: the public client with which a CLI logs in. Absent where only machines come. */
  readonly clientId?: string;
}
