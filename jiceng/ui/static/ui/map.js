// A map without tiles: outlines, belts, places by status; and the list beside it, linked both ways.
// Hooks and the shape of the data: docs/ui.md, "Maps".
import { hookDrawing } from "./draw.js";
import { showLegend } from "./legend.js";
import { lookOf, TONES } from "./looks.js";

const L = window.L;

for (const element of document.querySelectorAll("[data-map]")) open(element);

async function open(element) {
  const map = blank(element);
  const answer = await fetch(element.dataset.map);
  if (!answer.ok) return fail(element);
  const data = await answer.json();
  const outlines = drawOutlines(map, data.outlines);
  const belts = drawBelts(map, data.belts);
  const places = drawPlaces(map, data.places, data.statuses);
  const all = L.featureGroup([outlines, belts, ...places.layers.values()]);
  if (all.getBounds().isValid()) map.fitBounds(all.getBounds(), { padding: [8, 8] });
  showLegend(element, map, data.statuses, places, belts);
  linkList(element, map, places.markers);
  hookDrawing(element, map);
  element.dataset.ready = "";
}

function blank(element) {
  const map = L.map(element, { preferCanvas: true, zoomControl: false, zoomSnap: 0.25 });
  map.attributionControl.setPrefix(false);
  if (element.dataset.source) map.attributionControl.addAttribution(element.dataset.source);
  const { zoomIn: zoomInTitle, zoomOut: zoomOutTitle } = element.dataset;
  L.control.zoom({ zoomInTitle, zoomOutTitle }).addTo(map);
  return map.setView([28, 120.7], 9);
}

function fail(element) {
  const sentence = document.createElement("p");
  sentence.textContent = document.body.dataset.lost;
  document.getElementById("refusals")?.replaceChildren(sentence);
}

function drawOutlines(map, outlines) {
  const look = (feature) => ({
    color: "#8a929c",
    weight: 1,
    fillColor: TONES[feature.properties.tone] ?? TONES.none,
    fillOpacity: 1,
  });
  const name = (feature, layer) =>
    layer.bindTooltip(textOf(feature.properties), { sticky: true, className: "map-name" });
  return L.geoJSON(outlines ?? [], { style: look, onEachFeature: name }).addTo(map);
}

function drawBelts(map, belts) {
  const look = (feature) => ({
    color: "#1f2328",
    weight: feature.properties.tone === "good" ? 3 : 2,
    dashArray: feature.properties.tone === "good" ? null : "6 5",
    fill: false,
  });
  const name = (feature, layer) => layer.bindPopup(() => popup(feature.properties));
  return L.geoJSON(belts ?? [], { style: look, onEachFeature: name }).addTo(map);
}

function drawPlaces(map, places, statuses = []) {
  const layers = new Map(statuses.map((status) => [status.code, L.featureGroup().addTo(map)]));
  const looks = new Map(statuses.map((status) => [status.code, lookOf(status)]));
  const markers = new Map();
  for (const { geometry, properties } of places?.features ?? []) {
    const [longitude, latitude] = geometry.coordinates;
    const look = looks.get(properties.status) ?? lookOf({ rank: 0 });
    const marker = L.circleMarker([latitude, longitude], { ...look, made: look });
    if (properties.made_up) marker.setStyle({ dashArray: "2 2" });
    marker.bindPopup(() => popup(properties)).properties = properties;
    marker.addTo(layers.get(properties.status) ?? map);
    markers.set(String(properties.number), marker);
  }
  return { layers, markers };
}

function textOf({ name, text }) {
  const line = document.createElement("span");
  line.textContent = text ? `${name} · ${text}` : name;
  return line;
}

// Name (a link if it has an address), then the line of text, then the note.
function popup({ name, text, note, address }) {
  const box = document.createElement("div");
  const title = document.createElement(address ? "a" : "strong");
  title.textContent = name;
  if (address) title.href = address;
  box.append(title);
  for (const words of [text, note].filter(Boolean)) {
    const line = document.createElement("div");
    line.textContent = words;
    box.append(line);
  }
  return box;
}

function linkList(element, map, markers) {
  const list = document.querySelector(element.dataset.mapList);
  if (!list) return;
  const entry = (number) => list.querySelector(`[data-map-unit="${CSS.escape(number)}"]`);
  list.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-map-unit]");
    const marker = button && markers.get(button.dataset.mapUnit);
    if (!marker) return;
    map.setView(marker.getLatLng(), Math.max(map.getZoom(), 11));
    marker.openPopup();
  });
  for (const [number, marker] of markers) {
    marker.on("popupopen", () => mark(list, entry(number)));
  }
}

function mark(list, entry) {
  list.querySelectorAll("[aria-current]").forEach((old) => old.removeAttribute("aria-current"));
  entry?.setAttribute("aria-current", "true");
  entry?.scrollIntoView({ block: "nearest" });
}
