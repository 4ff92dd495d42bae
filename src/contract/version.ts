/** Put in by the build. */
declare const DOCKET_VERSION: string | undefined;

/** The version of this docket, as in its package; where it runs from its sources, a name that no release has. */
export const version: string = typeof DOCKET_VERSION === 'string' ? DOCKET_VERSION : '0.0.0-source';
