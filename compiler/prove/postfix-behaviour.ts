/**
 * Offers mail from, to and by the addresses of the cases to a Postfix SMTP server with our maps, in a network namespace
 * of its own. The work is done by scripts/engines/postfix-behaviour.py.
 */

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KINDS, type Kind } from '../indicators/kind.ts';
import { KIND_MODULES } from '../indicators/kinds.ts';
import { isValueOf } from '../indicators/witnesses.ts';
import type { BehaviourReport, BehaviourRequest, Case } from './behaviour.ts';
import { copyMaps, type PostfixPrograms, runPostmap } from './postfix-maps.ts';
import { commandLine, findProgram, inFolder, isolation, packageFolder, run, unexplained } from './process.ts';

const SCRIPT = join(packageFolder, 'scripts', 'engines', 'postfix-behaviour.py');

/** Where the SMTP server listens on 127.0.0.1. */
const PORT = 2525;

const CARRIED: readonly Kind[] = ['domain', 'email', 'ip', 'cidr'];

/** One mail; what is not given is something that nobody lists. */
interface Mail {
  case: number;
  carrier: 'MAIL FROM' | 'RCPT TO' | 'client';
  sender?: string;
  recipient?: string;
  client?: string;
}

/**
 * Runs the maps. A mail has `drop` where Postfix rejects its recipient; `count` where it does not, and logs a warning;
 * nothing otherwise. Throws `Error` where Postfix does not start with the maps, or rejects what nobody lists.
 */
export async function showMails(
  postfix: PostfixPrograms,
  version: string,
  { files, cases, keep }: BehaviourRequest,
): Promise<BehaviourReport> {
  const words = await isolation();
  const [python, ip, unshare] = ['python3', 'ip', 'unshare'].map((name) => findProgram(name));
  if (!words || !unshare) throw new Error('a network namespace of its own is not permitted here');
  if (!python) throw new Error('python3 is not installed');
  if (!ip) throw new Error('ip (iproute2) is not installed');
  const mails = cases.flatMap(mailsOf);
  return inFolder(keep, async (folder) => {
    const maps = await copyMaps(files, folder, configOf);
    for (const map of maps) {
      const { status, stderr } = await runPostmap(postfix, folder, map);
      if (status !== 0) throw new Error(`postmap: ${stderr.trim().split('\n')[0]}`);
    }
    const { daemons, owner } = postfix;
    const input = { ip, unshare, daemons, owner, port: PORT, mails };
    await writeFile(join(folder, 'mails.json'), `${JSON.stringify(input, null, 1)}\n`);
    const [program = '', ...args] = [...words, python, SCRIPT, folder];
    const finished = await run(program, args, { timeout: 600_000 });
    if (finished.status !== 0) throw new Error(unexplained('the run of the maps', finished).message);
    const answers = JSON.parse(await readFile(join(folder, 'answers.json'), 'utf8')) as string[];
    const observations = observationsOf(mails, answers);
    return {
      engine: 'postfix',
      version,
      command: commandLine([program, ...args]),
      observations,
      rules: ['drop', 'count'].filter((deed) =>
        observations.some(({ rules: deeds }) => deeds.includes(deed)),
      ),
      notCarried: KINDS.filter(
        (kind) => !CARRIED.includes(kind) && cases.some((one) => one.kind === kind),
      ).map((kind) => ({ kind, why: 'a mail server sees addresses of mail and of clients' })),
    };
  });
}

/** An SMTP server that looks everything up in the maps, in their order, and puts off what they do not reject. */
function configOf(maps: readonly string[]): string {
  const check = (what: string, wanted: (map: string) => boolean): string =>
    maps
      .filter(wanted)
      .map((map) => `check_${what}_access ${map}, `)
      .join('');
  const isClients = (map: string) => map.startsWith('cidr:');
  const isMail = (map: string) => !isClients(map);
  return `compatibility_level = 3.6
queue_directory = .
data_directory = .
maillog_file = /dev/stdout
myhostname = mx.refang-proof.example
mydestination =
mynetworks =
alias_maps =
local_recipient_maps =
recipient_delimiter = +
smtpd_peername_lookup = no
smtpd_authorized_xclient_hosts = 0.0.0.0/0, [::]/0
smtpd_client_connection_count_limit = 0
smtpd_client_connection_rate_limit = 0
smtpd_error_sleep_time = 0
smtpd_soft_error_limit = 1000000000
smtpd_hard_error_limit = 1000000000
smtpd_junk_command_limit = 1000000000
smtpd_relay_restrictions =
smtpd_client_restrictions = ${check('client', isClients)}
smtpd_sender_restrictions = ${check('sender', isMail)}
smtpd_recipient_restrictions = ${check('recipient', isMail)}
  check_recipient_access static:{450 4.7.1 refang-through}, reject
`;
}

function mailsOf({ id, kind, text }: Case): Mail[] {
  if (kind === 'ip' || kind === 'cidr') {
    const isAddress = isValueOf(KIND_MODULES.ip, text);
    return isAddress ? [{ case: id, carrier: 'client', client: text }] : [];
  }
  if (!CARRIED.includes(kind) || !isValueOf(KIND_MODULES[kind], text)) return [];
  const address = kind === 'domain' ? `someone@${text}` : text;
  return [
    { case: id, carrier: 'MAIL FROM', sender: address },
    { case: id, carrier: 'RCPT TO', recipient: address },
  ];
}

const DEEDS: Readonly<Record<string, readonly string[]>> = {
  denied: ['drop'],
  warned: ['count'],
  through: [],
};

function observationsOf(mails: readonly Mail[], answers: readonly string[]): BehaviourReport['observations'] {
  return mails.flatMap(({ case: shown, carrier }, number) => {
    const rules = DEEDS[answers[number] ?? ''];
    return rules ? [{ case: shown, carrier, rules }] : [];
  });
}
