import type {
  NewSource,
  Page,
  PageRequest,
  SecretRecord,
  SourceRecord,
} from '@spillway/application';
import { aMoment } from '@spillway/domain-release/testing';
import type { SecretName } from '@spillway/kernel';
import { pageOf } from './page-of.js';

/** Secrets and sources that are kept as they were given; nobody asks what refers to what. */
export class InMemorySources {
  /** What was put under each name, for tests to look at. */
  readonly texts = new Map<string, string>();
  private readonly sources = new Map<string, SourceRecord>();

  putSecret(name: SecretName, text: string): SecretRecord {
    this.texts.set(name, text);
    return { name, createdAt: aMoment, updatedAt: aMoment };
  }

  listSecrets(page: PageRequest): Page<SecretRecord> {
    const names = [...this.texts.keys()] as SecretName[];
    return pageOf(
      names.map((name) => ({ name, createdAt: aMoment, updatedAt: aMoment })),
      page,
    );
  }

  removeSecret = (name: string): boolean => this.texts.delete(name);

  put(source: NewSource): SourceRecord {
    const record = { ...source, createdAt: aMoment, updatedAt: aMoment };
    this.sources.set(source.name, record);
    return record;
  }

  find = (name: string): SourceRecord | undefined => this.sources.get(name);

  list = (page: PageRequest): Page<SourceRecord> => pageOf([...this.sources.values()], page);

  remove = (name: string): boolean => this.sources.delete(name);
}
