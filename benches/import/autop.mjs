// Puts texts of the classic editor into paragraphs: on each line a text as JSON, in and out.
import { createInterface } from 'node:readline';
import { autop } from '@wordpress/autop';

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(autop(JSON.parse(line)))}\n`);
}
