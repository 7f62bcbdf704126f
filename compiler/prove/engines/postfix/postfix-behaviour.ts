/**
 * Offers mail from, to and by the addresses of the cases to a Postfix SMTP server with our maps, in a network namespace
 * of its own. The work is done by scripts/engines/postfix-behaviour.py.
 */

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Kind } from '../../../indicators/kind.ts';
import { KIND_MODULES } from '../../../indicators/kinds.ts';
import { isValueOf } from '../../../indicators/witnesses.ts';
import {
  type BehaviourReport,
  type BehaviourRequest,
  type Case,
  deedsSeen,
  notCarriedBut,
} from '../../behaviour.ts';
import { needIsolation, needProgram, runScript } from '../../namespace.ts';
import { inFolder, unexplained } from '../../process.ts';
import { copyMaps, type PostfixPrograms, runPostmap } from './postfix-maps.ts';

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
  const [words, ip, unshare] = [await needIsolation(), needProgram('ip', 'iproute2'), needProgram('unshare')];
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
    const { finished, command } = await runScript(words, 'postfix-behaviour.py', folder);
    if (finished.status !== 0) throw new Error(unexplained('the run of the maps', finished).message);
    const answers = JSON.parse(await readFile(join(folder, 'answers.json'), 'utf8')) as string[];
    const observations = observationsOf(mails, answers);
    return {
      engine: 'postfix',
      version,
      command,
      observations,
      rules: deedsSeen(observations),
      notCarried: notCarriedBut(CARRIED, cases, 'a mail server sees addresses of mail and of clients'),
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
