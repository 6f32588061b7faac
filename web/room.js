/* room.js - comfort for the reading room; every page works without it.
 *
 *   /        to the search box         j k   next and previous row        o     opens it
 *   .        to the facets             n p   next and previous disagreement
 *
 * Long lists of facets are folded, the part of the page one reads is marked in its bar, a shared passage lights up beside its
 * partner, and everything is unfolded for print. Nothing is fetched, stored or measured.
 */
(function () {
  "use strict";
  var doc = document;
  var all = function (selector, root) { return Array.prototype.slice.call((root || doc).querySelectorAll(selector)); };

  /* ---- facets: the first eight, the others behind a button ---- */
  all("[data-more]").forEach(function (list) {
    var most = Number(list.dataset.more);
    var hidden = all("li", list).slice(most).filter(function (li) { return !li.querySelector("[aria-current]"); });
    if (hidden.length < 2) { return; }
    var button = doc.createElement("button");
    button.type = "button";
    button.textContent = list.dataset.all;
    hidden.forEach(function (li) { li.hidden = true; });
    button.addEventListener("click", function () {
      hidden.forEach(function (li) { li.hidden = false; });
      button.remove();
      hidden[0].querySelector("a").focus();
    });
    list.after(button);
  });

  /* ---- the part of the page that is being read ---- */
  var contents = all(".contents a");
  if (contents.length && "IntersectionObserver" in window) {
    var seen = new IntersectionObserver(function (entries) {
      entries.forEach(function (entry) {
        contents.forEach(function (a) {
          if (entry.isIntersecting && a.hash === "#" + entry.target.id) {
            contents.forEach(function (other) { other.removeAttribute("aria-current"); });
            a.setAttribute("aria-current", "location");
          }
        });
      });
    }, { rootMargin: "-20% 0px -70% 0px" });
    all("main > section").forEach(function (section) { seen.observe(section); });
  }

  /* ---- what a link leads to must not be folded ---- */
  function unfold(target) {
    for (var at = target; at; at = at.parentElement) {
      if (at.tagName === "DETAILS") { at.open = true; }
    }
  }
  function reveal() {
    var target = location.hash.length > 1 && doc.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target) {
      unfold(target);
      target.scrollIntoView({ block: "center" });
    }
  }
  window.addEventListener("hashchange", reveal);
  reveal();

  /* ---- two texts: a passage and its partner ---- */
  all("[data-partner]").forEach(function (part) {
    var partner = doc.getElementById(part.dataset.partner);
    if (!partner) { return; }
    part.addEventListener("pointerenter", function () { partner.classList.add("lit"); });
    part.addEventListener("pointerleave", function () { partner.classList.remove("lit"); });
    part.addEventListener("click", function () { partner.scrollIntoView({ block: "center" }); });
  });

  /* ---- choices of marks are kept while one goes from article to article ---- */
  all(".toggles input").forEach(function (box) {
    try {
      var kept = sessionStorage.getItem(box.id);
      if (kept) { box.checked = kept === "1"; }
      box.addEventListener("change", function () { sessionStorage.setItem(box.id, box.checked ? "1" : "0"); });
    } catch (e) { /* storage is refused: the choice holds for this page */ }
  });

  /* ---- print: a dossier has no folds ---- */
  var folded = [];
  window.addEventListener("beforeprint", function () {
    folded = all("main details:not([open])");
    folded.forEach(function (d) { d.open = true; });
  });
  window.addEventListener("afterprint", function () { folded.forEach(function (d) { d.open = false; }); });

  /* ---- keys ---- */
  function step(selector, by) {
    var items = all(selector).filter(function (a) { return a.offsetParent !== null; });
    var at = items.indexOf(doc.activeElement);
    var next = items[at < 0 ? (by > 0 ? 0 : items.length - 1) : Math.min(items.length - 1, Math.max(0, at + by))];
    if (next) {
      next.focus();
      next.scrollIntoView({ block: "nearest" });
    }
  }
  var rows = ".story h2 a, .hit h2 a, .reports > .report > .title a";
  var grave = ".verdict h3 a, .verdict .value, .verdict .sides-link";
  var keys = {
    "/": function () { var box = doc.getElementById("q"); box.focus(); box.select(); },
    "j": function () { step(rows, 1); },
    "k": function () { step(rows, -1); },
    "o": function () { if (doc.activeElement.matches(rows)) { doc.activeElement.click(); } },
    ".": function () { step(".facets summary", 1); },
    "n": function () { step(grave, 1); },
    "p": function () { step(grave, -1); }
  };
  doc.addEventListener("keydown", function (event) {
    var field = event.target.matches("input, textarea, select");
    if (event.key === "Escape" && field) { event.target.blur(); }
    if (field || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) { return; }
    event.preventDefault();
    keys[event.key]();
  });
})();
