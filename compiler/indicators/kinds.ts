/** The table of kinds. */

import { certificate } from './certificate.ts';
import { cidr } from './cidr.ts';
import { domain } from './domain.ts';
import { email } from './email.ts';
import { endpoint } from './endpoint.ts';
import { fileName } from './file_name.ts';
import { filePath } from './file_path.ts';
import { hash } from './hash.ts';
import { ip } from './ip.ts';
import { ja3, ja3s } from './ja3.ts';
import { ja4 } from './ja4.ts';
import type { Kind, KindModule } from './kind.ts';
import { mutex } from './mutex.ts';
import { registryKey } from './registry_key.ts';
import { url } from './url.ts';
import { userAgent } from './user_agent.ts';

/** Every kind by its name. */
export const KIND_MODULES: Readonly<Record<Kind, KindModule>> = {
  domain,
  ip,
  cidr,
  endpoint,
  url,
  email,
  hash,
  ja3,
  ja3s,
  ja4,
  certificate,
  user_agent: userAgent,
  file_name: fileName,
  file_path: filePath,
  registry_key: registryKey,
  mutex,
};
