// What the app loads with the first lesson: everything that needs the course, the shell and the cloud.

export { compareWorlds } from '../cloud/access-map/index.ts';
export { askFolder } from './ask-folder.ts';
export { checked, isUnchecked, withServices } from './edit-file.ts';
export { folderAnswered } from './folder-answer.ts';
export { cursorOf, Player } from './player.tsx';
export { contextsOf } from './player-state.ts';
export { openLesson, pressKey, resize, saveEdited, send } from './press-key.ts';
export { foundOut } from './show-changes.ts';
export { arrive, setOut, travelOn } from './travel.ts';
