/** What the pipeline of a build can be written for. */
export const ciNames = ['github', 'gitea', 'forgejo', 'woodpecker', 'drone', 'gitlab'] as const;

export type CiName = (typeof ciNames)[number];
