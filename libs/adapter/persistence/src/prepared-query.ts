import { createHash } from 'node:crypto';
import type { Client } from 'pg';
import type { EntityManager } from 'typeorm';

const names = new Map<string, string>();
const mostNames = 200;

/** The same for the same statement; none for what is asked in too many ways to be kept. */
function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= mostNames) return known;
  const name = `spillway_${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
  names.set(text, name);
  return name;
}

/** A statement that is asked all the time: each connection parses and plans it once. */
export async function preparedQuery<Row extends object>(
  { queryRunner }: EntityManager,
  text: string,
  values: readonly unknown[],
): Promise<readonly Row[]> {
  const client = (await queryRunner?.connect()) as Client;
  const name = nameOf(text);
  const { rows } = await client.query<Row>({
    text,
    values: [...values],
    ...(name === undefined ? {} : { name }),
  });
  return rows;
}
