// How states look on a map. Each step of a ladder is darker and larger than the one below, so that
// it is told apart without colour.
export const TONES = {
  none: "#ffffff",
  idle: "#eceef0",
  good: "#dcece2",
  warn: "#f6e7c1",
  bad: "#f4d3d6",
};

const STEPS = [
  { fillColor: "#ffffff", color: "#8a929c", radius: 2.5 },
  { fillColor: "#e0b49f", color: "#9b5b41", radius: 3 },
  { fillColor: "#c8693f", color: "#7a3418", radius: 4 },
  { fillColor: "#8e2c10", color: "#4d1404", radius: 5 },
  { fillColor: "#3a0d02", color: "#000000", radius: 6 },
];

export function lookOf({ rank = 0 }) {
  const step = STEPS[Math.min(Math.max(rank, 0), STEPS.length - 1)];
  return { ...step, weight: 1, fillOpacity: 1, opacity: 1 };
}
