/**
 * Runs the commands that READMEs show, where curl talks to a server of the test alone, and other programs only tell
 * their arguments.
 */

import { spawn } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { folderWith } from '../temporary.ts';

/** What curl sent. */
export interface Request {
  method: string;
  /** With its host, without `https://`. */
  url: string;
  headers: Readonly<Record<string, unknown>>;
  body: string;
}

export interface Ran {
  status: number | null;
  stderr: string;
  requests: Request[];
}

/** The fenced blocks of a README of the language `sh`. */
export function commandsIn(target: string): string[] {
  const readme = readFileSync(
    fileURLToPath(new URL(`../../templates/${target}/README.md`, import.meta.url)),
    'utf8',
  );
  return Array.from(readme.matchAll(/^```sh\n([\s\S]*?)^```$/gm), ([, commands = '']) => commands);
}

/** Answers every request with a token. */
async function listen(requests: Request[]): Promise<number> {
  const server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request;
    requests.push({ method, url: url.slice(1), headers, body: await text(request) });
    response.end('{"access_token":"the-token"}');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

/** Runs commands in the folder of a target's files. `programs`: what else stands in for a program, as text for sh. */
export async function runCommands(
  commands: string,
  folder: string,
  env: Readonly<Record<string, string>>,
  programs: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const requests: Request[] = [];
  const port = await listen(requests);
  // `--proto =http`: an address that is not that of the server is refused.
  const curl = `for one; do
  shift
  case $one in https://*) one=http://127.0.0.1:${port}/\${one#https://} ;; esac
  set -- "$@" "$one"
done
PATH=\${PATH#*:}; exec curl --proto =http --noproxy '*' "$@"`;
  const bin = folderWith();
  for (const [name, program] of Object.entries({ curl, sleep: ':', ...programs })) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${program}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  const child = spawn('sh', ['-eu', '-c', commands], {
    cwd: folder,
    env: { ...env, PATH: `${bin}:${process.env.PATH}` },
  });
  child.stdout.resume();
  const stderr = text(child.stderr);
  const status = await new Promise<number | null>((closed) => child.on('close', closed));
  return { status, stderr: await stderr, requests };
}
