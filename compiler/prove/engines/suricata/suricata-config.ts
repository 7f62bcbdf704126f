/** The smallest suricata.yaml that loads rules as a sensor would. */

import { HOME_NETWORKS } from '../../capture.ts';

/** What a configuration names. */
export interface SuricataConfigOptions {
  /** Absolute paths. */
  ruleFiles: readonly string[];
  /** Name of the engine's own log in the folder given with `-l`: one JSON object a line. */
  log: string;
  /** The folder with the names of classtypes and references; without it Suricata knows where they are. */
  names?: string | undefined;
}

/** JSON is YAML too, and leaves nothing to quote by hand. */
function yaml(config: object): string {
  return `%YAML 1.1\n---\n${JSON.stringify(config, null, 2)}\n`;
}

/** For `-T`: any address may be at home. */
export function suricataConfig(options: SuricataConfigOptions): string {
  return yaml(common(options, ['any']));
}

/** The same, for a run that shows packets. */
export interface ReplayConfigOptions extends SuricataConfigOptions {
  /** Name of the file in the folder given with `-l` that gets the alerts: one JSON object a line. */
  alerts: string;
}

/** For `-r` and `--engine-analysis`: as a sensor that overlooks nothing for the sake of speed. */
export function replayConfig(options: ReplayConfigOptions): string {
  const eve = {
    enabled: 'yes',
    filetype: 'regular',
    filename: options.alerts,
    append: 'no',
    types: [
      { alert: { metadata: { 'app-layer': 'no', flow: 'yes', rule: { metadata: 'no', raw: 'no' } } } },
      // Suricata 7 computes no more than one of these by itself, however many the rules ask for.
      { files: { 'force-hash': ['md5', 'sha1', 'sha256'] } },
    ],
  };
  return yaml({
    ...common(options, HOME_NETWORKS),
    outputs: [{ 'eve-log': eve }],
    stream: { 'checksum-validation': 'yes', reassembly: { depth: 0 } },
    // Only the first is wanted, but without the second Suricata 7.0 crashes.
    'engine-analysis': { rules: 'yes', 'rules-fast-pattern': 'yes' },
    // More rules than the usual 15 may rightly fire on one packet.
    'packet-alert-max': 255,
  });
}

function common({ ruleFiles, log, names }: SuricataConfigOptions, home: readonly string[]): object {
  return {
    vars: { 'address-groups': { HOME_NET: `[${home.join(',')}]`, EXTERNAL_NET: 'any' } },
    'rule-files': ruleFiles,
    ...(names && {
      'classification-file': `${names}/classification.config`,
      'reference-config-file': `${names}/reference.config`,
      'threshold-file': `${names}/threshold.config`,
    }),
    stats: { enabled: 'no' },
    logging: {
      'default-log-level': 'info',
      outputs: [
        { console: { enabled: 'no' } },
        { file: { enabled: 'yes', level: 'info', filename: log, type: 'json' } },
      ],
    },
    'app-layer': { protocols: PROTOCOLS },
  };
}

const PROTOCOLS = {
  dns: { tcp: { enabled: 'yes' }, udp: { enabled: 'yes' } },
  http: {
    enabled: 'yes',
    // Bodies in full: a hash needs the whole file.
    libhtp: { 'default-config': { 'request-body-limit': 0, 'response-body-limit': 0 } },
  },
  http2: { enabled: 'yes' },
  tls: { enabled: 'yes', 'ja3-fingerprints': 'yes', 'ja4-fingerprints': 'yes' },
  quic: { enabled: 'yes', 'ja3-fingerprints': 'yes', 'ja4-fingerprints': 'yes' },
  smtp: {
    enabled: 'yes',
    mime: { 'decode-mime': 'yes', 'decode-base64': 'yes', 'decode-quoted-printable': 'yes' },
  },
  ftp: { enabled: 'yes' },
  smb: { enabled: 'yes' },
  nfs: { enabled: 'yes' },
};
