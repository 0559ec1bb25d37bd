/** The scenario's workspace: file name to content. */
export type Files = Readonly<Record<string, string>>;

/** The name that a path has in the workspace, which is one folder: `./site/x` is `site/x`. */
export function fileName(path: string): string {
  return path.replace(/^(?:\.\/+)+/, '');
}

/** The content of a file, or undefined when there is none of that name. */
export function readFile(files: Files, path: string): string | undefined {
  const name = fileName(path);
  return Object.hasOwn(files, name) ? files[name] : undefined;
}

/** What keeps a file of this name from being written, in a sentence; null when nothing does. */
export function writeProblem(name: string): string | null {
  const segments = name.split('/');
  if (name.startsWith('/') || segments.includes('..')) {
    return `'${name}' is outside the workspace, which is one folder. Give a file name such as policy.json.`;
  }
  if (name === '' || name === '.' || name.endsWith('/')) {
    return 'That is a folder. Give a file name such as policy.json.';
  }
  if (/[\u0000-\u001f\u007f-\u009f]/.test(name) || segments.includes('__proto__') || name.length > 200) {
    return `'${name}' cannot be the name of a file here. Give a file name such as policy.json.`;
  }
  return null;
}
