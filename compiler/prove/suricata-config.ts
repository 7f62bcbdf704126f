/** The smallest suricata.yaml that loads rules as a sensor would. */

export interface SuricataConfigOptions {
  /** Absolute paths. */
  ruleFiles: readonly string[];
  /** Name of the engine's own log in the folder given with `-l`: one JSON object a line. */
  log: string;
}

/**
 * The names of classtypes and references are left to the files that came with Suricata, which it reads by
 * itself. JSON is YAML too, and leaves nothing to quote by hand.
 */
export function suricataConfig({ ruleFiles, log }: SuricataConfigOptions): string {
  const config = {
    vars: { 'address-groups': { HOME_NET: 'any', EXTERNAL_NET: 'any' } },
    'rule-files': ruleFiles,
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
  return `%YAML 1.1\n---\n${JSON.stringify(config, null, 2)}\n`;
}

const PROTOCOLS = {
  dns: { tcp: { enabled: 'yes' }, udp: { enabled: 'yes' } },
  http: { enabled: 'yes' },
  http2: { enabled: 'yes' },
  tls: { enabled: 'yes', 'ja3-fingerprints': 'yes', 'ja4-fingerprints': 'yes' },
  quic: { enabled: 'yes' },
  smtp: { enabled: 'yes' },
  ftp: { enabled: 'yes' },
  smb: { enabled: 'yes' },
  nfs: { enabled: 'yes' },
};
