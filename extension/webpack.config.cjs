/** MapLibre starts its thread from a file of its own, which must stay one. */
module.exports = {
  module: {
    rules: [
      {
        test: /maplibre-gl-worker\.mjs$/,
        type: "asset/resource",
        generator: { filename: "[name].[hash:8].mjs" },
      },
    ],
  },
};
