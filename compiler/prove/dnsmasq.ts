/** dnsmasq: checks configuration with `dnsmasq --test`, which is lenient, and asks a real one for names. */

import { type Availability, type Engine, INSTALL_ALL, loadReport, type Problem } from './engine.ts';
import { commandLine, findProgram, isolation, run, runOffline, unexplained } from './process.ts';
import { RESOLVER_PORT, SERVER_PORT, showQueries } from './resolver-behaviour.ts';

export const dnsmasq: Engine = {
  name: 'dnsmasq',

  async find(): Promise<Availability> {
    const program = findProgram('dnsmasq');
    if (!program) return { available: false, why: 'dnsmasq is not installed', install: INSTALL_ALL };
    if (!(await isolation())) {
      return {
        available: false,
        why: 'dnsmasq needs a network namespace of its own, which is not permitted here',
        install: 'run as root, or permit user namespaces',
      };
    }
    const { stdout } = await run(program, ['--version']).catch(() => ({ stdout: '' }));
    const version = /^Dnsmasq version (\d\S*)/i.exec(stdout)?.[1];
    if (!version) return { available: false, why: 'dnsmasq does not tell its version', install: INSTALL_ALL };
    return { available: true, version };
  },

  async load(files) {
    const found = await dnsmasq.find();
    const program = findProgram('dnsmasq');
    if (!found.available || !program) throw new Error('dnsmasq is not available');
    const problems: Problem[] = [];
    for (const file of files) {
      const finished = await runOffline(program, ['--test', `--conf-file=${file}`]);
      if (finished.status !== 0)
        problems.push(readMessage(finished.stderr) ?? { ...unexplained('dnsmasq', finished), file });
    }
    const command = files.map((file) => commandLine([program, '--test', `--conf-file=${file}`])).join(' && ');
    return loadReport('dnsmasq', found.version, command, problems);
  },

  async behave(request) {
    const found = await dnsmasq.find();
    const program = findProgram('dnsmasq');
    if (!found.available || !program) throw new Error('dnsmasq is not available');
    return showQueries(
      {
        engine: 'dnsmasq',
        version: found.version,
        config: configOf,
        command: (config) => [program, '--no-daemon', `--conf-file=${config}`],
        // It can log every query, or none: rules have no say in that.
        logged: () => new Set(),
      },
      request,
    );
  },
};

/** A resolver that knows the rules, and nothing but one server to ask. */
function configOf(rules: readonly string[]): string {
  return `port=${RESOLVER_PORT}
listen-address=127.0.0.1
bind-interfaces
no-resolv
no-hosts
no-poll
pid-file=
log-facility=-
cache-size=0
dns-forward-max=1024
server=127.0.0.1#${SERVER_PORT}
${rules.map((name) => `conf-file=${name}\n`).join('')}`;
}

/** Such as `dnsmasq: bad option at line 2 of /etc/dnsmasq.d/a.conf`. It stops at the first. */
const MESSAGE = /^dnsmasq: (.*) at line (\d+) of (.*)$/m;

function readMessage(stderr: string): Problem | undefined {
  const [, message, line, file] = MESSAGE.exec(stderr) ?? [];
  return message && file ? { file, line: Number(line), message, severity: 'error' } : undefined;
}
