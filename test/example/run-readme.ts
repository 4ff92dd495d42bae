// Every session of the README against the built product, one line for each command: `docket replay release/readme` runs this in a fresh clone.
import { buildExample } from './build-example.ts';
import { asked, firstDifference, openDesk, story, type Shown } from './readme-examples.ts';

const desk = openDesk();
const example = buildExample();
const wrong: string[] = [];
try {
  const told = desk.tell();
  const pairs: [Shown, string][] = [...story.map((shown, index): [Shown, string] => [shown, told[index] ?? '']), ...asked.map((shown): [Shown, string] => [shown, desk.ask(shown.command, example.dir)])];
  for (const [shown, said] of pairs) {
    const difference = firstDifference(said, shown);
    console.log(`${difference === null ? 'as shown' : 'not so'}: ${shown.command}`);
    if (difference !== null) wrong.push(`${shown.command}: ${difference}`);
  }
} finally {
  example.remove();
  desk.remove();
}
for (const each of wrong) console.error(each);
process.exitCode = wrong.length === 0 ? 0 : 1;
