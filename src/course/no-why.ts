/** What `why` answers in a challenge that hides it. */
export const NO_WHY = 'There is no `why` in this challenge. Read what AWS answered, and look into the trail.';
