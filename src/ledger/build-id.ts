/** Set by the build to a digest of the sources; absent where the sources are run as they are. */
declare const DOCKET_BUILD: string | undefined;

/** Names the code that made what the cache keeps: another build trusts none of it. */
export const buildId: string = typeof DOCKET_BUILD === 'string' ? DOCKET_BUILD : 'source';
