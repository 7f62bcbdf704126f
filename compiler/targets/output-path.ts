/** Which paths an output may have. */

const OUTPUT_PATH = /^[A-Za-z0-9_][A-Za-z0-9._-]*(\/[A-Za-z0-9_][A-Za-z0-9._-]*)*$/;

/** Names that Windows keeps for devices, whatever follows the first dot. */
const DEVICE = /(^|\/)(con|prn|aux|nul|com\d|lpt\d)(\.|\/|$)/i;

/** Whether a path leads below its folder and is a name on every system. */
export function isOutputPath(path: string): boolean {
  return path.length <= 200 && OUTPUT_PATH.test(path) && !DEVICE.test(path);
}
