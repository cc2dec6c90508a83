// Drawing a line on the map by clicks: [data-draw] around the map and its buttons.
//   [data-draw-into]   hidden input that takes the line as GeoJSON (a LineString)
//   [data-draw-undo] [data-draw-clear]   buttons
//   [data-draw-length] where the length is said, in kilometres
const L = window.L;

export function hookDrawing(element, map) {
  const tool = element.closest("[data-draw]");
  if (tool) new Drawing(tool, map);
}

class Drawing {
  constructor(tool, map) {
    this.tool = tool;
    this.map = map;
    this.input = tool.querySelector("[data-draw-into]");
    this.line = L.polyline(this.#given(), { color: "#a8381a", weight: 4 }).addTo(map);
    this.corners = L.layerGroup().addTo(map);
    map.doubleClickZoom.disable();
    map.on("click", (event) => this.#set([...this.line.getLatLngs(), event.latlng]));
    this.#button("undo", () => this.#set(this.line.getLatLngs().slice(0, -1)));
    this.#button("clear", () => this.#set([]));
    this.#show();
  }

  #given() {
    if (!this.input.value) return [];
    return JSON.parse(this.input.value).coordinates.map(([x, y]) => [y, x]);
  }

  #button(name, act) {
    this.tool.querySelector(`[data-draw-${name}]`)?.addEventListener("click", act);
  }

  #set(corners) {
    this.line.setLatLngs(corners);
    const coordinates = corners.map(({ lng, lat }) => [round(lng), round(lat)]);
    this.input.value =
      corners.length > 1 ? JSON.stringify({ type: "LineString", coordinates }) : "";
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
    this.#show();
  }

  #show() {
    const corners = this.line.getLatLngs();
    this.corners.clearLayers();
    for (const corner of corners) {
      L.circleMarker(corner, { radius: 4, color: "#a8381a", fillColor: "#fff", fillOpacity: 1 })
        .addTo(this.corners);
    }
    const place = this.tool.querySelector("[data-draw-length]");
    if (place) place.textContent = (lengthOf(corners) / 1000).toFixed(1);
  }
}

function lengthOf(corners) {
  return corners.slice(1).reduce((sum, corner, at) => sum + corners[at].distanceTo(corner), 0);
}

// Six digits are a tenth of a metre.
function round(degrees) {
  return Math.round(degrees * 1e6) / 1e6;
}
