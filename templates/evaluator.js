// Rendered from the engine's registries of activations, operations and schedules: each entry's own JavaScript,
// nothing rewritten by hand.

/** a = g(z), one number. */
export const activations = {
{%- for entry in activations %}
  {{ entry.name }}: (z) => {{ entry.javascript }},
{%- endfor %}
};

/** The same over a range of an array, in place: a loop each, so that each is compiled on its own. */
export const applications = {
{%- for entry in activations %}
  {{ entry.name }}(values, from, to) {
    for (let k = from; k < to; k += 1) {
      const z = values[k];
      values[k] = {{ entry.javascript }};
    }
  },
{%- endfor %}
};

/** The gates of a feature's graph, of one or two inputs. */
export const operations = {
{%- for entry in operations %}
  {{ entry.name }}: (u, v) => {{ entry.javascript }},
{%- endfor %}
};

/** A schedule's factor on the rate after s steps and e epochs. */
export const schedules = {
{%- for entry in schedules %}
  {{ entry.name }}: (s, e, { {{ entry.ranges | join(", ") }} }) => {{ entry.javascript }},
{%- endfor %}
};
