// room.mjs - the reading room in a browser: node room.mjs URL CHROMIUM PICTURES MODULES [URL]
//
// Drives `khabar serve` (started by browser.sh over the example pages, open for corrections) with playwright-core: every page in
// every language of the interface and both colour schemes, every filter, the keyboard alone, no script at all, print, forms; of the
// second server, over other pages, every page and filter. Parts that change nothing run beside each other.
// On each page that is opened: no message of the console, no request to anybody else, no serious finding of axe-core, nothing
// wider than the window. Prints TAP; keeps a picture of each page in PICTURES for people to look at.
import { createRequire } from "node:module";
import { join } from "node:path";
import { writeFileSync } from "node:fs";

const patience = Number(process.env.KHABAR_PATIENCE || 1); // how much slower this build may be
const [address, chromium, pictures, modules, other] = process.argv.slice(2);
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
async function open(browser, at, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(25000 * patience); // a busy machine is slow, not broken
  const bad = [];
  const late = (words) => patience > 1 && words.includes("status of 503"); // the server's own limits of time know no patience
  page.on("console", (m) => { if ((m.type() === "error" || m.type() === "warning") && !late(m.text())) { bad.push("console: " + m.text()); } });
  page.on("pageerror", (e) => bad.push("script: " + e.message));
  page.on("dialog", (d) => { bad.push("dialog: " + d.message()); d.dismiss(); });
  page.on("request", (r) => { if (!r.url().startsWith(at.base) && !r.url().startsWith("data:")) { bad.push("request: " + r.url()); } });
  return { context, page, bad, name: at.name };
}

// Serious findings of axe-core; of RULES alone where they are named.
async function findings(page, rules) {
  await page.evaluate(axe);
  const only = rules ? { type: "rule", values: rules } : { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };
  const result = await page.evaluate((runOnly) => window.axe.run(document, { runOnly, resultTypes: ["violations"] }), only);
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

// What must hold of each page that is opened. JUDGED: true, false, or the rules of axe-core that are asked for.
async function check(w, what, shot, judged = true) {
  const noticed = w.bad.splice(0);
  what = w.name + what;
  tell(noticed.length === 0, `${what}: nothing in the console, nobody else is asked`, ...noticed);
  if (judged) {
    const serious = await findings(w.page, judged === true ? null : judged);
    tell(serious.length === 0, `${what}: no serious finding of axe-core`, ...serious);
  }
  const out = await w.page.evaluate(misplaced);
  tell(out.length === 0, `${what}: nothing is cut or sticks out`, ...out);
  if (shot) {
    await w.page.screenshot({ path: join(pictures, w.name.replace(": ", ".") + shot + ".png"), fullPage: true });
  }
}

// ---- every page ----

// The pages of the server at BASE: those of its largest story, and a smaller one for what is looked at often.
async function addresses(base, name, words) {
  const json = async (path) => (await fetch(base + path)).json();
  let rows = [];
  for (let i = 0; i < 100 && !(rows.length && rows.every((r) => r.origins !== null)); i++) { // compared beside the requests
    await new Promise((done) => setTimeout(done, i ? 100 : 0));
    rows = (await json("/stories.json")).stories;
  }
  const by = [...rows].sort((a, b) => b.reports - a.reports);
  const story = await json(`/stories/${by[0].id}.json`);
  const small = by.find((r) => r.reports < 10) || by[0];
  const copy = story.copies.find((c) => c.kind === "abridged") || story.copies[0];
  const number = (label) => (story.articles.find((a) => a.label === label) || {}).id;
  const id = (end) => (typeof end === "string" ? number(end) : story.articles[end].id);
  const [src, dst] = copy ? [id(copy.src), id(copy.dst)] : story.articles.map((a) => a.id);
  const arabic = story.articles.find((a) => a.label === "ar04-levantis") || story.articles.find((a) => a.language === "ar") || story.articles[0];
  return { base, name, articles: story.articles.length,
    pages: { front: "/", important: "/?order=importance", story: `/stories/${story.id}`, small: `/stories/${small.id}`, graph: `/stories/${story.id}/graph`,
      sides: `/stories/${story.id}/sides?a=${src}&b=${dst}`, article: `/articles/${arabic.id}`, search: "/search?q=" + encodeURIComponent(words),
      nothing: "/search?q=zzzzqqq", watch: "/watch-lists", missing: "/stories/s000000000" } };
}

const contrast = ["color-contrast"]; // all that the dark colours can change

// In which language and colours each page is looked at: PAGES with a picture and what is JUDGED by axe-core, all of it once in each
// direction; PLAIN ones for their direction, console, requests and places alone.
const looks = [
  { ui: "en", colorScheme: "light", pages: ["story"], judged: true },
  { ui: "en", colorScheme: "light", pages: ["front", "graph", "sides", "article", "search", "watch", "missing"], judged: true, plain: ["important", "nothing"] },
  { ui: "fa", colorScheme: "light", pages: ["story"], judged: false },
  { ui: "fa", colorScheme: "light", pages: ["small", "graph", "article"], judged: true, plain: ["search", "nothing", "watch", "missing", "important"] },
  { ui: "ar", colorScheme: "light", pages: ["front", "sides"], judged: contrast, plain: ["story", "article", "search"] },
  { ui: "ru", colorScheme: "light", pages: [], plain: ["front", "story", "article", "sides"] },
  { ui: "en", colorScheme: "dark", pages: ["front", "small"], judged: contrast },
  { ui: "fa", colorScheme: "dark", pages: ["article", "sides"], judged: contrast },
];

async function look(browser, at, { ui, colorScheme, pages, judged, plain = [] }) {
  const w = await open(browser, at, { colorScheme });
  for (const name of [...pages, ...plain]) {
    const path = at.pages[name];
    const whole = pages.includes(name);
    await w.page.goto(at.base + path + (path.includes("?") ? "&" : "?") + "ui=" + ui);
    if (name === "missing") { w.bad.splice(0); } // the browser itself tells of a 404
    const html = await w.page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]);
    tell(html[0] === ui && html[1] === languages[ui], `${at.name}${name} in ${ui}, ${colorScheme}: is in its language and direction`, html);
    await check(w, `${name} in ${ui}, ${colorScheme}`, whole && `${name}.${ui}.${colorScheme}`, whole && judged);
  }
  await w.context.close();
}

async function narrow(browser, at) {
  for (const [ui, width, names] of [["en", 390, ["sides"]], ["fa", 390, ["front", "small", "article"]], ["ar", 320, ["front", "story", "search", "watch"]]]) {
    const w = await open(browser, at, { viewport: { width, height: 800 } });
    for (const name of names) {
      const path = at.pages[name];
      await w.page.goto(at.base + path + (path.includes("?") ? "&" : "?") + "ui=" + ui);
      await check(w, `${name} in ${ui}, ${width} wide`, width === 390 && `${name}.${ui}.narrow`, width === 390 && ["target-size", "scrollable-region-focusable"]);
    }
    await w.context.close();
  }
}

// ---- languages of the texts ----

async function directions(browser, at) {
  const w = await open(browser, at);
  await w.page.goto(at.base + at.pages.story + "?ui=en");
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
    await w.page.goto(at.base + at.pages.story + "?ui=" + ui);
    return w.page.evaluate(() => [...document.querySelectorAll(".timeline circle")].slice(0, 2).map((c) => c.getBoundingClientRect().x));
  };
  const [a1, a2] = await mirrored("en");
  const [b1, b2] = await mirrored("ar");
  tell(a1 < a2 && b1 > b2, "time runs from left to right in English and from right to left in Arabic", [a1, a2, b1, b2]);
  await w.page.goto(at.base + at.pages.story + "?ui=fa");
  await w.page.goto(at.base + at.pages.story + "?calendar=jalali");
  const label = await w.page.locator(".stretch").innerText();
  tell(/مرداد/.test(label) && /[۰-۹]/.test(label), "the calendar that was chosen is in the dates", label);
  await w.page.goto(at.base + at.pages.story);
  tell((await w.page.evaluate(() => document.documentElement.lang)) === "fa", "and the choice is kept");
  await w.context.close();
}

// ---- filters ----

async function filters(browser, at) {
  const w = await open(browser, at);
  const rows = () => w.page.locator("li.story").count();
  await w.page.goto(at.base + "/?ui=en");
  const all = await rows();
  tell(all > 0, at.name + "the front page has stories");
  for (const kind of await w.page.locator(".facet:not(.days)").count().then((n) => [...Array(n).keys()])) {
    await w.page.goto(at.base + "/");
    const link = w.page.locator(".facet:not(.days)").nth(kind).locator("li a").first();
    const name = await w.page.locator(".facet:not(.days) h3").nth(kind).innerText();
    const count = Number(await link.locator(".count").innerText());
    await Promise.all([w.page.waitForURL(/\?/), link.click()]);
    const url = w.page.url();
    tell(url.includes("?") && (await rows()) === Math.min(count, 30), `${at.name}filter by ${name}: as many rows as it promised`, url, count, await rows());
    const chosen = w.page.locator('.facets [aria-current="true"]');
    tell((await chosen.count()) === 1, `${at.name}filter by ${name}: is marked as chosen`);
    await check(w, `front filtered by ${name}`, null, ["aria-valid-attr-value", "link-name", "list"]);
    await Promise.all([w.page.waitForURL((u) => u.search === ""), chosen.click()]);
    tell((await rows()) === all, `${at.name}filter by ${name}: is taken off again`);
  }
  for (const [since, until, none] of [[at.name ? "2022-01-01" : "2024-08-01", at.name ? "2022-12-31" : "2024-08-05", false], ["2031-01-01", "2031-01-02", true]]) {
    await w.page.goto(at.base + "/");
    await w.page.fill('input[name="since"]', since);
    await w.page.fill('input[name="until"]', until);
    await Promise.all([w.page.waitForURL(/since/), w.page.locator(".days button").click()]);
    tell(((await rows()) === 0) === none, `${at.name}filter by days ${since} to ${until}`, w.page.url());
  }
  await w.page.goto(at.base + "/");
  await w.page.check('input[name="disagree"]');
  await Promise.all([w.page.waitForURL(/disagree=1/), w.page.locator(".days button").click()]);
  tell((at.name || (await rows()) > 0) && (await rows()) === (await w.page.locator(".story .badge.conflict").count()), at.name + "only stories whose figures disagree", await rows());
  await w.context.close();
}

async function orders(browser, at) {
  const w = await open(browser, at);
  await w.page.goto(at.base + "/?ui=en&language=ar");
  await Promise.all([w.page.waitForURL(/order=importance/), w.page.locator(".orders a").nth(1).click()]);
  tell(w.page.url().includes("language=ar") && (await w.page.locator('.orders [aria-current="true"]').innerText()) === "Most important first",
    "the order keeps the filter and says which it is", w.page.url());
  await Promise.all([w.page.waitForURL(/since/), w.page.locator(".days button").click()]);
  tell(w.page.url().includes("order=importance"), "and the filter by days keeps the order", w.page.url());
  await w.context.close();
}

// ---- story ----

async function story(browser, at) {
  const w = await open(browser, at);
  await w.page.goto(at.base + at.pages.story + "?ui=en");
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
  await w.page.goto(at.base + at.pages.graph);
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
  const w = await open(browser, at);
  await w.page.goto(at.base + at.pages.article + "?ui=en");
  for (const kind of ["n", "q", "f", "d"]) {
    tell((await w.page.locator(`.marked .${kind}`).count()) > 0, `the article marks its findings: ${kind}`);
  }
  const background = () => w.page.locator(".marked .q").last().evaluate((e) => getComputedStyle(e).backgroundColor);
  const before = await background();
  await w.page.uncheck("#show-quotations");
  tell(before !== (await background()), "marks are switched off by kind");
  const raw = await w.page.request.get(at.base + at.pages.article + "/raw");
  tell(/^text\/plain/.test(raw.headers()["content-type"]) && /sandbox/.test(raw.headers()["content-security-policy"]), "the capture is plain text in a sandbox",
    raw.headers());
  await w.context.close();
}

// ---- keyboard ----

async function keyboard(browser, at) {
  const w = await open(browser, at);
  await w.page.goto(at.base + "/?ui=en");
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
  for (const name of ["front", "small", "graph", "article", "watch"]) {
    await w.page.goto(at.base + at.pages[name]);
    const stops = await w.page.evaluate(() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), summary, [tabindex='0']")]
      .filter((e) => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length).length);
    await w.page.evaluate(() => {
      window.seen = new Set();
      window.invisible = [];
      document.addEventListener("focusin", (event) => {
        const style = getComputedStyle(event.target);
        window.seen.add(event.target);
        if (style.outlineStyle === "none" && style.boxShadow === "none") { window.invisible.push(event.target.outerHTML.slice(0, 120)); }
      });
    });
    for (let i = 0; i < stops + 15; i += 20) { // sent together: the page itself keeps the account
      await Promise.all([...Array(20)].map(() => w.page.keyboard.press("Tab")));
    }
    const [seen, invisible] = await w.page.evaluate(() => [window.seen.size, window.invisible]);
    tell(seen >= stops, `${name}: every one of ${stops} stops is reached with Tab`, seen);
    tell(invisible.length === 0, `${name}: where the focus is can be seen`, ...invisible.slice(0, 5));
  }
  await w.context.close();
}

// ---- no script, print ----

async function withoutScript(browser, at) {
  const w = await open(browser, at, { javaScriptEnabled: false });
  await w.page.goto(at.base + "/?ui=en");
  await w.page.fill("#q", "Sermet");
  await w.page.locator(".find button").click();
  tell((await w.page.locator(".hit").count()) > 0, "without a script: search");
  await w.page.goto(at.base + at.pages.story);
  await w.page.locator("details.quiet summary").click();
  tell(await w.page.locator("details.quiet li").first().isVisible(), "without a script: folds open");
  await w.page.goto(at.base + at.pages.sides);
  await w.page.check("#only-differences");
  tell(!(await w.page.locator(".sides .shared").first().isVisible()), "without a script: differences alone");
  tell(w.bad.length === 0, "without a script: nothing in the console", ...w.bad);
  await w.context.close();
}

async function print(browser, at) {
  for (const ui of ["en", "ar"]) {
    const w = await open(browser, at);
    await w.page.goto(at.base + at.pages.story + "?ui=" + ui);
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
  const w = await open(browser, at);
  await w.page.goto(at.base + "/watch-lists?ui=en");
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

  await w.page.goto(at.base + at.pages.article + "?ui=en");
  await w.page.locator(".correct details summary").first().click();
  await w.page.locator('.correct details[open] input[name="value"]').fill("2024-08-02T09:00");
  await w.page.locator('.correct details[open] input[name="by"]').fill("nadia");
  await w.page.locator(".correct details[open] button").click();
  await w.page.waitForLoadState();
  await w.page.goto(at.base + at.pages.article);
  tell((await w.page.locator(".corrections li").count()) > 0 && /2 August 2024/.test(await w.page.locator("article .line").innerText()), "a date is corrected",
    await w.page.locator("article .line").innerText());
  await check(w, "an article with a correction", "corrected.en.light");
  await w.page.locator(".corrections form button").first().click();
  await w.page.waitForLoadState();
  await w.page.goto(at.base + at.pages.article);
  tell(/1 August 2024/.test(await w.page.locator("article .line").innerText()), "and the correction is taken back");
  await w.context.close();
}

// ---- a hostile page: added by browser.sh with markup and controls in its title ----

async function hostile(browser, at) {
  const w = await open(browser, at);
  for (const path of ["/?ui=en", "/search?q=ZZHOSTILE&ui=en"]) {
    await w.page.goto(at.base + path);
    tell((await w.page.evaluate(() => window.hacked)) === undefined, `${path}: what a page says is text`);
    tell((await w.page.locator("main img, main iframe, main script, main style").count()) === 0, `${path}: none of its markup is here`);
    tell(!/[\u202a-\u202e\u2066-\u2069]/.test(await w.page.content()), `${path}: nothing turns the line around`);
  }
  await w.page.locator(".hit h2 a").first().click();
  await check(w, "the article of a hostile page");
  await w.context.close();
}

// ---- motion ----

async function motion(browser, at) {
  const w = await open(browser, at, { reducedMotion: "reduce" });
  await w.page.goto(at.base + at.pages.small);
  const moving = await w.page.evaluate(() => [getComputedStyle(document.documentElement).scrollBehavior,
    ...[...document.querySelectorAll("*")].map((e) => getComputedStyle(e)).filter((s) => s.transitionDuration !== "0s" || s.animationName !== "none").map((s) => s.transitionProperty)]);
  tell(moving.length === 1 && moving[0] === "auto", "who wants no motion gets none", moving);
  await w.context.close();
}

const browser = await driver.launch({ executablePath: chromium, args: ["--no-sandbox", "--disable-dev-shm-usage", "--force-color-profile=srgb"] });
const at = await addresses(address, "", "Сермет");
const parts = { narrow, directions, filters, orders, story, article, keyboard, withoutScript, print, motion, hostile };
const work = [...looks.map((l) => [`look ${l.ui} ${l.colorScheme} ${l.pages[0] || ""}`, (b, a) => look(b, a, l), at]), ...Object.entries(parts).map(([name, part]) => [name, part, at])];
if (other) {
  const seeds = await addresses(other, "seeds: ", "Токаев");
  work.push(["seeds", async (b, a) => {
    await look(b, a, { ui: "en", colorScheme: "light", pages: ["front", "story", "article"], judged: true, plain: ["graph", "sides", "search"] });
    await look(b, a, { ui: "ar", colorScheme: "light", pages: ["story"], judged: contrast, plain: ["front", "graph", "sides", "article", "search"] });
  }, seeds], ["seeds filters", filters, seeds]);
}
const only = (process.env.KHABAR_BROWSER_ONLY || "").split(",").filter(Boolean);

async function run([name, part, where]) {
  if (only.length && !only.some((o) => name.startsWith(o))) { return; }
  const began = Date.now();
  try {
    await part(browser, where);
  } catch (error) {
    tell(false, `${name} ran to its end`, error.stack || String(error));
  }
  console.log(`# ${name}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
}

await Promise.all([...Array(3)].map(async () => { while (work.length) { await run(work.shift()); } }));
await run(["forms", forms, at]); // changes what the others look at
await browser.close();
process.exit(failed ? 1 : 0);
