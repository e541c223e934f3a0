/** Groups of OpenStreetMap's tags: group → tag → values that belong to it; no values means any. */
export const OSM_GROUPS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  "built-in-cycling": {
    highway: ["cycleway"],
    cycleway: [
      "lane",
      "opposite",
      "opposite_lane",
      "asl",
      "shoulder",
      "separate",
      "shared_lane",
      "share_busway",
      "shared",
      "track",
      "opposite_track",
    ],
    amenity: ["bicycle_parking", "bicycle_rental"],
  },
  "built-in-greenspace": {
    leisure: ["park", "garden", "dog_park"],
    landuse: [
      "allotments",
      "forest",
      "grass",
      "greenfield",
      "meadow",
      "orchard",
      "recreation_ground",
      "village_green",
      "wood",
    ],
    natural: ["fell", "grassland", "heath", "scrub", "wood"],
  },
  "built-in-education-infrastructure": {
    amenity: ["school", "library", "university", "college", "kindergarten"],
  },
  "built-in-health-infrastructure": { amenity: ["clinic", "dentist", "doctors", "hospital", "pharmacy"] },
  "built-in-civic-infrastructure": {
    amenity: [
      "courthouse",
      "coworking_space",
      "bench",
      "fire_station",
      "place_of_worship",
      "police",
      // The recipes of 2019 say post-box, OpenStreetMap itself writes post_box.
      "post-box",
      "post_box",
      "post_office",
      "public_bath",
      "recycling",
      "town_hall",
      "waste_disposal",
    ],
  },
  "built-in-highways": {
    highway: ["motorway", "trunk", "primary", "secondary", "tertiary", "unclassified", "residential", "service"],
  },
  "built-in-landuse": { landuse: [] },
  "built-in-gastronomy": { amenity: ["bar", "biergarten", "cafe", "fast_food", "pub", "restaurant"] },
};
