import { join } from 'node:path';
import { go } from './go-build.js';

/**
 * The module that carries Istio's CRDs. It is no `require` of go.mod, because
 * nothing imports it and `go mod tidy` would drop it; so its checksum is here.
 */
export const istioApi = {
  version: 'istio.io/api@v1.29.6',
  sum: 'h1:O7xvL89MJut2Lho0L27XDeB+WO8eb8seyDd9+zjaVGc=',
} as const;

/** Downloads the module, outside of any other (`folder`), and answers the path of the file of CRDs. */
export async function istioCrdFile(folder: string): Promise<string> {
  const answer = await go(folder, ['mod', 'download', '-json', istioApi.version]);
  const { Dir, Sum } = JSON.parse(answer) as { Dir: string; Sum: string };
  if (Sum !== istioApi.sum) {
    throw new Error(`${istioApi.version} has the checksum ${Sum} instead of ${istioApi.sum}`);
  }
  return join(Dir, 'kubernetes', 'customresourcedefinitions.gen.yaml');
}
