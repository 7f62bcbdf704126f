/** `npm run proof`: runs `prove` on the report and on the example, and writes the tables of README.md anew. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importTypeScript, ROOT } from './typescript.mjs';

const { BEGIN, END, proofTables } = await importTypeScript('scripts/proof.ts');
const path = join(ROOT, 'README.md');
const readme = readFileSync(path, 'utf8');
const start = readme.indexOf(BEGIN) + BEGIN.length;
writeFileSync(path, readme.slice(0, start) + (await proofTables(ROOT)) + readme.slice(readme.indexOf(END)));
