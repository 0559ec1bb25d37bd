/** How a learner finds out what a placeholder stands for: a line to type, and what its answer looks like. */
interface LookUp {
  readonly line: (name: string) => string;
  readonly answer: RegExp;
}

const LOOK_UPS: Readonly<Record<string, LookUp>> = {
  key: {
    line: (user) =>
      `aws iam list-access-keys --user-name ${user} --query AccessKeyMetadata[0].AccessKeyId --output text`,
    answer: /^\W*(AKIA[A-Z2-7]{16})\b/gm,
  },
  policy: {
    line: (name) =>
      `aws organizations list-policies --filter RESOURCE_CONTROL_POLICY --query "Policies[?Name=='${name}'].Id" --output text`,
    answer: /^\W*(p-[0-9a-z]{8})\b/gm,
  },
  now: { line: () => 'wait 1m', answer: /It is now (.+? UTC)/g },
};

const PLACEHOLDER = /\$\{(now|key|policy)(?::([^}]+))?\}/;

/**
 * An author's line in which what was left to be filled in is looked up first, as a learner has to. `ask` types a line
 * and gives what is on the screen then.
 */
export async function lookedUp(run: string, ask: (line: string) => Promise<string>): Promise<string> {
  const [placeholder, kind = '', name = ''] = PLACEHOLDER.exec(run) ?? [];
  const lookUp = LOOK_UPS[kind];
  if (placeholder === undefined || lookUp === undefined) return run;
  const shown = [...(await ask(lookUp.line(name))).matchAll(lookUp.answer)].at(-1)?.[1];
  if (shown === undefined) throw new Error(`Nothing shows what ${placeholder} is.`);
  const found = kind === 'now' ? `${new Date(shown).toISOString().slice(0, 19)}Z` : shown;
  return lookedUp(run.replaceAll(placeholder, found), ask);
}
