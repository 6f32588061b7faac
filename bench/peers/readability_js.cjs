// readability_js.cjs FOLDER ROUNDS - pages a second of CPU time through Mozilla's readability.js on linkedom.
'use strict';
const fs = require('fs');
const path = require('path');
const { Readability } = require('@mozilla/readability');
const { parseHTML } = require('linkedom');

function loaded(folder) {
  return fs.readdirSync(folder).filter((name) => name.endsWith('.html')).sort()
    .map((name) => fs.readFileSync(path.join(folder, name), 'utf8'));
}

function read(html) {
  const article = new Readability(parseHTML(html).document).parse();
  return article && article.textContent ? article.textContent.length : 0;
}

function round(pages) {
  const before = process.cpuUsage();
  let letters = 0;
  for (const html of pages) letters += read(html);
  const spent = process.cpuUsage(before);
  return { seconds: (spent.user + spent.system) / 1e6, letters };
}

const pages = loaded(process.argv[2]);
const rounds = Number(process.argv[3]);
round(pages); // the compiler of the engine warms up
const times = Array.from({ length: rounds }, () => round(pages).seconds).sort((a, b) => a - b);
console.log((pages.length / times[rounds >> 1]).toFixed(2));
