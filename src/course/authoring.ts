/**
 * What instructors and the build need: reading, proving and compiling files. Apart from index.ts, so that a
 * learner's start does not load YAML and schemas.
 */
export { type CheckCounts, type CheckReport, checkCourse, checkScenario } from './check.ts';
export { type ContentFile, compileCourse, siblingsOf } from './compile.ts';
export { type Faulty, type ReadScenario, readLesson, readScenario } from './load.ts';
export { checkMutants, type MutantCounts, type MutantReport } from './mutants/index.ts';
export { type NewScenario, newScenario } from './new-scenario.ts';
export { type ContentProblem, formatProblem } from './problem.ts';
export { lessonJsonSchema, scenarioJsonSchema } from './schema.ts';
