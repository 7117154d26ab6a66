// The list of journeys: each file of journeys/ adds to it.

export const journeys = [];

// A journey is a fact in plain words and the steps that show it. `steps` gets a world (world.mjs). One that measures time
// says so, and has the machine to itself.
export function journey(name, steps, { timeout = 300_000, timed = false } = {}) {
  if (journeys.some((other) => other.name === name)) throw new Error(`two journeys are called "${name}"`);
  journeys.push({ name, steps, timeout, timed });
}
