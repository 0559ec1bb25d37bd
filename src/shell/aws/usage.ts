/** The AWS CLI's exit code for a line it cannot make sense of. */
export const USAGE = 252;
/** … for a machine on which it finds no credentials. */
export const NO_CREDENTIALS = 253;
/** … for an error that AWS answered with. https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-returncodes.html */
export const SERVICE_ERROR = 254;
/** … for everything else that went wrong on the caller's own machine. */
export const UNABLE = 255;

const SYNOPSIS = `usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
To see help text, you can run:

  aws help
  aws <command> help
  aws <command> <subcommand> help
`;

/** The AWS CLI's complaint about a line, with its usage lines above. */
export function usageError(message: string): string {
  return `${SYNOPSIS}\naws: error: ${message}`;
}

/** What this prompt says of a command that AWS may well have and the simulation has not. */
export function notSimulated(what: string, near: readonly string[], help: string): string {
  const meant = near.length === 0 ? '' : `\nMaybe you meant:\n${near.map((one) => `  ${one}`).join('\n')}`;
  return `${what} is not simulated here.${meant}\nType '${help}' to see what is.`;
}
