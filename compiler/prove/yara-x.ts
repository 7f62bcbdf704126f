/** YARA-X, the successor of YARA, as WebAssembly: an engine that needs no installation but its npm package. */

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Availability, type Engine, loadReport, type Problem } from './engine.ts';
import { packageFolder } from './process.ts';

type YaraX = typeof import('@virustotal/yara-x');

const PACKAGE = '@virustotal/yara-x';

/** The library with its WebAssembly compiled, made once. */
let library: Promise<{ yaraX: YaraX; version: string }> | undefined;

export const yaraX: Engine = {
  name: 'yara-x',

  async find(): Promise<Availability> {
    try {
      return { available: true, version: (await open()).version };
    } catch {
      return {
        available: false,
        why: `the npm package ${PACKAGE} is not installed`,
        install: `npm install ${PACKAGE}`,
      };
    }
  },

  async load(files) {
    const { yaraX: library, version } = await open();
    const problems: Problem[] = [];
    for (const file of files) problems.push(...compile(library, file, await readFile(file, 'utf8')));
    return loadReport('yara-x', version, `${PACKAGE}: ${files.join(' ')}`, problems);
  },
};

function open(): Promise<{ yaraX: YaraX; version: string }> {
  library ??= (async () => {
    const manifest = createRequire(join(packageFolder, 'package.json')).resolve(`${PACKAGE}/package.json`);
    const { main, version } = JSON.parse(await readFile(manifest, 'utf8')) as {
      main: string;
      version: string;
    };
    const script = join(dirname(manifest), main);
    const yaraX = (await import(pathToFileURL(script).href)) as YaraX;
    // By default it fetches its bytes from a URL, which Node can't for a file.
    await yaraX.default({ module_or_path: await readFile(script.replace(/\.js$/, '_bg.wasm')) });
    return { yaraX, version };
  })();
  return library;
}

function compile(library: YaraX, file: string, source: string): Problem[] {
  const compiler = new library.Compiler();
  try {
    compiler.addSource(source);
  } catch {
    // What it threw is in `errors` as well.
  }
  const said = [...(compiler.errors as string[]), ...(compiler.warnings as string[])];
  compiler.free();
  return said.map((text) => readMessage(file, text));
}

/** Such as `error[E009]: unknown identifier `nope`\n --> line:3:15\n  |\n3 | …`. */
function readMessage(file: string, text: string): Problem {
  const [first = text] = text.split('\n');
  const [, line, column] = /--> [^\n]*?(\d+):(\d+)/.exec(text) ?? [];
  return {
    file,
    ...(line && column && { line: Number(line), column: Number(column) }),
    message: first.replace(/^(?:error|warning)(?:\[\w+\])?: /, ''),
    severity: first.startsWith('warning') ? 'warning' : 'error',
  };
}
