export { complete } from './complete.ts';
export { decisionText } from './decision-text.ts';
export { mark, openSession, writeFile } from './history.ts';
export { eventInspection } from './inspection.ts';
export { runLine } from './line.ts';
export { printable } from './printable.ts';
export { restore, type SavedSession, save } from './saved.ts';
export type { Attempt, LogEntry, Moment, Session, ShellEffect, Turn } from './session.ts';
