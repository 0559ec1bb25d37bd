// What the app loads with the first lesson: everything that needs the course, the shell and the cloud.

export { compareWorlds } from '../cloud/access-map/index.ts';
export { askFolder } from './ask-folder.ts';
export { checked, isUnchecked, withServices } from './edit-file.ts';
export { folderAnswered } from './folder-answer.ts';
export { saveEdited, send } from './play-on.ts';
export { cursorOf, Player } from './player.tsx';
export { contextsOf } from './player-state.ts';
export { pressKey } from './press-key.ts';
export { resize } from './scroll.ts';
export { foundOut } from './show-changes.ts';
export { arrive, setOut, travelOn } from './travel.ts';
export { openLesson } from './turn-pages.ts';
export { answered, answerOf, waitingLine } from './waiting-line.ts';
