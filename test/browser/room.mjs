// room.mjs - the reading room in a browser: node room.mjs URL CHROMIUM PICTURES MODULES
//
// Drives `khabar serve` (started by browser.sh over the example pages, open for corrections) with playwright-core: every page in
// every language of the interface and both colour schemes, every filter, the keyboard alone, no script at all, print, forms.
// On each page that is opened: no message of the console, no request to anybody else, no serious finding of axe-core, nothing
// wider than the window. Prints TAP; keeps a picture of each page in PICTURES for people to look at.
import { createRequire } from "node:module";
import { join } from "node:path";
import { writeFileSync } from "node:fs";

const [base, chromium, pictures, modules] = process.argv.slice(2);
const require = createRequire(join(modules, "/"));
const { chromium: driver } = require("playwright-core");
const axe = require("axe-core").source;

const languages = { en: "ltr", ar: "rtl", fa: "rtl", ru: "ltr" };
let failed = 0;

function tell(ok, what, ...details) {
  for (const detail of ok ? [] : details) {
    console.log("# " + String(typeof detail === "string" ? detail : JSON.stringify(detail)).replaceAll("\n", "\n# "));
  }
  console.log((ok ? "ok " : "not ok ") + "browser: " + what);
  failed += ok ? 0 : 1;
}

// A window whose console, errors and requests are watched; bad is what was noticed.
async function open(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(8000);
  const bad = [];
  page.on("console", (m) => { if (m.type() === "error" || m.type() === "warning") { bad.push("console: " + m.text()); } });
  page.on("pageerror", (e) => bad.push("script: " + e.message));
  page.on("dialog", (d) => { bad.push("dialog: " + d.message()); d.dismiss(); });
  page.on("request", (r) => { if (!r.url().startsWith(base) && !r.url().startsWith("data:")) { bad.push("request: " + r.url()); } });
  return { context, page, bad };
}

async function findings(page) {
  await page.evaluate(axe);
  const result = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"] }));
  return result.violations.filter((v) => v.impact === "serious" || v.impact === "critical")
    .map((v) => `${v.id}: ${v.help}; ${v.nodes.length} times, first ${v.nodes[0].html.slice(0, 160)} ${(v.nodes[0].any[0] || {}).message || ""}`);
}

// What sticks out of the window, and words that are cut: clipped without an ellipsis.
function misplaced() {
  const wide = document.documentElement.scrollWidth > window.innerWidth + 1 ? ["the page is " + document.documentElement.scrollWidth + " wide"] : [];
  const cut = [...document.querySelectorAll("h1, h2, h3, .chip, .badge, .counts, .value, th")].filter((e) => e.offsetParent &&
    !e.closest(".scroll, .timeline") && e.scrollWidth > e.clientWidth + 2 && e.clientWidth > 0 && getComputedStyle(e).display !== "inline");
  return wide.concat(cut.map((e) => "cut: " + e.outerHTML.slice(0, 120)));
}

async function check(w, what, shot, judged = true) {
  const noticed = w.bad.splice(0);
  tell(noticed.length === 0, `${what}: nothing in the console, nobody else is asked`, ...noticed);
  if (judged) {
    const serious = await findings(w.page);
    tell(serious.length === 0, `${what}: no serious finding of axe-core`, ...serious);
  }
  const out = await w.page.evaluate(misplaced);
  tell(out.length === 0, `${what}: nothing is cut or sticks out`, ...out);
  if (shot) {
    await w.page.screenshot({ path: join(pictures, shot + ".png"), fullPage: true });
  }
}

// ---- every page ----

async function addresses() {
  const json = async (path) => (await fetch(base + path)).json();
  const front = await json("/stories.json");
  const rows = front.stories || front.rows;
  const largest = rows.reduce((a, b) => (b.reports > a.reports ? b : a));
  const id = largest.id || largest.story;
  const story = await json(`/stories/${id}.json`);
  const copy = story.copies.find((c) => c.kind === "abridged") || story.copies[0];
  const number = (label) => (story.articles.find((a) => a.label === label) || {}).id;
  const src = typeof copy.src === "string" ? number(copy.src) : story.articles[copy.src].id;
  const dst = typeof copy.dst === "string" ? number(copy.dst) : story.articles[copy.dst].id;
  const arabic = story.articles.find((a) => a.label === "ar04-levantis");
  return { id, articles: story.articles.length, src, dst,
    pages: { front: "/", story: `/stories/${id}`, graph: `/stories/${id}/graph`, sides: `/stories/${id}/sides?a=${src}&b=${dst}`,
      article: `/articles/${arabic.id}`, search: "/search?q=" + encodeURIComponent("Сермет"), nothing: "/search?q=zzzzqqq",
      watch: "/watch-lists", missing: "/stories/s000000000" } };
}

async function everyPage(browser, at) {
  for (const [ui, dir] of Object.entries(languages)) {
    for (const colorScheme of ["light", "dark"]) {
      const w = await open(browser, { colorScheme });
      for (const [name, path] of Object.entries(at.pages)) {
        // all pages in one language of each direction, the main ones in the others and in the dark
        const whole = colorScheme === "light" && ["en", "fa"].includes(ui);
        if (!whole && (!["front", "story", "article"].includes(name) || (colorScheme === "dark" && !["en", "fa"].includes(ui)))) { continue; }
        const what = `${name} in ${ui}, ${colorScheme}`;
        await w.page.goto(base + path + (path.includes("?") ? "&" : "?") + "ui=" + ui);
        if (name === "missing") { w.bad.splice(0); } // the browser itself tells of a 404
        const html = await w.page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]);
        tell(html[0] === ui && html[1] === dir, `${what}: is in its language and direction`, html);
        await check(w, what, ui !== "ru" && `${name}.${ui}.${colorScheme}`, ui !== "ru");
      }
      await w.context.close();
    }
  }
}

async function narrow(browser, at) {
  for (const [ui, names] of Object.entries({ en: ["story", "sides"], fa: ["front", "story", "graph", "article"] })) {
    const w = await open(browser, { viewport: { width: 390, height: 800 } });
    for (const name of names) {
      const path = at.pages[name];
      await w.page.goto(base + path + (path.includes("?") ? "&" : "?") + "ui=" + ui);
      await check(w, `${name} in ${ui} on a telephone`, `${name}.${ui}.narrow`);
    }
    await w.context.close();
  }
}

// ---- languages of the texts ----

async function directions(browser, at) {
  const w = await open(browser);
  await w.page.goto(base + at.pages.story + "?ui=en");
  const wrong = await w.page.evaluate(() => {
    const arabic = /[\u0620-\u064a\u066e-\u06d3]/g;
    const latin = /[A-Za-z\u0400-\u04ff]/g;
    const count = (s, r) => (s.match(r) || []).length;
    return [...document.querySelectorAll("q, .words, .report .title a, h1")].filter((e) => {
      const rtl = count(e.textContent, arabic) > count(e.textContent, latin);
      const any = count(e.textContent, arabic) + count(e.textContent, latin) > 3;
      return any && (getComputedStyle(e).direction === "rtl") !== rtl;
    }).map((e) => e.outerHTML.slice(0, 150));
  });
  tell(wrong.length === 0, "each block of the story runs as its letters do", ...wrong.slice(0, 5));
  const mirrored = async (ui) => {
    await w.page.goto(base + at.pages.story + "?ui=" + ui);
    return w.page.evaluate(() => [...document.querySelectorAll(".timeline circle")].slice(0, 2).map((c) => c.getBoundingClientRect().x));
  };
  const [a1, a2] = await mirrored("en");
  const [b1, b2] = await mirrored("ar");
  tell(a1 < a2 && b1 > b2, "time runs from left to right in English and from right to left in Arabic", [a1, a2, b1, b2]);
  await w.page.goto(base + at.pages.story + "?ui=fa");
  await w.page.goto(base + at.pages.story + "?calendar=jalali");
  const label = await w.page.locator(".stretch").innerText();
  tell(/مرداد/.test(label) && /[۰-۹]/.test(label), "the calendar that was chosen is in the dates", label);
  await w.page.goto(base + at.pages.story);
  tell((await w.page.evaluate(() => document.documentElement.lang)) === "fa", "and the choice is kept");
  await w.context.close();
}

// ---- filters ----

async function filters(browser) {
  const w = await open(browser);
  const rows = () => w.page.locator("li.story").count();
  await w.page.goto(base + "/?ui=en");
  const all = await rows();
  tell(all > 0, "the front page has stories");
  for (const kind of await w.page.locator(".facet:not(.days)").count().then((n) => [...Array(n).keys()])) {
    await w.page.goto(base + "/");
    const link = w.page.locator(".facet:not(.days)").nth(kind).locator("li a").first();
    const name = await w.page.locator(".facet:not(.days) h3").nth(kind).innerText();
    const count = Number(await link.locator(".count").innerText());
    await Promise.all([w.page.waitForURL(/\?/), link.click()]);
    const url = w.page.url();
    tell(url.includes("?") && (await rows()) === Math.min(count, 30), `filter by ${name}: as many rows as it promised`, url, count, await rows());
    const chosen = w.page.locator('.facets [aria-current="true"]');
    tell((await chosen.count()) === 1, `filter by ${name}: is marked as chosen`);
    await check(w, `front filtered by ${name}`);
    await Promise.all([w.page.waitForURL((u) => u.search === ""), chosen.click()]);
    tell((await rows()) === all, `filter by ${name}: is taken off again`);
  }
  for (const [since, until, none] of [["2024-08-01", "2024-08-05", false], ["2031-01-01", "2031-01-02", true]]) {
    await w.page.goto(base + "/");
    await w.page.fill('input[name="since"]', since);
    await w.page.fill('input[name="until"]', until);
    await Promise.all([w.page.waitForURL(/since/), w.page.locator(".days button").click()]);
    tell(((await rows()) === 0) === none, `filter by days ${since} to ${until}`, w.page.url());
  }
  await w.page.goto(base + "/");
  await w.page.check('input[name="disagree"]');
  await Promise.all([w.page.waitForURL(/disagree=1/), w.page.locator(".days button").click()]);
  tell((await rows()) > 0 && (await rows()) === (await w.page.locator(".story .badge.conflict").count()), "only stories whose figures disagree", await rows());
  await w.context.close();
}

// ---- story ----

async function story(browser, at) {
  const w = await open(browser);
  await w.page.goto(base + at.pages.story + "?ui=en");
  tell((await w.page.locator(".timeline circle").count()) === at.articles, "the timeline has a mark for each report");
  tell((await w.page.locator(".report").count()) === at.articles, "and so has the list of reports");
  const first = w.page.locator(".figures tbody tr").first();
  tell(/disagree/.test(await first.getAttribute("class")), "disagreeing figures come first");
  tell((await w.page.locator(".verdict .reason").count()) === (await w.page.locator(".verdict").count()), "each verdict has its reason");
  const value = w.page.locator(".figures .value").first();
  const number = (await value.innerText()).trim();
  await value.click();
  const target = await w.page.locator(":target").innerText();
  tell(/\/articles\/\d+#at-\d+$/.test(w.page.url()) && target.length > 0, "a figure leads to its sentence", w.page.url(), number, target);
  await w.page.goto(base + at.pages.graph);
  const listed = await w.page.locator(".tree .source").evaluateAll((links) => new Set(links.map((a) => a.pathname)).size);
  tell(listed === at.articles, "the list of the graph names every report", listed, at.articles);
  await w.page.locator(".graph a.share").first().click();
  tell((await w.page.locator(".sides .shared").count()) > 0, "a share leads to both texts side by side", w.page.url());
  await w.page.check("#only-differences");
  tell((await w.page.locator(".sides .shared").first().isVisible()) === false, "what both have can be hidden");
  await check(w, "side by side, differences only");
  await w.context.close();
}

async function article(browser, at) {
  const w = await open(browser);
  await w.page.goto(base + at.pages.article + "?ui=en");
  for (const kind of ["n", "q", "f", "d"]) {
    tell((await w.page.locator(`.marked .${kind}`).count()) > 0, `the article marks its findings: ${kind}`);
  }
  const background = () => w.page.locator(".marked .q").last().evaluate((e) => getComputedStyle(e).backgroundColor);
  const before = await background();
  await w.page.uncheck("#show-quotations");
  tell(before !== (await background()), "marks are switched off by kind");
  const raw = await w.page.request.get(base + at.pages.article + "/raw");
  tell(/^text\/plain/.test(raw.headers()["content-type"]) && /sandbox/.test(raw.headers()["content-security-policy"]), "the capture is plain text in a sandbox",
    raw.headers());
  await w.context.close();
}

// ---- keyboard ----

async function keyboard(browser, at) {
  const w = await open(browser);
  await w.page.goto(base + "/?ui=en");
  const focus = () => w.page.evaluate(() => (document.activeElement.className || document.activeElement.id || document.activeElement.tagName));
  await w.page.keyboard.press("Tab");
  tell((await focus()) === "skip", "the first stop of Tab is the way past the bar", await focus());
  await w.page.keyboard.press("Enter");
  tell((await focus()) === "main", "it leads to the content", await focus());
  await w.page.keyboard.press("/");
  await w.page.keyboard.type("Сермет");
  await w.page.keyboard.press("Enter");
  await w.page.waitForURL(/search/);
  const langs = await w.page.locator(".hit h2 a").evaluateAll((links) => new Set(links.map((a) => a.lang)).size);
  tell(langs > 1, "a name typed in Russian is found in other scripts", langs);
  await w.page.keyboard.press("j");
  await w.page.keyboard.press("j");
  const second = await w.page.evaluate(() => document.activeElement.href);
  await w.page.keyboard.press("Enter");
  await w.page.waitForURL(/articles/);
  tell(w.page.url() === second, "j goes down the rows and Enter opens one", second);
  for (const name of ["front", "story", "graph", "article", "watch"]) {
    await w.page.goto(base + at.pages[name]);
    const stops = await w.page.evaluate(() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), summary, [tabindex='0']")]
      .filter((e) => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length).length);
    const seen = new Set();
    let invisible = 0;
    for (let i = 0; i < stops + 15; i++) {
      await w.page.keyboard.press("Tab");
      const [key, shown] = await w.page.evaluate(() => {
        const e = document.activeElement;
        window.stops = window.stops || new Map();
        if (!window.stops.has(e)) { window.stops.set(e, window.stops.size); }
        const style = getComputedStyle(e);
        return [window.stops.get(e), e === document.body || style.outlineStyle !== "none" || style.boxShadow !== "none"];
      });
      seen.add(key);
      invisible += shown ? 0 : 1;
    }
    tell(seen.size >= stops, `${name}: every one of ${stops} stops is reached with Tab`, seen.size);
    tell(invisible === 0, `${name}: where the focus is can be seen`, invisible);
  }
  await w.context.close();
}

// ---- no script, print ----

async function withoutScript(browser, at) {
  const w = await open(browser, { javaScriptEnabled: false });
  await w.page.goto(base + "/?ui=en");
  await w.page.fill("#q", "Sermet");
  await w.page.locator(".find button").click();
  tell((await w.page.locator(".hit").count()) > 0, "without a script: search");
  await w.page.goto(base + at.pages.story);
  await w.page.locator("details.quiet summary").click();
  tell(await w.page.locator("details.quiet li").first().isVisible(), "without a script: folds open");
  await w.page.goto(base + at.pages.sides);
  await w.page.check("#only-differences");
  tell(!(await w.page.locator(".sides .shared").first().isVisible()), "without a script: differences alone");
  tell(w.bad.length === 0, "without a script: nothing in the console", ...w.bad);
  await w.context.close();
}

async function print(browser, at) {
  for (const ui of ["en", "ar"]) {
    const w = await open(browser);
    await w.page.goto(base + at.pages.story + "?ui=" + ui);
    await w.page.emulateMedia({ media: "print" });
    const visible = (selector) => w.page.locator(selector).first().isVisible();
    tell(!(await visible(".bar")) && !(await visible(".contents")) && (await visible(".figures")), `print in ${ui}: the dossier without the house around it`);
    const pdf = await w.page.pdf({ format: "A4", margin: { top: "15mm", bottom: "15mm", left: "14mm", right: "14mm" } });
    writeFileSync(join(pictures, `story.${ui}.pdf`), pdf);
    tell(pdf.length > 20000, `print in ${ui}: makes a document`, pdf.length);
    await w.context.close();
  }
}

// ---- forms ----

async function forms(browser, at) {
  const w = await open(browser);
  await w.page.goto(base + "/watch-lists?ui=en");
  await w.page.fill('input[name="title"]', "Dam <b>watch</b>");
  await w.page.fill('.watch-form input[name="name"]', "سرمت");
  await Promise.all([w.page.waitForURL(/watch-lists\/./), w.page.locator(".watch-form button").click()]);
  tell((await w.page.locator("h1").innerText()).includes("Dam <b>watch</b>"), "a watch list is made", w.page.url());
  await check(w, "a watch list", "watch-list.en.light");
  tell((await w.page.locator(".hit").count()) > 0, "it has what happened to the name in any script");
  for (const feed of await w.page.locator(".links a").evaluateAll((links) => links.map((a) => a.href))) {
    tell((await w.page.request.get(feed)).ok(), `its feed ${feed.replace(/.*\./, ".")} is there`);
  }
  await Promise.all([w.page.waitForURL(/watch-lists$/), w.page.locator("form.inline button").click()]);
  tell((await w.page.locator(".watch-lists > li").count()) === 0, "and it is deleted");

  await w.page.goto(base + at.pages.article + "?ui=en");
  await w.page.locator(".correct details summary").first().click();
  await w.page.locator('.correct details[open] input[name="value"]').fill("2024-08-02T09:00");
  await w.page.locator('.correct details[open] input[name="by"]').fill("nadia");
  await w.page.locator(".correct details[open] button").click();
  await w.page.waitForLoadState();
  await w.page.goto(base + at.pages.article);
  tell((await w.page.locator(".corrections li").count()) > 0 && /2 August 2024/.test(await w.page.locator("article .line").innerText()), "a date is corrected",
    await w.page.locator("article .line").innerText());
  await check(w, "an article with a correction", "corrected.en.light");
  await w.page.locator(".corrections form button").first().click();
  await w.page.waitForLoadState();
  await w.page.goto(base + at.pages.article);
  tell(/1 August 2024/.test(await w.page.locator("article .line").innerText()), "and the correction is taken back");
  await w.context.close();
}

// ---- a hostile page: added by browser.sh with markup and controls in its title ----

async function hostile(browser) {
  const w = await open(browser);
  for (const path of ["/?ui=en", "/search?q=ZZHOSTILE&ui=en"]) {
    await w.page.goto(base + path);
    tell((await w.page.evaluate(() => window.hacked)) === undefined, `${path}: what a page says is text`);
    tell((await w.page.locator("main img, main iframe, main script, main style").count()) === 0, `${path}: none of its markup is here`);
    tell(!/[\u202a-\u202e\u2066-\u2069]/.test(await w.page.content()), `${path}: nothing turns the line around`);
  }
  await w.page.locator(".hit h2 a").first().click();
  await check(w, "the article of a hostile page");
  await w.context.close();
}

const browser = await driver.launch({ executablePath: chromium, args: ["--no-sandbox", "--disable-dev-shm-usage", "--force-color-profile=srgb"] });
const parts = { everyPage, narrow, directions, filters, story, article, keyboard, withoutScript, print, hostile, forms };
const only = (process.env.KHABAR_BROWSER_ONLY || "").split(",").filter(Boolean);
const at = await addresses();
for (const [name, part] of Object.entries(parts)) {
  if (only.length && !only.includes(name)) { continue; }
  const began = Date.now();
  try {
    await part(browser, at);
  } catch (error) {
    tell(false, `${name} ran to its end`, error.stack || String(error));
  }
  console.log(`# ${name}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
}
await browser.close();
process.exit(failed ? 1 : 0);
