/** GitHub's own parser of actions and workflows. Its package imports JSON as only bundlers allow, so it is bundled. */

import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { ROOT } from '../cli/refang.ts';

type Actions = typeof import('@actions/workflow-parser/actions/index');
type Workflows = typeof import('@actions/workflow-parser');

async function bundled(): Promise<Actions & Workflows> {
  const folder = mkdtempSync(join(ROOT, 'node_modules', '.refang-'));
  try {
    const outfile = join(folder, 'parser.mjs');
    await build({
      stdin: {
        contents: `export * from '@actions/workflow-parser';
          export { parseAction } from '@actions/workflow-parser/actions/index';`,
        resolveDir: ROOT,
      },
      bundle: true,
      platform: 'node',
      format: 'esm',
      // Its `yaml` is CommonJS, which asks for modules of Node.
      banner: {
        js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
      },
      outfile,
      logLevel: 'warning',
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const parser = await bundled();
const quiet = new parser.NoOperationTraceWriter();

/** What GitHub would say of an action.yml. */
export function actionFaults(content: string): string[] {
  const { context } = parser.parseAction({ name: 'action.yml', content }, quiet);
  return context.errors.getErrors().map(({ message }) => message);
}

/** What GitHub would say of a workflow. */
export function workflowFaults(content: string): string[] {
  const { context } = parser.parseWorkflow({ name: 'workflow.yml', content }, quiet);
  return context.errors.getErrors().map(({ message }) => message);
}
