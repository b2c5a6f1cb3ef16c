/** What may stand between blanks and comments. Longer operators first. */
const token =
  /\s*(?:\/\/[^\n]*\n?\s*)*(?:(?<text>(?:[rR]?[bB]?|[bB][rR])(?:"""[^]*?"""|'''[^]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'))|(?<number>0x[0-9a-fA-F]+u?|(?:\d+\.\d+|\.\d+)(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+|\d+[uU]?)|(?<name>[A-Za-z_]\w*)|(?<sign>&&|\|\||[<>=!]=|[-+*/%<>!?:.,()[\]{}]))/y;

interface Token {
  readonly kind: 'text' | 'number' | 'name' | 'sign';
  readonly value: string;
}

const reserved = new Set(
  'as break const continue else for function if import in let loop package namespace return var void while'.split(
    ' ',
  ),
);

const binary = new Set([
  '||',
  '&&',
  '<',
  '<=',
  '>',
  '>=',
  '==',
  '!=',
  '+',
  '-',
  '*',
  '/',
  '%',
  'in',
]);

/** What keeps the text from being a CEL expression: its syntax only, as istiod checks it. */
export function celFault(expression: string): string | undefined {
  const tokens = tokensOf(expression);
  if (tokens === undefined) return 'it has a character that CEL does not know';
  return new Reader(tokens).fault();
}

function tokensOf(text: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  const end = text.replace(/(?:\s|\/\/[^\n]*$)+$/, '').length;
  token.lastIndex = 0;
  while (token.lastIndex < end) {
    const groups = token.exec(text)?.groups;
    const found = Object.entries(groups ?? {}).find(([, value]) => value !== undefined);
    if (found === undefined) return undefined;
    tokens.push({ kind: found[0] as Token['kind'], value: found[1] });
  }
  return tokens;
}

/** Reads by descent; `in` is an operator, the other words of the language are names of nothing. */
class Reader {
  #at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  fault(): string | undefined {
    const whole = this.expression() && this.#at === this.tokens.length;
    if (whole) return undefined;
    const at = this.tokens[this.#at];
    return at === undefined ? 'it ends too early' : `it is not expected to go on with ${at.value}`;
  }

  private expression(): boolean {
    if (!this.operation()) return false;
    if (!this.take('?')) return true;
    return this.operation() && this.take(':') && this.expression();
  }

  /** Which operator binds closer changes the value, not whether it can be read. */
  private operation(): boolean {
    do if (!this.operand()) return false;
    while (this.operator());
    return true;
  }

  private operator(): boolean {
    const next = this.tokens[this.#at];
    if (next === undefined || next.kind === 'text' || !binary.has(next.value)) return false;
    this.#at++;
    return true;
  }

  private operand(): boolean {
    while (this.take('!') || this.take('-'));
    return this.primary() && this.members();
  }

  private primary(): boolean {
    if (this.take('(')) return this.expression() && this.take(')');
    if (this.take('[')) return this.list(']', () => this.expression());
    if (this.take('{')) return this.list('}', () => this.entry());
    this.take('.');
    const next = this.tokens[this.#at];
    if (next === undefined || next.kind === 'sign' || this.isReserved(next)) return false;
    this.#at++;
    return next.kind !== 'name' || !this.take('(') || this.list(')', () => this.expression());
  }

  private members(): boolean {
    for (;;) {
      if (this.take('[')) {
        if (!this.expression() || !this.take(']')) return false;
      } else if (this.take('.')) {
        if (!this.member()) return false;
      } else if (this.take('{')) {
        if (!this.list('}', () => this.field())) return false;
      } else return true;
    }
  }

  private member(): boolean {
    return this.name() && (!this.take('(') || this.list(')', () => this.expression()));
  }

  private field(): boolean {
    return this.name() && this.take(':') && this.expression();
  }

  private list(close: string, item: () => boolean): boolean {
    if (this.take(close)) return true;
    do
      if (close !== ')' && this.take(close)) return true;
      else if (!item()) return false;
    while (this.take(','));
    return this.take(close);
  }

  private entry(): boolean {
    return this.expression() && this.take(':') && this.expression();
  }

  private name(): boolean {
    const next = this.tokens[this.#at];
    if (next?.kind !== 'name' || next.value === 'in') return false;
    this.#at++;
    return true;
  }

  private take(sign: string): boolean {
    const next = this.tokens[this.#at];
    if (next?.kind !== 'sign' || next.value !== sign) return false;
    this.#at++;
    return true;
  }

  private isReserved({ kind, value }: Token): boolean {
    return kind === 'name' && reserved.has(value);
  }
}
