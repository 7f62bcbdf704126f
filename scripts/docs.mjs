/** `npm run docs`: writes the generated pages of docs/ and indicators.schema.json anew. */

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { importTypeScript, ROOT } from './typescript.mjs';

const { generatedPages } = await importTypeScript('scripts/docs.ts');
const pages = await generatedPages(ROOT);
rmSync(join(ROOT, 'docs/codes'), { recursive: true, force: true });
for (const [path, text] of pages) {
  mkdirSync(dirname(join(ROOT, path)), { recursive: true });
  writeFileSync(join(ROOT, path), text);
}
