// The legend: each status with its mark and number of places; its box shows or hides them.
import { lookOf } from "./looks.js";

const SVG = "http://www.w3.org/2000/svg";

export function showLegend(element, map, statuses, places, belts) {
  const legend = document.querySelector(element.dataset.mapLegend);
  if (!legend) return;
  for (const status of statuses ?? []) {
    const layer = places.layers.get(status.code);
    const title = `${status.title} ${layer.getLayers().length}`;
    legend.append(entry(title, dot(lookOf(status)), map, layer));
  }
  if (legend.dataset.belts && belts.getLayers().length) {
    legend.append(entry(legend.dataset.belts, dash(), map, belts));
  }
}

function entry(title, mark, map, layer) {
  const label = document.createElement("label");
  const box = document.createElement("input");
  box.type = "checkbox";
  box.checked = true;
  box.addEventListener("change", () => (box.checked ? layer.addTo(map) : layer.remove()));
  label.append(box, mark, title);
  return label;
}

function dot({ fillColor, color, radius }) {
  return drawn("circle", { cx: 8, cy: 8, r: radius + 1, fill: fillColor, stroke: color });
}

function dash() {
  return drawn("path", { d: "M0 8h16", stroke: "#1f2328", "stroke-width": 2, "stroke-dasharray": "5 3" });
}

function drawn(shape, attributes) {
  const picture = document.createElementNS(SVG, "svg");
  const mark = document.createElementNS(SVG, shape);
  const frame = { width: 16, height: 16, "aria-hidden": "true" };
  for (const [name, value] of Object.entries(frame)) picture.setAttribute(name, value);
  for (const [name, value] of Object.entries(attributes)) mark.setAttribute(name, value);
  picture.append(mark);
  return picture;
}
