// A corpus of 2,000 talks, always the same, made of the sample's own sentences and words that nobody has written.
import { readFileSync } from "node:fs";

// Numbers that follow from a seed: the generator "mulberry32".
const random = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};

const FRONT = ["Daten", "Netz", "Wissens", "Markt", "Wasser", "Wärme", "Verkehrs", "Schul", "Register", "Bürger", "Klima", "Pflege"];
const BACK = ["plattform", "dienst", "karte", "plan", "werkstatt", "modell", "brücke", "speicher", "lotse", "prüfung", "archiv", "labor"];

/** JSON Lines: `talks` talks of 2024 and 2025, about half each, with titles, speakers and texts of ten sentences. */
export const corpus = (folder, talks) => {
  const next = random(20241125);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const lines = [];
  for (const year of [2024, 2025]) {
    const text = readFileSync(`${folder}/${year}.txt`, "utf8");
    const sentences = text.split(/(?<=[.!?])\s+/).filter((s) => s.length > 40 && s.length < 300);
    for (let i = 0; i < talks / 2; i++) {
      const own = pick(FRONT) + pick(BACK);
      const body = Array.from({ length: 9 }, () => pick(sentences));
      body.push(`Im Mittelpunkt stand die Frage, was ${own} und ${pick(FRONT)}${pick(BACK)} Nummer ${i} leisten.`);
      lines.push(JSON.stringify({ id: `${year}-${i}`, year, title: `${own}: Vortrag ${i} <b>&amp;</b> "mehr"`, text: body.join(" ") }));
    }
  }
  return lines.join("\n") + "\n";
};
