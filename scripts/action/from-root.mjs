/**
 * `from-root.mjs FORMAT PREFIX`: paths in what `refang check` prints for GitHub, from the root of the repository.
 * PREFIX is the folder of the project, empty or with `/` at its end.
 */

import { text } from 'node:stream/consumers';

/** @type {Record<string, (printed: string, prefix: string) => string>} */
const FORMATS = {
  github: (printed, prefix) => {
    const escaped = prefix.replaceAll('%', '%25').replaceAll(':', '%3A').replaceAll(',', '%2C');
    return printed.replace(/^::(error|warning|notice) file=/gm, (start) => start + escaped);
  },
  sarif: (printed, prefix) => {
    const escaped = prefix.split('/').map(encodeURIComponent).join('/');
    const moved = JSON.parse(printed, (key, value) =>
      /^(artifactLocation|location)$/.test(key) && typeof value?.uri === 'string'
        ? { ...value, uri: escaped + value.uri }
        : value,
    );
    return `${JSON.stringify(moved, null, 2)}\n`;
  },
};

const [format = '', prefix = ''] = process.argv.slice(2);
const move = FORMATS[format];
if (!move) throw new Error(`no such format: ${format}`);
process.stdout.write(move(await text(process.stdin), prefix));
