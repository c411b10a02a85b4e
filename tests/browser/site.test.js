// The built site in a real Chromium. `node --test` runs this file; its suites share one site and one browser.
//
//   KEZAKO      the binary that builds the site (default: target/debug/kezako)
//   CHROMIUM    the browser (default: /usr/bin/chromium)
//   EVERY_PAGE  set to 1: console and accessibility on every page, not on samples of each kind (slow)

import "./suites/links.js";
import "./suites/pages.js";
import "./suites/claim.js";
import "./suites/translation.js";
import "./suites/filters.js";
import "./suites/fragments.js";
import "./suites/access.js";
import "./suites/keyboard.js";
import "./suites/cards.js";
import "./suites/weight.js";
import "./suites/print.js";
import "./suites/search.js";
