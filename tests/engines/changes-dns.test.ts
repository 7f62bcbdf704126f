/** Changes sent to running DNS servers by the commands of the READMEs: they hold the same as if they had loaded the new file. */

import { chmodSync, copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect } from 'vitest';
import { findProgram, isolation, run } from '../../compiler/prove/process.ts';
import { changesBetween, type Lists } from '../changes-between.ts';
import { commandsIn } from '../targets/readme-commands.ts';
import { folderWith } from '../temporary.ts';
import { engineTest, withoutEngine } from './require.ts';

const PORT = 5300;
/** Rounds of a tenth of a second that a server has to begin in. */
const PATIENCE = 100;

/** Names with parents and children, which are blocked or watched. */
const name = fc
  .tuple(fc.constantFrom('', 'a.', 'b.a.'), fc.integer({ min: 0, max: 4 }))
  .map(([below, number]) => `${below}host${number}.example`);
const address = fc.integer({ min: 0, max: 24 }).map((last) => `198.51.100.${last}`);
const listsOf = (value: fc.Arbitrary<string>): fc.Arbitrary<Lists> =>
  fc.record({
    block: fc.uniqueArray(value, { minLength: 1, maxLength: 12 }),
    watch: fc.uniqueArray(value, { maxLength: 8 }),
  });

/** Runs a script in a network of its own, where the programs of the folder come first. */
async function said(folder: string, script: string): Promise<string> {
  const [unshare = '', ...flags] = (await isolation()) as readonly string[];
  const path = `PATH="$1:$PATH:/usr/sbin:/sbin"; export PATH`;
  const args = [...flags, 'sh', '-c', `set -e\n${path}\nip link set lo up\n${script}`, 'sh', folder];
  const { status, stdout, stderr } = await run(unshare, args, { cwd: folder });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}

/** A program that stands before another of the same name. */
function standIn(folder: string, program: string, text: string): void {
  writeFileSync(join(folder, program), `#!/bin/sh\n${text}\n`);
  chmodSync(join(folder, program), 0o755);
}

/** Copies what is there. */
function place(from: string, to: string, files: readonly string[]): void {
  for (const file of files) if (existsSync(join(from, file))) copyFileSync(join(from, file), join(to, file));
}

const untilReady = (test: string) =>
  `tries=0; until ${test} >/dev/null 2>&1; do tries=$((tries + 1)); [ $tries -lt ${PATIENCE} ]; sleep 0.1; done`;

const unboundTest = await engineTest('unbound');
const unboundControl = findProgram('unbound-control');

unboundTest('unbound-control, and the reload that exact names need', async () => {
  expect(unboundControl).toBeDefined();
  const [changing = ''] = commandsIn('unbound');
  expect(changing).toContain('local_zones_remove');

  /**
   * The zones of a server that has loaded the files of `old`, and then runs `script` where those of `now` and the
   * changes are.
   */
  async function zonesOf(old: string, { now, delta }: { now: string; delta: string }, script: string) {
    const folder = folderWith({
      'conf.d/refang.conf': readFileSync(join(old, 'unbound/refang.conf'), 'utf8'),
    });
    writeFileSync(
      join(folder, 'unbound.conf'),
      `server:
  directory: ""
  chroot: ""
  username: ""
  pidfile: ""
  use-syslog: no
  interface: 127.0.0.1
  port: ${PORT}
include: "conf.d/*.conf"
remote-control:
  control-enable: yes
  control-interface: "${folder}/control"
  control-use-cert: no
`,
    );
    standIn(folder, 'unbound-control', `exec ${unboundControl} -c unbound.conf "$@"`);
    place(join(now, 'unbound'), folder, ['refang.conf']);
    place(join(delta, 'unbound'), folder, ['refang.conf.added', 'refang.conf.removed']);
    const told = await said(
      folder,
      `unbound -d -c unbound.conf 2>log & server=$!
trap 'kill $server' EXIT
${untilReady('unbound-control status')}
cp refang.conf conf.d/refang.conf
{ ${script}
} >answers
unbound-control list_local_zones
unbound-control list_local_data`,
    );
    return told.split('\n').sort();
  }

  // One name cannot stand for itself alone and for those below it.
  const exact = fc.integer({ min: 0, max: 2 }).map((number) => `=alone${number}.host${number}.example`);
  const lists = fc.oneof(listsOf(name), listsOf(fc.oneof(name, exact)));
  await fc.assert(
    fc.asyncProperty(lists, lists, async (before, after) => {
      const folders = await changesBetween(before, after, 'unbound');
      const changed = await zonesOf(folders.old, folders, changing);
      expect(changed).toEqual(await zonesOf(folders.now, folders, ':'));
    }),
    { numRuns: 16 },
  );
});

const [nsupdate, dig] = ['nsupdate', 'dig'].map((program) => findProgram(program));
const bindWithTools =
  nsupdate && dig
    ? await engineTest('bind')
    : withoutEngine('bind', { why: 'nsupdate is not found', install: 'apt install bind9-dnsutils' });

bindWithTools('nsupdate', async () => {
  const [changing = ''] = commandsIn('rpz');
  expect(changing).toContain('nsupdate -l');
  const zones = ['block.rpz', 'block-addresses.rpz', 'watch.rpz', 'watch-addresses.rpz'];

  /** The records of a server that has loaded the files of `old`, and then runs `scripts` where the changes are. */
  async function recordsOf(old: string, delta: string, scripts: string): Promise<string> {
    const folder = folderWith();
    place(join(old, 'rpz'), folder, zones);
    place(
      join(delta, 'rpz'),
      folder,
      zones.flatMap((zone) => [`${zone}.added`, `${zone}.removed`]),
    );
    const served = zones.map(
      (zone) =>
        `zone "${zone}" { type primary; file "${zone}"; allow-query { key local-ddns; }; update-policy local; };\n`,
    );
    const policies = zones.map((zone) => `zone "${zone}" log yes;`).join(' ');
    writeFileSync(
      join(folder, 'named.conf'),
      `options {
  directory "."; managed-keys-directory "."; pid-file none; session-keyfile "session.key";
  listen-on port ${PORT} { 127.0.0.1; }; listen-on-v6 { none; }; dnssec-validation no;
  response-policy { ${policies} } qname-wait-recurse no break-dnssec yes;
};
controls { };
${served.join('')}`,
    );
    // `-l` asks port 53 with the key of the system's own server.
    standIn(folder, 'nsupdate', `{ echo 'server 127.0.0.1 ${PORT}'; cat; } | ${nsupdate} -k session.key`);
    const ask = (zone: string) => `${dig} @127.0.0.1 -p ${PORT} ${zone} AXFR +noall +answer`;
    return said(
      folder,
      `named -g -c named.conf 2>log & server=$!
trap 'kill $server' EXIT
${untilReady("[ $(grep -cs 'reload done' log) -ge 4 ]")}
${scripts}
${zones.map((zone) => `${ask(zone)} | sort`).join('\n')}`,
    );
  }

  /** Its own is the file's; that of a zone that has changed is one more, as Refang counts. */
  const withoutSerial = (records: string) => records.replace(/(SOA\s+\S+ \S+) \d+/g, '$1');

  await fc.assert(
    fc.asyncProperty(
      listsOf(fc.oneof(name, address)),
      listsOf(fc.oneof(name, address)),
      async (before, after) => {
        const { old, now, delta } = await changesBetween(before, after, 'rpz');
        const scripts = zones.map((zone) => changing.replace('zone=block.rpz', `zone=${zone}`)).join('\n');
        const changed = await recordsOf(old, delta, scripts);
        expect(withoutSerial(changed)).toBe(withoutSerial(await recordsOf(now, delta, '')));
      },
    ),
    { numRuns: 8 },
  );
});
