import { assign, setup } from 'xstate';
import type { Step } from './content.ts';
import {
  answer,
  arrive,
  begin,
  chooseMoment,
  draftLayer,
  draftOutcome,
  enterLine,
  leave,
  loadLog,
  observePrediction,
  type Played,
  type PlayerContext,
  preparedLines,
  questionOf,
  revealHint,
  runPrepared,
  saveFile,
  stepOf,
} from './player-context.ts';
import { CONFIDENCES, OUTCOMES, predictableLayers } from './prediction.ts';
import type { PlayerEvent } from './view.ts';

const indexOf = (event: PlayerEvent): number => (event.type === 'chosen' ? event.index : -1);

/**
 * Plays a lesson: concept pages, then the scenario's steps, then the quiz. Stepped purely with `transition`; the
 * config below is the diagram, what happens is in player-context.ts.
 */
export const playerMachine = setup({
  types: {
    context: {} as PlayerContext,
    events: {} as PlayerEvent,
    input: {} as Played,
  },
  guards: {
    hasPages: ({ context }) => (context.lesson?.pages.length ?? 0) > 0,
    morePages: ({ context }) => context.page + 1 < (context.lesson?.pages.length ?? 0),
    isStep: ({ context }, kind: Step['kind']) => stepOf(context)?.kind === kind,
    linesLeft: ({ context }) => context.linesRun < preparedLines(context).length,
    allLinesRun: ({ context }) => context.linesRun >= preparedLines(context).length,
    goalsMet: ({ context }) => context.goals.every(({ state }) => state === 'met'),
    goalsUnmet: ({ context }) => context.goals.some(({ state }) => state !== 'met'),
    questionsLeft: ({ context }) => context.question < context.scenario.quiz.length,
    choseDenied: ({ event }) => OUTCOMES[indexOf(event)]?.outcome === 'denied',
    choseOutcome: ({ event }) => OUTCOMES[indexOf(event)] !== undefined,
    choseLayer: ({ context, event }) => predictableLayers(context.scenario)[indexOf(event)] !== undefined,
    choseConfidence: ({ event }) => CONFIDENCES[indexOf(event)] !== undefined,
    choseRight: ({ context, event }) => questionOf(context)?.options[indexOf(event)]?.right === true,
    choseWrong: ({ context, event }) => questionOf(context)?.options[indexOf(event)]?.right === false,
  },
  actions: {
    turnPage: assign(({ context }) => ({ page: context.page + 1 })),
    arrive: assign(({ context }) => arrive(context)),
    nextStep: assign(({ context }) => leave(context)),
    nextQuestion: assign(({ context }) => ({ question: context.question + 1 })),
    runPrepared: assign(({ context }) => runPrepared(context)),
    enterLine: assign(({ context, event }) =>
      event.type === 'line.entered' ? enterLine(context, event.line) : {},
    ),
    saveFile: assign(({ context, event }) =>
      event.type === 'file.saved' ? saveFile(context, event.name, event.content) : {},
    ),
    loadLog: assign(({ context, event }) =>
      event.type === 'log.found' ? loadLog(context, event.name, event.content) : {},
    ),
    chooseMoment: assign(({ context, event }) =>
      event.type === 'moment.chosen' ? chooseMoment(context, event.index, event.keepAs) : {},
    ),
    draftOutcome: assign(({ event }) => draftOutcome(indexOf(event))),
    draftLayer: assign(({ context, event }) => draftLayer(context, indexOf(event))),
    observePrediction: assign(({ context, event }) => observePrediction(context, indexOf(event))),
    answer: assign(({ context, event }) => answer(context, indexOf(event))),
    takeAdvice: assign(({ event }) => (event.type === 'advice.found' ? { advice: event.advice } : {})),
    revealHint: assign(({ context }) => revealHint(context)),
  },
}).createMachine({
  id: 'player',
  context: ({ input }) => begin(input),
  initial: 'opening',
  states: {
    opening: { always: [{ guard: 'hasPages', target: 'concept' }, { target: 'scenario' }] },
    concept: {
      on: { continued: [{ guard: 'morePages', actions: 'turnPage' }, { target: 'scenario' }] },
    },
    scenario: {
      initial: 'arriving',
      on: {
        'line.entered': { actions: 'enterLine' },
        'file.saved': { actions: 'saveFile' },
        'log.found': { actions: 'loadLog' },
        'moment.chosen': { actions: 'chooseMoment' },
      },
      states: {
        arriving: {
          entry: 'arrive',
          always: [
            { guard: { type: 'isStep', params: 'say' }, target: 'say' },
            { guard: { type: 'isStep', params: 'predict' }, target: 'predict' },
            { guard: { type: 'isStep', params: 'task' }, target: 'task' },
            { guard: { type: 'isStep', params: 'question' }, target: 'question' },
            { target: '#player.quiz' },
          ],
        },
        leaving: { entry: 'nextStep', always: 'arriving' },
        say: {
          on: { continued: [{ guard: 'linesLeft', actions: 'runPrepared' }, { target: 'leaving' }] },
        },
        predict: {
          initial: 'before',
          states: {
            before: {
              always: { guard: 'allLinesRun', target: 'outcome' },
              on: { continued: { actions: 'runPrepared' } },
            },
            outcome: {
              on: {
                chosen: [
                  { guard: 'choseDenied', actions: 'draftOutcome', target: 'layer' },
                  { guard: 'choseOutcome', actions: 'draftOutcome', target: 'confidence' },
                ],
              },
            },
            layer: { on: { chosen: { guard: 'choseLayer', actions: 'draftLayer', target: 'confidence' } } },
            confidence: {
              on: { chosen: { guard: 'choseConfidence', actions: 'observePrediction', target: 'revealed' } },
            },
            revealed: { on: { continued: '#player.scenario.leaving' } },
          },
        },
        task: {
          initial: 'working',
          on: { 'advice.found': { actions: 'takeAdvice' } },
          states: {
            working: {
              always: { guard: 'goalsMet', target: 'done' },
              on: { 'hint.asked': { actions: 'revealHint' } },
            },
            done: {
              always: { guard: 'goalsUnmet', target: 'working' },
              on: { continued: '#player.scenario.leaving' },
            },
          },
        },
        question: {
          initial: 'asking',
          states: {
            asking: {
              on: {
                chosen: [
                  { guard: 'choseRight', actions: 'answer', target: 'answered' },
                  { guard: 'choseWrong', actions: 'answer' },
                ],
              },
            },
            answered: { on: { continued: '#player.scenario.leaving' } },
          },
        },
      },
    },
    quiz: {
      initial: 'arriving',
      states: {
        arriving: { always: [{ guard: 'questionsLeft', target: 'asking' }, { target: '#player.closing' }] },
        asking: {
          on: {
            chosen: [
              { guard: 'choseRight', actions: 'answer', target: 'answered' },
              { guard: 'choseWrong', actions: 'answer' },
            ],
          },
        },
        answered: { on: { continued: { actions: 'nextQuestion', target: 'arriving' } } },
      },
    },
    closing: {},
  },
});
