/** What `why` answers in a scenario that hides it. */
export const NO_WHY = 'There is no `why` here. Read what AWS answered, and look into the trail.';
