import { fieldsOf, listOf } from '@spillway/domain-istio';

const plainKey = /^[A-Za-z_]\w*$/;

/**
 * A value inside an object, with the way to it. Whatever is asked of a value of
 * another kind is answered as if nothing were there: kinds are the schema's
 * business, so a rule never has to guard itself against them.
 */
export class Spot {
  constructor(
    readonly value: unknown,
    readonly path: string,
  ) {}

  /** `null` is as good as absent: that is how istiod decodes it. */
  get isSet(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  get isObject(): boolean {
    return typeof this.value === 'object' && this.value !== null && !Array.isArray(this.value);
  }

  /** The text, or the empty one, which Istio takes for absent. */
  get text(): string {
    return typeof this.value === 'string' ? this.value : '';
  }

  get number(): number | undefined {
    return typeof this.value === 'number' ? this.value : undefined;
  }

  at(field: string): Spot {
    const path = plainKey.test(field) ? `.${field}` : `[${JSON.stringify(field)}]`;
    return new Spot(this.isObject ? fieldsOf(this.value)[field] : undefined, this.path + path);
  }

  items(): readonly Spot[] {
    return listOf(this.value).map((item, index) => new Spot(item, `${this.path}[${index}]`));
  }

  /** The items that are texts. */
  texts(): readonly Spot[] {
    return this.items().filter(({ value }) => typeof value === 'string');
  }

  entries(): readonly (readonly [key: string, value: Spot])[] {
    if (!this.isObject) return [];
    return Object.keys(fieldsOf(this.value)).map((key) => [key, this.at(key)]);
  }

  /** Which of the fields are there. */
  setOf(...fields: readonly string[]): readonly string[] {
    return fields.filter((field) => this.at(field).isSet);
  }
}
