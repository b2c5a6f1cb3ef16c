/** The parts of `ghcr.io/acme/catalog:v2@sha256:…`. */
export interface ImageParts {
  /** `ghcr.io/acme/catalog`. */
  readonly repository: string;
  /** `catalog`. */
  readonly name: string;
  readonly tag?: string;
  readonly digest?: string;
}

export function imageParts(image: string): ImageParts {
  const [address = '', digest] = cut(image, image.indexOf('@'));
  // A colon before the last slash is the port of a registry.
  const colon = address.lastIndexOf(':');
  const [repository = '', tag] = cut(address, colon > address.lastIndexOf('/') ? colon : -1);
  return {
    repository,
    name: repository.slice(repository.lastIndexOf('/') + 1),
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  };
}

const cut = (text: string, at: number): readonly string[] =>
  at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
