/** dnsmasq: checks configuration with `dnsmasq --test`, which is lenient, and asks a real one for names. */

import { type Engine, loadReport, type Problem } from '../../engine.ts';
import { commandLine, runOffline, unexplained } from '../../process.ts';
import { RESOLVER_PORT, SERVER_PORT, showQueries } from './resolver-behaviour.ts';
import { findResolver, needResolver, type ResolverProgram } from './resolver-program.ts';

const DNSMASQ: ResolverProgram = {
  name: 'dnsmasq',
  program: 'dnsmasq',
  ask: ['--version'],
  version: /^Dnsmasq version (\d\S*)/im,
};

export const dnsmasq: Engine = {
  name: 'dnsmasq',

  find: () => findResolver(DNSMASQ),

  async load(files) {
    const { program, version } = await needResolver(DNSMASQ);
    const problems: Problem[] = [];
    for (const file of files) {
      const finished = await runOffline(program, ['--test', `--conf-file=${file}`]);
      if (finished.status !== 0)
        problems.push(readMessage(finished.stderr) ?? { ...unexplained('dnsmasq', finished), file });
    }
    const command = files.map((file) => commandLine([program, '--test', `--conf-file=${file}`])).join(' && ');
    return loadReport('dnsmasq', version, command, problems);
  },

  async behave(request) {
    const { program, version } = await needResolver(DNSMASQ);
    return showQueries(
      {
        engine: 'dnsmasq',
        version,
        config: (rules) => ({ 'resolver.conf': configOf(rules) }),
        command: [program, '--no-daemon', '--conf-file=resolver.conf'],
        // It can log every query, or none: rules have no say in that.
        logged: () => new Set(),
        withoutAddresses: 'a resolver sees names',
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
