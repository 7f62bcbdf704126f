/** `npm run proof`: runs `prove` on the report and on the example, and writes the table of README.md and docs/proof.md. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importTypeScript, ROOT } from './typescript.mjs';

const { BEGIN, END, proofPages } = await importTypeScript('scripts/proof.ts');
const { report, page } = await proofPages(ROOT);
const path = join(ROOT, 'README.md');
const readme = readFileSync(path, 'utf8');
const start = readme.indexOf(BEGIN) + BEGIN.length;
writeFileSync(path, readme.slice(0, start) + report + readme.slice(readme.indexOf(END)));
writeFileSync(join(ROOT, 'docs/proof.md'), page);
