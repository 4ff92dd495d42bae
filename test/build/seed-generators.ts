import { configureGlobal } from 'fast-check';

// A build is told apart from another by what changed, not by luck: the same cases each time. The long run draws new ones.
if (process.env['DOCKET_LONG'] === undefined) configureGlobal({ seed: 20_261_124 });
