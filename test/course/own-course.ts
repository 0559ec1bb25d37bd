import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { compileCourse } from '../../src/course/authoring.ts';

/** The files of our own course, by their paths in the project. */
export const ownFiles = ['lessons', 'scenarios'].flatMap((folder) =>
  readdirSync(resolve(folder)).map((file) => ({
    name: `${folder}/${file}`,
    text: readFileSync(join(resolve(folder), file), 'utf8'),
  })),
);

const compiled = compileCourse(ownFiles);
if ('problems' in compiled) throw new Error(JSON.stringify(compiled.problems));

/** Our own course. */
export const ownCourse = compiled.course;
