/** YARA-X, the successor of YARA, as WebAssembly: an engine that needs no installation but its npm package. */

import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import type { BehaviourReport } from '../../behaviour.ts';
import { type Availability, type Engine, loadReport, type Problem } from '../../engine.ts';
import { commandLine, packageFolder } from '../../process.ts';
import { buffersOf, notInFiles, type ScannedBuffer, writeBuffers } from './yara-buffers.ts';
import { ruleIds } from './yara-rules.ts';

type YaraX = typeof import('@virustotal/yara-x');

const PACKAGE = '@virustotal/yara-x';

/** The library with its WebAssembly compiled, made once. */
let library: Promise<{ yaraX: YaraX; version: string }> | undefined;

export const yaraX: Engine = {
  name: 'yara-x',

  async find(): Promise<Availability> {
    try {
      return { available: true, version: (await open()).version };
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      const missing = code === 'MODULE_NOT_FOUND';
      return {
        available: false,
        why: `the npm package ${PACKAGE} ${missing ? 'is not installed' : `does not start: ${message}`}`,
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

  async behave({ files, cases, keep }): Promise<BehaviourReport> {
    const { yaraX: library, version } = await open();
    const sources = await Promise.all(files.map((file) => readFile(file, 'utf8')));
    const ids = await ruleIds(files);
    const buffers = buffersOf(cases);
    const matches = scanAll(library, sources, buffers);
    let command = `${PACKAGE}: ${files.join(' ')}`;
    if (keep !== undefined) {
      const scanned = await writeBuffers(resolve(keep), buffers);
      const lines = matches.flatMap((names, number) => names.map((name) => `${name} ${scanned}/${number}\n`));
      await writeFile(join(keep, 'matches.txt'), lines.join(''));
      command = commandLine(['yr', 'scan', ...files, scanned]);
    }
    return {
      engine: 'yara-x',
      version,
      command,
      observations: buffers.map(({ case: shown, carrier }, number) => ({
        case: shown,
        carrier,
        rules: (matches[number] as string[]).map((name) => ids.get(name) ?? name),
      })),
      rules: [...ids.values()],
      notCarried: notInFiles(cases),
    };
  },
};

/** What the library answers, as far as it is read here. */
interface ScanResult {
  valid: boolean;
  errors: readonly string[];
  matches: readonly { identifier: string; isPrivate: boolean }[];
}

/** The names of the rules that match each buffer. All sources share a namespace, as the files given to YARA 4 do. */
function scanAll(library: YaraX, sources: readonly string[], buffers: readonly ScannedBuffer[]): string[][] {
  const compiler = new library.Compiler();
  for (const source of sources) compiler.addSource(source);
  const rules = compiler.build();
  const scanner = rules.scanner();
  try {
    return buffers.map(({ bytes }) => {
      const result = scanner.scan(bytes) as ScanResult;
      if (!result.valid) throw new Error(`yara-x cannot scan: ${result.errors.join(', ')}`);
      return result.matches.filter(({ isPrivate }) => !isPrivate).map(({ identifier }) => identifier);
    });
  } finally {
    // The memory of WebAssembly is not collected.
    for (const made of [scanner, rules, compiler]) made.free();
  }
}

function open(): Promise<{ yaraX: YaraX; version: string }> {
  library ??= (async () => {
    const load = createRequire(join(packageFolder, 'package.json'));
    const manifest = load.resolve(`${PACKAGE}/package.json`);
    const { main, version } = JSON.parse(await readFile(manifest, 'utf8')) as {
      main: string;
      version: string;
    };
    const script = join(dirname(manifest), main);
    // Not `import()`: V8 refuses it in a bundle that runs from code made before.
    const yaraX = load(script) as YaraX;
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
