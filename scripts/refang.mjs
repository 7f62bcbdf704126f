/** The command line from the sources, without `npm run prepare`: `node scripts/refang.mjs build --out /tmp/out`. */

import { importTypeScript } from './typescript.mjs';

await importTypeScript('compiler/cli/main.ts');
