import { openRevision } from '../../src/ledger/sources/open-revision.ts';
import { joinRevision } from '../../src/ledger/read-ledger.ts';
import { linkLedger } from '../../src/ledger/links/link-ledger.ts';
import { openRecordHistory } from '../../src/ledger/history/record-history.ts';
import { readDocuments } from '../../src/ledger/sources/read-documents.ts';

// Prints what linking one repository costs in a process of its own, in milliseconds: the walk of history, then the links. Documents are read before.

const opened = await openRevision(process.argv[2] ?? '.');
await readDocuments(opened, 'full');
const start = performance.now();
await openRecordHistory(opened);
const walked = performance.now();
const joined = await joinRevision(opened, 'full');
const before = performance.now();
await linkLedger(joined, opened);
process.stdout.write(`${JSON.stringify({ history: walked - start, links: performance.now() - before })}\n`);
