// One point set on a map, for whoever wants to: [data-pin=URL] is the map, in a form with hidden
// inputs "latitude" and "longitude"; the URL answers ?place= with outlines and names of places.
//   [data-pin-box]    the <details> around it: the map is drawn when it is opened
//   [data-pin-clear]  a button that takes the point away
//   [data-pin-said]   says data-set or data-unset
const L = window.L;

for (const element of document.querySelectorAll("[data-pin]")) {
  const box = element.closest("[data-pin-box]");
  const begin = () => box.open && !element.dataset.ready && new Pin(element, box);
  box.addEventListener("toggle", begin);
  begin();
}

class Pin {
  constructor(element, box) {
    element.dataset.ready = "";
    this.element = element;
    this.form = element.closest("form");
    this.said = box.querySelector("[data-pin-said]");
    const { zoomIn: zoomInTitle, zoomOut: zoomOutTitle } = element.dataset;
    this.map = L.map(element, { preferCanvas: true, zoomControl: false, zoomSnap: 0.25 });
    this.map.attributionControl.setPrefix(false);
    L.control.zoom({ zoomInTitle, zoomOutTitle }).addTo(this.map);
    this.map.setView([28, 120.7], 9);
    this.ground = L.layerGroup().addTo(this.map);
    this.mark = L.circleMarker([0, 0], { radius: 9, color: "#a8381a", weight: 3, fillOpacity: 0.4 });
    this.map.on("click", ({ latlng }) => this.set(latlng));
    box.querySelector("[data-pin-clear]").addEventListener("click", () => this.set(null));
    this.form.elements.place.addEventListener("change", () => this.draw());
    const { latitude, longitude } = this.form.elements;
    this.show(latitude.value ? L.latLng(latitude.value, longitude.value) : null);
    this.draw();
  }

  async draw() {
    const address = new URL(this.element.dataset.pin, location.href);
    address.searchParams.set("place", this.form.elements.place.value);
    const answer = await fetch(address);
    if (!answer.ok) return;
    const { outlines, places } = await answer.json();
    this.ground.clearLayers();
    const look = { color: "#8a929c", weight: 1, fill: false, interactive: false };
    const lines = L.geoJSON(outlines, { style: look }).addTo(this.ground);
    const names = L.featureGroup(places.features.map(dot)).addTo(this.ground);
    names.on("click", ({ latlng }) => this.set(latlng));
    const all = names.getLayers().length ? names : lines;
    if (all.getBounds().isValid()) this.map.fitBounds(all.getBounds().pad(0.2));
  }

  set(point) {
    const { latitude, longitude } = this.form.elements;
    latitude.value = point ? point.lat.toFixed(6) : "";
    longitude.value = point ? point.lng.toFixed(6) : "";
    latitude.dispatchEvent(new Event("change", { bubbles: true }));
    this.show(point);
  }

  show(point) {
    if (point) this.mark.setLatLng(point).addTo(this.map);
    else this.mark.remove();
    this.said.textContent = point ? this.said.dataset.set : this.said.dataset.unset;
  }
}

function dot({ geometry, properties }) {
  const [longitude, latitude] = geometry.coordinates;
  const look = { radius: properties.chosen ? 5 : 3, color: "#1f2328", weight: 1, fillOpacity: 1 };
  return L.circleMarker([latitude, longitude], look).bindTooltip(properties.name, {
    permanent: properties.chosen,
    direction: "top",
    className: "map-name",
  });
}
