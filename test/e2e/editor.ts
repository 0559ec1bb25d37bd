import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** An editor that saves what it was told to: a program of its own, run as `$EDITOR`. */
export class ScriptedEditor {
  readonly #next: string;
  readonly env: { readonly EDITOR: string };

  /** `folder` holds its program and what it is to save next. */
  constructor(folder: string) {
    const program = join(folder, 'editor.mjs');
    this.#next = join(folder, 'next-edit');
    const source = `import {copyFileSync} from 'node:fs'; copyFileSync(${JSON.stringify(this.#next)}, process.argv.at(-1));`;
    writeFileSync(program, source);
    this.env = { EDITOR: `"${process.execPath}" '${program}'` };
  }

  /** What it saves when it is opened next. */
  willSave(content: string): void {
    writeFileSync(this.#next, content);
  }
}
