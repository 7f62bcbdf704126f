/**
 * Sigma: what SigmaHQ checks before it takes a rule, without a network. YAML style by yamllint, structure by
 * a JSON schema, and content by every validator of pySigma and of SigmaHQ, through `sigma check`. Behaviour is shown
 * with pySigma's backends: see sigma-behaviour.ts.
 */

import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Availability, type Engine, INSTALL_ALL, loadReport, type Problem } from '../../engine.ts';
import { type FileLines, onlyLineWith, readLines } from '../../lines.ts';
import {
  commandLine,
  enginesFolder,
  type Finished,
  run,
  runOffline,
  unexplained,
  withTempFolder,
} from '../../process.ts';
import { showLogEvents } from './sigma-behaviour.ts';
import { checkSigmaSchema } from './sigma-schema.ts';

/** Only this set of versions, with the data it needs, works without a network: nothing else on PATH is used. */
const PROGRAMS = join(enginesFolder, 'venv', 'bin');
const PYTHON = join(PROGRAMS, 'python');
/** A home folder whose pySigma cache holds the ATT&CK and D3FEND tables. */
const HOME = join(enginesFolder, 'sigma-home');

/** Every validator but two, for all rules. */
const VALIDATORS = [
  'all',
  // A literal "?" of a URL is written "\?". Unescaped it would match any character.
  '-escaped_wildcard',
  // It refuses the labels of TLP 2.0, which tlpv2_tag checks.
  '-tlpv1_tag',
];

/** What else a rule is spared, if its text has this: SigmaHQ's own rules are public and quote no one. */
const SPARED: readonly { validator: string; where: RegExp }[] = [
  // SigmaHQ publishes TLP:CLEAR alone; who uses these rules may hold stricter ones.
  { validator: 'sigmahq_tags_tlp', where: /^ +- tlp\.(?!clear$)/m },
  // Descriptions quote reports, whose words may hold a link.
  { validator: 'sigmahq_link_in_description', where: /^description: .*https?:\/\//m },
];

/** The configuration of `sigma check`. JSON is YAML too. */
function validationConfig(rules: Iterable<string>): string {
  const exclusions: Record<string, string[]> = {};
  for (const rule of rules) {
    const id = /^id: (\S+)$/m.exec(rule)?.[1];
    const spared = SPARED.filter(({ where }) => where.test(rule)).map(({ validator }) => validator);
    if (id !== undefined && spared.length > 0) exclusions[id] = spared;
  }
  return JSON.stringify({ validators: VALIDATORS, exclusions });
}

/** SigmaHQ's settings. */
const YAMLLINT = {
  extends: 'default',
  rules: {
    comments: { 'require-starting-space': true, 'min-spaces-from-content': 1 },
    'comments-indentation': 'disable',
    'document-start': { present: false },
    'empty-lines': { max: 2, 'max-start': 2, 'max-end': 2 },
    indentation: { spaces: 4, 'indent-sequences': 'whatever' },
    'line-length': 'disable',
    'new-line-at-end-of-file': 'enable',
    'trailing-spaces': {},
  },
};

export const sigma: Engine = {
  name: 'sigma',

  async find(): Promise<Availability> {
    // Asked of Python, because `sigma version` asks the network for the newest one.
    // The backend for SQLite tells an installation of today from one of before.
    const program =
      'from importlib.metadata import version; version("pySigma-backend-sqlite"); print(version("sigma-cli"))';
    const { stdout } = await run(PYTHON, ['-c', program]).catch(() => ({ stdout: '' }));
    const version = stdout.trim();
    if (!version) {
      const why = 'sigma-cli and its backends are not installed in .engines';
      return { available: false, why, install: INSTALL_ALL };
    }
    return { available: true, version };
  },

  async load(files) {
    const found = await sigma.find();
    if (!found.available) throw new Error('sigma is not available');
    const problems = await lint(files);
    // The other two only take what is YAML at all.
    const broken = new Set(problems.filter(({ severity }) => severity === 'error').map(({ file }) => file));
    const readable = files.filter((file) => !broken.has(file));
    if (readable.length > 0) {
      const checks = [checkSigmaSchema(PYTHON, readable), checkContent(readable)];
      problems.push(...(await Promise.all(checks)).flat());
    }
    const command = commandLine([join(PROGRAMS, 'sigma'), 'check', '--fail-on-issues', ...files]);
    return loadReport('sigma', found.version, command, problems);
  },

  async behave(request) {
    const found = await sigma.find();
    if (!found.available) throw new Error('sigma is not available');
    return showLogEvents(PYTHON, found.version, request);
  },
};

async function lint(files: readonly string[]): Promise<Problem[]> {
  const args = ['--strict', '-f', 'parsable', '-d', JSON.stringify(YAMLLINT), ...files];
  const finished = await run(join(PROGRAMS, 'yamllint'), args);
  const problems: Problem[] = [];
  for (const text of finished.stdout.split('\n')) {
    const [, file, line, column, message] = /^(.+?):(\d+):(\d+): \[\w+\] (.*)$/.exec(text) ?? [];
    if (!file || !message) continue;
    // yamllint calls most faults of style an error; here that word is kept for what is not YAML.
    const severity = message.endsWith('(syntax)') ? 'error' : 'warning';
    problems.push({ file, line: Number(line), column: Number(column), message, severity });
  }
  if (finished.status !== 0 && problems.length === 0) problems.push(unexplained('yamllint', finished));
  return problems;
}

async function checkContent(files: readonly string[]): Promise<Problem[]> {
  const finished = await withTempFolder(async (folder) => {
    const config = join(folder, 'validators.yml');
    await writeFile(config, validationConfig(await Promise.all(files.map((file) => readFile(file, 'utf8')))));
    // pySigma opens its cache for writing, so each run has its own copy.
    await cp(HOME, join(folder, 'home'), { recursive: true });
    // Where this folder exists, SigmaHQ's validators use the data inside their package, not the newest on the net.
    await mkdir(join(folder, 'validator_json'));
    const args = [
      'check',
      '--fail-on-issues',
      '--validation-config',
      config,
      ...files.map((file) => resolve(file)),
    ];
    return runOffline(join(PROGRAMS, 'sigma'), args, { cwd: folder, env: { HOME: join(folder, 'home') } });
  });
  return readCheck(finished, files, await readLines(files));
}

const ISSUE = /^issue=(\S+?)(?:Issue)? severity=\w+ description=(.*?) rule=(.*)$/;
const RULE_ERROR = /^(?:Condition error in .*?\.ya?ml[^:]*:)?(.*) in (\/.*)$/;

/** The output of `sigma check`: an error or an issue a line, then a summary. */
function readCheck(finished: Finished, files: readonly string[], lines: FileLines): Problem[] {
  const problems = finished.stdout.split('\n').flatMap((text) => {
    const issue = ISSUE.exec(text);
    if (issue) return readIssue(issue as unknown as [string, string, string, string], files, lines);
    const [, message, path] = RULE_ERROR.exec(text) ?? [];
    const file = files.find((name) => resolve(name) === path);
    if (!file || !message) return [];
    const quoted = /'(.+?)'/.exec(message)?.[1];
    return [{ ...place(file, quoted, lines), message, severity: 'error' as const }];
  });
  if (finished.status !== 0 && problems.length === 0) problems.push(unexplained('sigma check', finished));
  return problems;
}

/** Several rules may share an issue, such as one title. After their paths come the issue's own fields. */
function readIssue(
  [, name, description, where]: [string, string, string, string],
  files: readonly string[],
  lines: FileLines,
): Problem[] {
  const rules = files.filter((file) => where.includes(resolve(file)));
  let details = where;
  for (const file of rules) details = details.replace(resolve(file), '').replace(/^[, ]+/, '');
  const value = /=(.*)$/.exec(details)?.[1];
  const message = `${name}: ${description}${details && ` (${details})`}`;
  return rules.map((file) => ({ ...place(file, value, lines), message, severity: 'warning' }));
}

/** Neither errors nor issues give a line, but most quote a text that the rule holds once. */
function place(file: string, text: string | undefined, lines: FileLines): { file: string; line?: number } {
  const own = new Map([[file, lines.get(file) ?? []]]);
  return (text && onlyLineWith(own, text)) || { file };
}
