interface Table {
  readonly columns: ReadonlyMap<string, string>;
  /** Constraints, unique indexes and triggers: what a writer has to get past, and may lean on. */
  readonly rules: ReadonlyMap<string, string>;
}

const rule = /^(?:constraint|CREATE UNIQUE INDEX|CREATE TRIGGER) (\S+)/;

/** A schema as `migrations/schema.snapshot.sql` writes it. */
function readSchema(text: string): ReadonlyMap<string, Table> {
  const parts = text.split(/^(?=table )/m).filter((part) => part.startsWith('table '));
  return new Map(
    parts.map((part) => {
      const [head = '', ...rest] = (part.split(/\n\n/)[0] ?? '').split('\n');
      const lines = rest.map((line) => line.trim()).filter((line) => line !== '');
      const isRule = (line: string): boolean => /^(?:constraint|CREATE) /.test(line);
      const columns = lines.filter((line) => !isRule(line)).map((line) => line.split(/ (.*)/s));
      const rules = lines.flatMap((line) => {
        const name = rule.exec(line)?.[1];
        return name === undefined ? [] : [[name, line] as const];
      });
      const named = columns.map(([name = '', type = '']) => [name, type] as const);
      return [head.slice('table '.length), { columns: new Map(named), rules: new Map(rules) }];
    }),
  );
}

/**
 * What a process that was made for the schema `before` would stumble over in the schema `after`:
 * all but new tables, new indexes, and new columns that it need not fill.
 */
export function breachesOf(before: string, after: string): readonly string[] {
  const now = readSchema(after);
  return [...readSchema(before)].flatMap(([name, was]) => {
    const is = now.get(name);
    return is === undefined
      ? [`drops table ${name}`]
      : [...columnBreaches(name, was, is), ...ruleBreaches(name, was, is)];
  });
}

function columnBreaches(table: string, was: Table, is: Table): readonly string[] {
  const gone = [...was.columns].flatMap(([column, type]) => {
    const now = is.columns.get(column);
    if (now === undefined) return [`drops column ${table}.${column}`];
    return now === type ? [] : [`changes column ${table}.${column}`];
  });
  const required = [...is.columns].flatMap(([column, type]) =>
    was.columns.has(column) || !type.endsWith(' not null') ? [] : [`requires ${table}.${column}`],
  );
  return [...gone, ...required];
}

function ruleBreaches(table: string, was: Table, is: Table): readonly string[] {
  const names = new Set([...was.rules.keys(), ...is.rules.keys()]);
  return [...names].flatMap((name) => {
    const [before, now] = [was.rules.get(name), is.rules.get(name)];
    if (before === now) return [];
    if (before === undefined) return [`adds rule ${table}.${name}`];
    return [now === undefined ? `drops rule ${table}.${name}` : `changes rule ${table}.${name}`];
  });
}
