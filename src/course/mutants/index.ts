/** Solutions changed in the ways that matter, to see whether a goal notices. */
export { checkMutants, type MutantCounts, type MutantReport, mutantsOf } from './check-mutants.ts';
