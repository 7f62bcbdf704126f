/** Knot Resolver: reads response policy zones in a real one, and asks it for names. */

import { type Engine, loadReport, type Problem } from '../../engine.ts';
import { commandLine, unexplained } from '../../process.ts';
import { RESOLVER_PORT, type Resolver, SERVER_PORT, showQueries, tryToStart } from './resolver-behaviour.ts';
import { findResolver, needResolver, type ResolverProgram } from './resolver-program.ts';

const KNOT: ResolverProgram = {
  name: 'Knot Resolver',
  program: 'kresd',
  ask: ['--version'],
  version: /^Knot Resolver, version (\d\S*)/m,
};

export const knot: Engine = {
  name: 'knot',

  find: () => findResolver(KNOT),

  async load(files) {
    const { program, version } = await needResolver(KNOT);
    const { finished, log } = await tryToStart(await resolver(), files);
    const problems = readMessages(log, files);
    if (finished.status !== 0 && problems.length === 0) problems.push(unexplained('kresd', finished));
    const command = commandLine([program, ...files.map((file) => `policy.rpz(policy.DENY, '${file}')`)]);
    return loadReport('knot', version, command, problems);
  },

  async behave(request) {
    return showQueries(await resolver(), request);
  },
};

/** Such as `[policy] RPZ rules-1.rpz:4: CNAME with custom target in RPZ is not supported yet (ignored)`. */
const IN_ZONE = /^\[policy\] RPZ rules-(\d+)\.rpz:(\d+):? (?:warning: )?(.*)$/gm;
/** Such as `[system] error: failed to parse "rules-1.rpz": …`. */
const GRAVE = /^\[\w+ *\] error: (.*)$/gm;

function readMessages(log: string, files: readonly string[]): Problem[] {
  const inZones = Array.from(log.matchAll(IN_ZONE), ([, at, line, message = '']): Problem => {
    const file = files[Number(at) - 1] ?? '';
    return { file, line: Number(line), message, severity: 'error' };
  });
  const grave = Array.from(
    log.matchAll(GRAVE),
    ([, message = '']): Problem => ({ file: '', message, severity: 'error' }),
  );
  return [...inZones, ...grave];
}

async function resolver(): Promise<Resolver> {
  const { program, version } = await needResolver(KNOT);
  return {
    engine: 'knot',
    version,
    config: (rules) => ({ 'resolver.conf': configOf(rules) }),
    command: [program, '-n', '-q', '-c', 'resolver.conf', '.'],
    logged,
    withoutAddresses: 'Knot Resolver 5 has no triggers for addresses',
  };
}

/**
 * A resolver that knows the rules, and nothing but one server to ask. Knot lets what a zone passes through without a
 * word, so a rule of our own looks it up in the zone and logs it.
 */
function configOf(rules: readonly string[]): string {
  return `net.listen('127.0.0.1', ${RESOLVER_PORT}, { kind = 'dns' })
cache.size = 10 * MB
trust_anchors.remove('.')
modules.load('policy')
local ffi = require('ffi')
local function logged(zone)
  return function (request, query)
    local action = zone(request, query)
    if action ~= policy.PASS then return action end
    local name, type = kres.dname2str(query:name()), kres.tostring.type[query.stype]
    log_notice(ffi.C.LOG_GRP_POLICY, 'passed %s %s', name, type)
  end
end
${rules.map((name) => `policy.add(logged(policy.rpz(policy.DENY, '${name}', false)))\n`).join('')}
policy.add(policy.all(policy.STUB('127.0.0.1@${SERVER_PORT}')))
`;
}

const PASSED = /^\[policy\] passed (\S+)\. (\w+)$/gm;

function logged(log: string): ReadonlySet<string> {
  return new Set(Array.from(log.matchAll(PASSED), ([, name, type]) => `${name?.toLowerCase()} ${type}`));
}
