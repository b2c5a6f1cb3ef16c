// oxlint-disable-next-line import/no-default-export -- Jest asks for it
export default async function tearDown(): Promise<void> {
  await globalThis.spillwayTestPostgres?.stop();
}
