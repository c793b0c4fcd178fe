// The walk player: shows an SVG, and a person steps, plays, zooms and saves. The SVG arrives as text, is cleaned
// as data and swapped in one step: a change never blanks the picture, and nothing in a name is ever run.
// `p` is the state of one player.

const SVG = "http://www.w3.org/2000/svg";
const ELEMENTS = /^(svg|g|path|circle|rect|text|tspan|title|desc)$/;
const ATTRIBUTES = new RegExp("^(xmlns|id|class|viewBox|width|height|d|[dcr]?[xy]|r|transform|opacity|fill|stroke|" +
  "role|lang|tabindex|(fill|stroke|font|text|paint|aria|data)-[a-z-]+)$");
const FOREIGN = /\\|url\(/i; // our pictures need no address, and a backslash could hide one
const DRAWN = ".edge.walk, .badge, .cross, .reason, .route, .node.walk"; // what tells one walk from another
// Where arrow keys have a meaning of their own.
const TYPING = "input, select, textarea, [contenteditable], [role=combobox], [role=radio], [role=slider], [role=tab], " +
  "[role=listbox], [role=option], [role=menuitem]";
const SPEED = 0.26, REST = 520; // picture units in a millisecond; milliseconds at a card
const MOTION = "vpclab-motion";
const less = matchMedia("(prefers-reduced-motion: reduce)");

const players = new Set();
let current = null; // whom arrow keys steer while no player has the focus
let still = false; // the switch in the toolbar
try {
  still = localStorage.getItem(MOTION) === "off";
} catch {} // a private window may forbid it

const moves = () => !still && !less.matches;
const clamp = (value, least, most) => Math.min(Math.max(value, least), most);
const box = (element) => element.getBoundingClientRect();
const set = (element, values) => Object.entries(values).forEach(([name, value]) => element.setAttribute(name, value));
const drop = (element, ...names) => names.forEach((name) => element.removeAttribute(name));
const hopsOf = (card) => card.dataset.hop.split(" ").map(Number);
const cardsOf = (p) => [...(p.picture?.querySelectorAll("[data-hop]") ?? [])];
const edgesOf = (p) => (p.data.stops.length ? [...(p.picture?.querySelectorAll(".edge.walk .line") ?? [])] : []);
const unmark = (p, ...names) => p.picture?.querySelectorAll(names.map((name) => `.${name}`))
  .forEach((part) => part.classList.remove(...names));

function clean(element) {
  for (const child of [...element.children]) {
    if (child.namespaceURI === SVG && ELEMENTS.test(child.localName)) clean(child);
    else child.remove();
  }
  for (const { name, value } of [...element.attributes]) {
    if (!ATTRIBUTES.test(name) || FOREIGN.test(value)) drop(element, name);
  }
}

// Cleaned while it is still a document of its own, in which nothing runs or loads.
function parse(text) {
  const parsed = new DOMParser().parseFromString(text, "image/svg+xml"), root = parsed.documentElement;
  if (parsed.doctype || root.namespaceURI !== SVG || parsed.querySelector("parsererror")) return null;
  clean(root);
  return document.importNode(root, true);
}

// The picture

function show(p) {
  const picture = parse(p.data.svg);
  if (!picture) return; // the last good picture stays
  const { picture: old, drawn: before } = p, playing = p.frame;
  const focused = p.root.activeElement?.closest("[data-hop]")?.id;
  rest(p);
  clearTimeout(p.fading);
  const told = (part) => (part.matches(".node") ? part.id : part.outerHTML);
  p.drawn = new Map([...picture.querySelectorAll(DRAWN)].map((part) => [told(part), part]));
  p.picture = picture;
  dress(p);
  p.sheet.replaceChildren(picture);
  if (old && moves()) tellChange(p, old, before);
  layout(p);
  p.root.getElementById(focused)?.focus({ preventScroll: true });
  if (playing) play(p);
}

// Cards that take part become buttons, in walking order; a bare picture stays an image.
function dress(p) {
  const { controls, labels } = p.data, { picture } = p, above = picture.querySelector(".badge, .cross, .reason");
  if (controls && labels.length) picture.role = "group";
  for (const card of cardsOf(p).sort((one, other) => hopsOf(one)[0] - hopsOf(other)[0])) {
    if (controls && labels.length) {
      const told = [card.querySelector("title").textContent, ...hopsOf(card).map((hop) => labels[hop])];
      set(card, { role: "button", "aria-label": told.join(" — ") });
      picture.insertBefore(card, above);
    } else drop(card, "tabindex", "data-hop");
  }
}

// What is no longer walked fades out above the new picture; what is new lights up.
function tellChange(p, old, before) {
  for (const [name, part] of p.drawn) if (!before.has(name)) part.classList.add("fresh");
  for (const card of p.picture.querySelectorAll(".node")) {
    const was = old.getElementById(card.id);
    if (was && was.matches(".ghost") !== card.matches(".ghost")) card.classList.add("changed");
  }
  const past = [...before].filter(([name]) => !p.drawn.has(name)).map(([, part]) => part);
  for (const part of past) drop(part, "id", "tabindex", "data-hop");
  old.replaceChildren(...past);
  set(old, { class: "gone", "aria-hidden": true, viewBox: p.picture.getAttribute("viewBox") });
  p.sheet.append(old);
  p.fading = setTimeout(() => {
    old.remove();
    unmark(p, "fresh", "changed");
  }, 900);
}

// Hops

function choose(p, step) {
  if (step === p.step || step < -1 || step >= p.data.labels.length) return;
  rest(p); // or two cards would be lit
  p.step = step;
  mark(p);
  tell(p, "step", { at: step });
}

function tell(p, event, value) {
  if (p.data.step === null) return; // no listener
  p.sent += 1;
  p.sentAt = performance.now();
  p.send(event, { ...value, number: p.sent });
}

// Show which hop is chosen: here at once, and again when Python has answered.
function mark(p, first) {
  const { labels } = p.data, count = labels.length, place = `${p.step < 0 ? "–" : p.step + 1} / ${count}`;
  const said = p.step < 0 ? "" : `${place} ${labels[p.step]}`;
  for (const card of cardsOf(p)) {
    const chosen = hopsOf(card).includes(p.step);
    card.classList.toggle("chosen", chosen);
    card.ariaPressed = chosen;
    if (chosen && !first && p.say.textContent !== said) reveal(p.stage, card);
  }
  p.at.textContent = count ? place : "";
  p.buttons.previous.ariaDisabled = p.step < 1;
  p.buttons.next.ariaDisabled = p.step >= count - 1;
  if (!first) p.say.textContent = said;
}

// Scroll the stage, and never the page, to a card that is not seen whole.
function reveal(stage, card) {
  const part = box(card), all = box(stage);
  const off = (low, high) => (part[low] < all[low] || part[high] > all[high]
    ? (part[low] + part[high] - all[low] - all[high]) / 2 : 0);
  stage.scrollBy(off("left", "right"), off("top", "bottom"));
}

// A card's hops in turn; the ground chooses none.
function press(p, card) {
  const hops = card ? hopsOf(card) : [-1];
  choose(p, hops[(hops.indexOf(p.step) + 1) % hops.length]);
}

function onKey(p, event) {
  const path = event.composedPath(), target = path[0], inside = path.includes(p.player), { key } = event;
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
  if (!p.data.controls || target.closest?.(TYPING)) return;
  if (!inside && (current !== p || path.some((node) => node.matches?.(".player")))) return;
  const last = p.data.labels.length - 1, first = Math.min(0, last), card = inside && target.closest("[data-hop]");
  const to = { ArrowLeft: Math.max(p.step - 1, first), ArrowRight: p.step + 1, ...(inside && { Home: first, End: last }) };
  if (key in to) choose(p, to[key]);
  else if (card && (key === "Enter" || key === " ")) press(p, card);
  else if (inside && key === " " && !target.closest("button")) DOES[moves() ? "play" : "next"](p);
  else if (key === "Escape" && p.full && !p.root.fullscreenElement) setFull(p, false);
  else return;
  event.preventDefault();
}

// Motion

// Once, when a walk is first seen: the first screen moves without a click.
function start(p) {
  if (p.started || !p.seen || !edgesOf(p).length) return;
  p.started = true;
  play(p);
}

function play(p) {
  const edges = edgesOf(p);
  if (!edges.length || !moves()) return;
  if (!p.run) {
    p.run = { parts: plan(edges), time: 0, packet: document.createElementNS(SVG, "circle") };
    set(p.run.packet, { class: "packet", r: 8 });
    p.picture.append(p.run.packet);
  }
  let last = performance.now();
  const tick = (now) => {
    p.frame = requestAnimationFrame(tick);
    advance(p, Math.min(now - last, 100));
    last = now;
  };
  p.frame = requestAnimationFrame(tick);
  settle(p);
}

// What the packet does: at each card a short rest, in which it crosses the card, then a line.
function plan(edges) {
  const parts = [];
  let from;
  edges.forEach((edge, stop) => {
    const length = edge.getTotalLength(), to = edge.getPointAtLength(0), { x, y } = from ?? to;
    const cross = (share) => ({ x: x + (to.x - x) * share, y: y + (to.y - y) * share });
    const run = (share) => edge.getPointAtLength(share * length);
    parts.push({ lasts: REST, stop, at: cross }, { lasts: length / SPEED, at: run });
    from = edge.getPointAtLength(length);
  });
  return [...parts, { lasts: 2 * REST, stop: edges.length, at: () => from }];
}

function advance(p, time) {
  const { parts, packet } = p.run;
  p.run.time += time;
  while (parts.length && p.run.time >= parts[0].lasts) p.run.time -= parts.shift().lasts;
  if (!parts.length) return rest(p);
  const [{ at, lasts, stop }] = parts, { x, y } = at(p.run.time / lasts);
  set(packet, { transform: `translate(${x} ${y})` });
  if (stop === undefined) return;
  unmark(p, "here");
  p.root.getElementById(p.data.stops[stop])?.classList.add("here");
  packet.classList.toggle("lost", parts.length === 1 && !!p.picture.querySelector(".cross"));
}

function pause(p) {
  cancelAnimationFrame(p.frame);
  p.frame = 0;
  settle(p);
}

function rest(p) {
  p.run?.packet.remove();
  p.run = null;
  unmark(p, "here");
  pause(p);
}

// Buttons as things stand.
function settle(p) {
  const { buttons, data } = p, { classList } = p.player;
  if (!moves() && p.run) return rest(p);
  classList.toggle("still", !moves());
  classList.toggle("playing", p.frame > 0);
  classList.toggle("full", p.full);
  classList.toggle("room", data.room);
  classList.toggle("bare", !data.controls);
  for (const name in buttons) {
    const button = buttons[name], word = p.words[p.frame && name === "play" ? "pause" : name];
    if (button.title !== word) button.title = button.ariaLabel = button.lastChild.textContent = word;
  }
  buttons.play.hidden = !moves();
  buttons.play.ariaDisabled = !edgesOf(p).length;
  buttons.return.hidden = !data.back;
  buttons.return.ariaPressed = p.leg === "return";
  buttons.motion.hidden = less.matches;
  buttons.motion.ariaPressed = !still;
  buttons.full.ariaPressed = p.full;
}

// Size

function layout(p) {
  const { stage, data } = p, { width, height } = data;
  const fit = Math.min(stage.clientWidth / width, p.full ? stage.clientHeight / height : p.data.max);
  // Text stays legible on a phone, where the stage scrolls, and does not grow without end on a wide screen.
  p.scale = p.zoom || (p.whole || p.full ? fit : Math.max(fit, p.data.min));
  p.sheet.style.width = `${width * p.scale}px`;
  fade(p);
}

// The right edge fades while there is more to scroll to; what scrolls can be reached by keyboard.
function fade({ stage, data }) {
  const right = stage.scrollWidth - stage.clientWidth, roams = right > 0 || stage.scrollHeight > stage.clientHeight;
  stage.classList.toggle("more", stage.scrollLeft < right - 4);
  stage.style.cursor = roams ? "grab" : "";
  stage.tabIndex = data.controls || roams ? 0 : -1;
}

// The point under the cursor, else the middle, stays where it is.
function zoomBy(p, factor, x, y) {
  const { stage, sheet } = p, all = box(stage), before = box(sheet);
  x ??= (all.left + all.right) / 2;
  y ??= (all.top + all.bottom) / 2;
  if (!p.zoom) stage.style.height = `${all.height}px`;
  p.zoom = clamp(p.scale * factor, 0.2, 5);
  layout(p);
  const { left, top } = box(sheet), grown = sheet.clientWidth / before.width;
  stage.scrollBy(left + (x - before.left) * grown - x, top + (y - before.top) * grown - y);
}

function unzoom(p) {
  p.zoom = 0;
  p.stage.style.height = "";
  layout(p);
}

// Two fingers; one finger scrolls, as on any page.
function pinch(p, event) {
  if (event.touches.length !== 2 || !p.data.controls || !event.cancelable) return;
  event.preventDefault();
  const [{ clientX: ax, clientY: ay }, { clientX: bx, clientY: by }] = event.touches;
  const spread = Math.hypot(ax - bx, ay - by);
  if (p.spread) zoomBy(p, spread / p.spread, (ax + bx) / 2, (ay + by) / 2);
  p.spread = spread;
}

function setFull(p, full) {
  if (full === p.full) return;
  p.full = full;
  settle(p);
  unzoom(p);
}

// The picture as it looks now, as a PNG of twice its size.
async function save(p) {
  rest(p);
  const [width, height] = [p.data.width * 2, p.data.height * 2], copy = p.picture.cloneNode(true);
  const style = document.createElementNS(SVG, "style"), look = getComputedStyle(p.player);
  style.textContent = p.root.querySelector("style").textContent.replace(":host", ":root");
  const colours = ["--st-text-color", "--st-background-color"].map((name) => `${name}:${look.getPropertyValue(name)}`);
  set(copy, { width, height, style: `background:var(--ground);${colours.join(";")}` });
  copy.prepend(style);
  try {
    const image = new Image(), canvas = Object.assign(document.createElement("canvas"), { width, height });
    image.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
    await image.decode();
    canvas.getContext("2d").drawImage(image, 0, 0);
    const link = document.createElement("a");
    link.download = "vpc-endpoint-lab.png";
    link.href = canvas.toDataURL();
    link.click();
  } catch {
    p.say.textContent = p.words.failed;
  }
}

// What the buttons do

const DOES = {
  previous: (p) => choose(p, p.step - 1),
  next: (p) => choose(p, p.step + 1),
  play: (p) => (p.frame ? pause(p) : play(p)),
  return(p) {
    p.leg = p.leg === "return" ? "forward" : "return";
    settle(p);
    tell(p, "leg", { leg: p.leg });
  },
  zoom_out: (p) => zoomBy(p, 0.8),
  zoom_in: (p) => zoomBy(p, 1.25),
  fit(p) { // the whole picture; once more, as large as can be read
    p.whole = p.zoom > 0 || !p.whole;
    unzoom(p);
  },
  motion() {
    still = !still;
    try {
      localStorage.setItem(MOTION, still ? "off" : "on");
    } catch {} // then it holds until the page is left
    players.forEach(settle);
  },
  download: save,
  full(p) {
    if (p.root.fullscreenElement) document.exitFullscreen();
    else if (p.full) setFull(p, false);
    else p.player.requestFullscreen().catch(() => setFull(p, true)); // inside a frame: fill the frame
  },
};

function mount(root) {
  const p = { root, step: -1, zoom: 0, full: false, frame: 0, moved: 0, buttons: {}, gone: new AbortController() };
  for (const name of ["player", "bar", "at", "stage", "sheet", "say", "keys"]) p[name] = root.querySelector(`.${name}`);
  for (const button of p.bar.querySelectorAll("button")) p.buttons[button.dataset.does] = button;
  const on = (target, names, does, passive = true) => {
    for (const name of names.split(" ")) target.addEventListener(name, does, { passive, signal: p.gone.signal });
  };
  on(p.bar, "click", ({ target }) => {
    const button = target.closest("button:not([aria-disabled=true])");
    if (button) DOES[button.dataset.does](p);
  });
  on(document, "keydown", (event) => onKey(p, event), false);
  on(document, "fullscreenchange", () => setFull(p, root.fullscreenElement === p.player));
  on(less, "change", () => settle(p));
  on(p.player, "pointerdown focusin", () => p.data.controls && (current = p));
  on(p.stage, "scroll", () => fade(p));
  on(p.stage, "click", ({ target }) => {
    if (p.moved < 6 && p.data.controls) press(p, target.closest("[data-hop]"));
    p.moved = 0;
  });
  // A mouse drags the picture about.
  on(p.stage, "pointerdown", () => (p.moved = 0));
  on(p.stage, "pointermove", ({ pointerType, buttons, movementX, movementY }) => {
    if (pointerType !== "mouse" || buttons !== 1) return;
    p.moved += Math.abs(movementX) + Math.abs(movementY);
    if (p.moved > 5) p.stage.scrollBy(-movementX, -movementY);
  });
  // With ctrl, which is also how a trackpad's pinch arrives; without it the wheel scrolls.
  on(p.stage, "wheel", (event) => {
    if (!event.ctrlKey || !p.data.controls) return;
    event.preventDefault();
    zoomBy(p, Math.exp(-clamp(event.deltaY, -25, 25) / 100), event.clientX, event.clientY);
  }, false);
  on(p.stage, "touchmove", (event) => pinch(p, event), false);
  on(p.stage, "touchstart touchend", () => (p.spread = 0));
  p.watchers = [
    new ResizeObserver(() => layout(p)),
    new IntersectionObserver(([{ isIntersecting }]) => {
      p.seen = isIntersecting;
      start(p);
    }),
  ];
  return p;
}

function update(p, data) {
  const before = p.data;
  p.data = data;
  p.words = Object.fromEntries(data.words);
  // An answer to an earlier move would undo what the person has done since.
  if (!before || data.seen === p.sent || performance.now() - p.sentAt > 9000) {
    p.sent = data.seen;
    p.step = data.step ?? p.step;
    p.leg = data.leg;
  }
  p.bar.ariaLabel = p.words.toolbar;
  p.stage.ariaLabel = p.words.stage ?? data.title;
  p.keys.textContent = p.words.keys;
  if (data.controls) current ??= p;
  if (before?.svg !== data.svg) show(p);
  p.step = Math.min(p.step, data.labels.length - 1);
  mark(p, !before);
  settle(p);
  start(p);
  if (!before) p.watchers.forEach((watcher) => watcher.observe(p.stage));
}

export default function ({ parentElement, data, setTriggerValue }) {
  const p = (parentElement.walk ??= mount(parentElement));
  players.add(p);
  p.send = setTriggerValue;
  update(p, data);
  return () => {
    if (parentElement.isConnected) return; // only overtaken
    rest(p);
    clearTimeout(p.fading);
    p.gone.abort();
    p.watchers.forEach((watcher) => watcher.disconnect());
    players.delete(p);
    if (current === p) current = null;
  };
}
