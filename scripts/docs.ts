/** Every page of the documentation that is made by a program. */

import { listTargets } from '../compiler/index.ts';
import { codesPages } from './docs/codes-pages.ts';
import { formatsPage } from './docs/formats-page.ts';
import { guardsPage } from './docs/guards-page.ts';
import { schemaPages } from './docs/schema-pages.ts';
import { targetsPage } from './docs/targets-page.ts';
import { templatesPage } from './docs/templates-page.ts';

/** Text by path, relative to the project's root. */
export async function generatedPages(root: string): Promise<Map<string, string>> {
  const { targets } = await listTargets({ cwd: root });
  return new Map([
    ...schemaPages(),
    ...(await codesPages()),
    ['docs/formats.md', await formatsPage()],
    ['docs/guards.md', guardsPage()],
    ['docs/targets.md', targetsPage(targets.map(({ target }) => target))],
    ['docs/templates.md', templatesPage()],
  ]);
}
