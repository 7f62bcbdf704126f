/** `npm run new:target NAME`: a target folder to start from, with a golden and its place in the docs. */

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importTypeScript, ROOT } from './typescript.mjs';

const TARGET = `title: TITLE
about: One domain a line. Say here in one sentence what the files are and who loads them.
effect: detect
syntax: line
outputs:
  - file: domains.txt
    template: domains.hbs
    passes:
      domains: {takes: [domain], subdomains: true}
unsupported:
  url: the list holds names only
`;

const TEMPLATE = `{{#each domains}}
{{value}}
{{/each}}
`;

/** @param {string} name */
const readme = (name) => `# ${name}

What the files are, and how to load them in the product.

| file | what it holds |
| --- | --- |
| \`domains.txt\` | one domain a line |
`;

const [name] = process.argv.slice(2);
if (name === undefined || !/^[a-z0-9][a-z0-9-]*$/.test(name)) {
  process.stderr.write(
    'new:target needs a name of small letters, digits and `-`: npm run new:target acme-list\n',
  );
  process.exit(3);
}
const folder = join(ROOT, 'templates', name);
if (existsSync(folder)) {
  process.stderr.write(`templates/${name} exists already\n`);
  process.exit(3);
}
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'target.yaml'), TARGET.replace('TITLE', name));
writeFileSync(join(folder, 'domains.hbs'), TEMPLATE);
writeFileSync(join(folder, 'README.md'), readme(name));

const { writeGoldens } = await importTypeScript('scripts/goldens.ts');
await writeGoldens(ROOT, [name]);
process.stdout.write(`templates/${name} is there. Next:
  1. edit its target.yaml and template (docs/targets-format.md, docs/templates.md)
  2. npm run goldens ${name}   and read templates/${name}/golden
  3. list it under \`targets\` in refang.yaml to have it in out/
  4. npm run docs && npm run prepare && npm test
`);
