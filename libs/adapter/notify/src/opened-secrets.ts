import type { SecretRef } from '@spillway/domain-notification';

/** What a channel refers to is not there. */
export class SecretMissing extends Error {
  constructor(name: string) {
    super(`there is no secret "${name}"`);
  }
}

/** The secrets of one attempt. Knows what must not be repeated. */
export class OpenedSecrets {
  private readonly texts: string[] = [];

  constructor(private readonly open: (name: string) => Promise<string | undefined>) {}

  /** Without the line end that an editor leaves. */
  async text({ secret }: SecretRef): Promise<string> {
    const text = (await this.open(secret))?.trim();
    if (text === undefined) throw new SecretMissing(secret);
    this.texts.push(text);
    return text;
  }

  /**
   * Whether a text that others wrote says anything of a secret. Parts count too: servers like to
   * repeat the path that they do not know, which is the secret half of a chat's address.
   */
  isIn(text: string): boolean {
    return this.texts.some((secret) =>
      [secret, ...secret.split(/[/?&=:.\s]+/)].some(
        (part) => part.length >= 4 && text.includes(part),
      ),
    );
  }
}
