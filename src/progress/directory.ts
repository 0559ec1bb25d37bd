import { isAbsolute, resolve } from 'node:path';
import envPaths from 'env-paths';

/**
 * The folder that progress is kept in: `WALKTHROUGH_HOME` when it is set, else the platform's own place for a
 * program's data (`$XDG_DATA_HOME/walkthrough` or `~/.local/share/walkthrough` on Linux).
 */
export function progressDirectory(env: Readonly<Record<string, string | undefined>>): string {
  const chosen = env.WALKTHROUGH_HOME;
  if (chosen) return isAbsolute(chosen) ? chosen : resolve(chosen);
  return envPaths('walkthrough', { suffix: '' }).data;
}
