// Draws the parts of portraits: Open Peeps (Pablo Stanley, CC0) as DiceBear hands it out, with a bust of our own in place of
// arms and torso, and every color a variable that the theme's `portrait.svg` sets. Prints src/portrait/art.rs.
import { createAvatar } from "@dicebear/core";
import * as openPeeps from "@dicebear/open-peeps";
import { optimize } from "svgo";

/** The moods, and the faces of Open Peeps that show them. */
const MOODS = { furious: "veryAngry", angry: "angryWithFang", frustrated: "tired", settled: "smile", won_back: "calm" };

/** Colors that stand for a variable; nobody sees them. */
const COLORS = { d0a0a1: "s", c0a0a2: "c", b0a0a3: "h", fc909f: "t", "231f20": "i", "1a1a1a": "i", "010202": "i", "0": "i", f: "w" };

/** Heads that are no person's. */
const LEFT_OUT = ["bear"];

/** A peep of these parts, as SVG. */
function peep(parts) {
  return createAvatar(openPeeps, {
    seed: "amends",
    face: ["calm"],
    skinColor: ["d0a0a1"],
    clothingColor: ["c0a0a2"],
    headContrastColor: ["b0a0a3"],
    facialHairProbability: "facialHair" in parts ? 100 : 0,
    accessoriesProbability: "accessories" in parts ? 100 : 0,
    maskProbability: 0,
    ...parts,
  }).toString();
}

/** The group that begins so, with all that is in it. */
function group(svg, opening) {
  const start = svg.indexOf(opening);
  let depth = 0;
  for (const tag of svg.slice(start).matchAll(/<g\b|<\/g>/g)) {
    depth += tag[0] === "</g>" ? -1 : 1;
    if (depth === 0) return svg.slice(start, start + tag.index + "</g>".length);
  }
  throw new Error(`no group begins with ${opening}`);
}

/** Made small, ink left to the wrapper, and colors made variables. */
function tidy(inner) {
  const plugins = [
    { name: "preset-default", params: { overrides: { mergePaths: false } } },
    { name: "convertPathData", params: { floatPrecision: 0, transformPrecision: 3 } },
  ];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 704 704">${inner}</svg>`;
  const { data } = optimize(svg, { multipass: true, floatPrecision: 0, plugins });
  const painted = data.replace(/^<svg[^>]*>|<\/svg>$/g, "").replace(/#([0-9a-f]{6}|[0-9a-f]{3})\b/gi, (_, color) => {
    const short = /^(.)\1*$/.test(color) ? color[0] : color;
    const name = COLORS[short.toLowerCase()];
    if (!name) throw new Error(`${color} stands for no variable`);
    return `var(--${name})`;
  });
  return painted.replace(/\b(fill|stroke)="(black|white)"/g, (_, of, color) => `${of}="var(--${color === "black" ? "i" : "w"})"`);
}

/** The parts of a kind, by their names as authors write them. */
function all(kind, opening) {
  const names = openPeeps.schema.properties[kind].items.enum.filter((name) => !LEFT_OUT.includes(name));
  return names.map((name) => [name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`), tidy(group(peep({ [kind]: [name] }), opening))]);
}

/** A bust in Open Peeps' line: neck, yoke, and what is worn. */
function busts() {
  const line = (d, fill = "none") => `<path fill="${fill}" stroke="var(--i)" stroke-width="13" stroke-linecap="round" stroke-linejoin="round" d="${d}"/>`;
  const plain = (d, fill) => `<path fill="${fill}" d="${d}"/>`;
  const neck = plain("M247 598c52-12 78-44 84-90l140 20c2 34 19 58 47 70-28 67-71 101-127 101s-103-34-144-101Z", "var(--s)");
  const yoke = plain("M-30 760C30 670 110 606 247 598c41 67 89 101 144 101s98-34 127-101c90 24 150 66 200 162Z", "var(--c)");
  const chin = "M331 524c-8 40-34 66-84 74M462 548c8 26 28 42 56 50";
  return [
    ["crew", neck + yoke + line(`M-30 760C30 670 110 606 247 598c41 67 89 101 144 101s98-34 127-101c90 24 150 66 200 162${chin}`)],
    ["shirt", neck + yoke + line("M247 598l-36 22 72 100 96-22c-56-6-98-34-132-100ZM518 598l34 24-46 92-96-16c52-8 84-38 108-100Z", "var(--w)")
      + line(`M-30 760C30 670 100 622 211 610M552 616c70 26 122 70 166 144${chin}`)],
    ["coat", neck + plain("M247 598c41 67 89 101 144 101s98-34 127-101l20 160H220Z", "var(--w)")
      + line("M-30 780C30 670 110 606 232 592c18 66 66 130 122 190ZM536 596c80 28 140 80 182 184H404c62-54 110-118 132-184Z", "var(--c)")
      + line(`M262 616c36 56 80 83 129 83s88-28 114-83${chin}M196 600l-22 84 50 6M566 612l24 78-54 10`)],
  ];
}

/** The five moods; a mouth that shows a fang is drawn shut. */
function faces() {
  return Object.entries(MOODS).map(([mood, face]) => {
    let drawn = tidy(group(peep({ face: [face] }), '<g transform="translate(315 248)'));
    if (mood === "angry") {
      const shut = drawn.replace(/M512 434.*?-11m-26-42/, "M438 477l24-8 77-16q3-2 8 1c6 3 3 12-4 12l-53 4-26 4-25 3zM486 392");
      if (shut === drawn) throw new Error("the mouth with the fang is drawn otherwise now");
      drawn = shut;
    }
    return [mood, drawn];
  });
}

function table(says, name, parts) {
  const rows = parts.map(([of, drawn]) => `    ("${of}", r#"${drawn}"#),\n`);
  return `\n/// ${says}\npub const ${name}: &[(&str, &str)] = &[\n${rows.join("")}];\n`;
}

process.stdout.write(
  "//! The parts of portraits, made by `cargo xtask portraits`: Open Peeps by Pablo Stanley (CC0 1.0), from DiceBear.\n" +
    table("Heads with their hair.", "HEADS", all("head", '<g transform="matrix(.99789')) +
    table("The faces of the moods, from the lowest goodwill to the highest.", "FACES", faces()) +
    table("Beards and moustaches.", "BEARDS", all("facialHair", '<g transform="translate(279 400)')) +
    table("What is worn on the eyes.", "EYEWEAR", all("accessories", '<g transform="translate(203 303)')) +
    table("Shoulders, and what is worn on them.", "BUSTS", busts()),
);
