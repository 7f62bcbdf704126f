/** `npm run goldens [TARGET…]`: writes templates/TARGET/golden anew. Read the difference before you commit it. */

import { join } from 'node:path';
import { importTypeScript, ROOT } from './typescript.mjs';

const { targetNames, writeGoldens } = await importTypeScript('scripts/goldens.ts');
const names = process.argv.slice(2);
await writeGoldens(ROOT, names.length > 0 ? names : targetNames(join(ROOT, 'templates')));
