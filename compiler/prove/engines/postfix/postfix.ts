/** Postfix: checks access maps with `postmap`, and offers mail to a real SMTP server: see postfix-behaviour.ts. */

import { existsSync } from 'node:fs';
import { type Availability, type Engine, INSTALL_ALL, loadReport, type Problem } from '../../engine.ts';
import { commandLine, findProgram, isolation, run, unexplained, withTempFolder } from '../../process.ts';
import { showMails } from './postfix-behaviour.ts';
import { copyMaps, type PostfixPrograms, runPostmap } from './postfix-maps.ts';

export const postfix: Engine = {
  name: 'postfix',

  async find(): Promise<Availability> {
    const found = await programs();
    if (!found) return { available: false, why: 'postfix is not installed', install: INSTALL_ALL };
    if (!(await isolation())) {
      return {
        available: false,
        why: 'postfix needs a network namespace of its own, which is not permitted here',
        install: 'run as root, or permit user namespaces',
      };
    }
    return { available: true, version: found.version };
  },

  async load(files) {
    const found = await programs();
    if (!found) throw new Error('postfix is not available');
    return withTempFolder(async (folder) => {
      const maps = await copyMaps(files, folder, () => CONFIG);
      const problems: Problem[] = [];
      for (const [at, map] of maps.entries()) {
        const file = files[at] as string;
        const finished = await runPostmap(found, folder, map);
        const said = readMessages(finished.stderr, file);
        if (finished.status !== 0 && said.length === 0)
          said.push({ ...unexplained('postmap', finished), file });
        problems.push(...said);
      }
      const command = maps
        .map((map, at) => commandLine(['postmap', `${map.slice(0, map.indexOf(':'))}:${files[at]}`]))
        .join(' && ');
      return loadReport('postfix', found.version, command, problems);
    });
  },

  async behave(request) {
    const found = await programs();
    if (!found) throw new Error('postfix is not available');
    return showMails(found, found.version, request);
  },
};

/** With a name of its own, it looks up no other. */
const CONFIG = 'compatibility_level = 3.6\nmyhostname = mx.refang-proof.example\n';

/** What Postfix says of itself; undefined where it is not there, whole. */
async function programs(): Promise<(PostfixPrograms & { version: string }) | undefined> {
  const [postmap, postconf] = ['postmap', 'postconf'].map((name) => findProgram(name));
  if (!postmap || !postconf) return undefined;
  const names = ['mail_version', 'daemon_directory', 'mail_owner'];
  const { stdout } = await run(postconf, ['-dh', ...names]).catch(() => ({ stdout: '' }));
  const [version, daemons, owner] = stdout.trim().split('\n');
  if (!version || !daemons || !owner || !existsSync(`${daemons}/smtpd`)) return undefined;
  return { postmap, daemons, owner, version };
}

/** Such as `postmap: warning: /tmp/x/rules-1.map, line 3: expected format: key whitespace value`. */
const MESSAGE = /^postmap: (warning|error|fatal|panic): (.*)$/;
const LINE = /^(?:.*?map )?\S*rules-\d+\.\w+(?:, |:? )line (\d+): /;

function readMessages(stderr: string, file: string): Problem[] {
  return stderr.split('\n').flatMap((text): Problem[] => {
    const [, level, words] = MESSAGE.exec(text) ?? [];
    if (words === undefined) return [];
    const line = LINE.exec(words)?.[1];
    const message = words.replace(LINE, '').replace(/\S*\/(rules-\d+\.\w+)/g, '$1');
    const severity = level === 'warning' ? 'warning' : 'error';
    return [{ file, ...(line !== undefined && { line: Number(line) }), message, severity }];
  });
}
