// The search of the newsroom: it looks through a list that lies beside the page; nothing that is typed leaves it.
"use strict";
const field = document.getElementById("query");
const results = document.getElementById("results");
const count = document.getElementById("count");
const listing = document.getElementById("listing");
let loading = null;
let shownFor = "";

// Whoever types has no accents at hand, nor the printer's apostrophes and hyphens: both sides are made alike.
const ALIKE = { "ß": "ss", "œ": "oe", "æ": "ae", "’": "'", "‐": "-", "–": "-" };
const folded = (text) =>
  text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f\u00ad]/g, "").replace(/[ßœæ’‐–]/g, (sign) => ALIKE[sign]);

function shown(row) {
  const [id, title, day, state] = row;
  const item = document.createElement("li");
  const meta = document.createElement("p");
  meta.className = "meta";
  meta.textContent = day;
  if (state) {
    const mark = document.createElement("strong");
    mark.className = state;
    mark.textContent = field.dataset[state];
    meta.append(" · ", mark);
  }
  const link = document.createElement("a");
  link.href = new URL(`${encodeURIComponent(id)}/`, new URL(field.dataset.index, location));
  link.textContent = title;
  const heading = document.createElement("h2");
  heading.append(link);
  item.append(meta, heading);
  return item;
}

async function load() {
  const answer = await fetch(field.dataset.index);
  if (!answer.ok) throw new Error(answer.status);
  return (await answer.json()).map((row) => [row, folded(`${row[1]} ${row[4]}`)]);
}

async function search() {
  let rows;
  try {
    rows = await (loading ??= load());
  } catch {
    loading = shownFor = null; // the next letter tries again
    count.textContent = field.dataset.failed;
    return;
  }
  // Several letters may have been typed meanwhile: what is shown already stays, and whoever is on a link of it, too.
  if (field.value === shownFor) return;
  shownFor = field.value;
  const words = folded(field.value).split(/\s+/).filter(Boolean);
  const found = words.length ? rows.filter(([, text]) => words.every((word) => text.includes(word))) : [];
  results.replaceChildren(...found.slice(0, 100).map(([row]) => shown(row)));
  listing.hidden = words.length > 0;
  count.textContent = !words.length ? "" : found.length ? field.dataset.found.replace("{count}", found.length) : field.dataset.nothing;
}

// From a USB stick, browsers refuse to read the list: the field stays hidden there.
if (location.protocol !== "file:") {
  field.closest(".search").hidden = false;
  field.addEventListener("input", search);
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  if (field.value) search();
}
