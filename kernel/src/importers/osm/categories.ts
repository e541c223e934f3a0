/** A group of tags under a name: one datasource of OpenStreetMap, and one built-in matcher of recipes. */
export interface OsmCategory {
  /** Datasource id of the importer. */
  readonly id: string;
  /** Name by which a recipe's `OSMBuiltInAttributeMatcherField` knows the group. */
  readonly matcher: string;
  readonly title: string;
  readonly doc: string;
  /** Accepted values by key; `*` is any value. */
  readonly tags: Readonly<Record<string, readonly string[]>>;
}

/** The eight groups of 2019, by the last part of their short name. Their tags are kept as they were: old recipes count on them. */
export const OSM_CATEGORIES = {
  cycling: {
    id: "OSMCycling",
    matcher: "built-in-cycling",
    title: "Cycling",
    doc: "Cycle ways, cycle lanes, bicycle parking and hire.",
    tags: {
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
  },
  greenspace: {
    id: "OSMGreenspace",
    matcher: "built-in-greenspace",
    title: "Green space",
    doc: "Parks, gardens, woods, meadows, allotments and other green land.",
    tags: {
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
  },
  education: {
    id: "OSMEducation",
    matcher: "built-in-education-infrastructure",
    title: "Places of education",
    doc: "Schools, colleges, universities, kindergartens and libraries.",
    tags: { amenity: ["school", "library", "university", "college", "kindergarten"] },
  },
  health: {
    id: "OSMHealth",
    matcher: "built-in-health-infrastructure",
    title: "Health services",
    doc: "Hospitals, clinics, doctors, dentists and pharmacies.",
    tags: { amenity: ["clinic", "dentist", "doctors", "hospital", "pharmacy"] },
  },
  civic: {
    id: "OSMCivic",
    matcher: "built-in-civic-infrastructure",
    title: "Civic places",
    doc: "Courts, police and fire stations, post offices, places of worship, town halls, benches, recycling and the like.",
    tags: {
      amenity: [
        "courthouse",
        "coworking_space",
        "bench",
        "fire_station",
        "place_of_worship",
        "police",
        // OpenStreetMap writes post_box; the old value is kept, so that counts agree with earlier work.
        "post-box",
        "post_office",
        "public_bath",
        "recycling",
        "town_hall",
        "waste_disposal",
      ],
    },
  },
  highways: {
    id: "OSMHighways",
    matcher: "built-in-highways",
    title: "Roads",
    doc: "Roads from motorways to residential streets and service roads.",
    tags: {
      highway: [
        "motorway",
        "trunk",
        "primary",
        "secondary",
        "tertiary",
        "unclassified",
        "residential",
        "service",
      ],
    },
  },
  landuse: {
    id: "OSMLanduse",
    matcher: "built-in-landuse",
    title: "Land use",
    doc: "Everything with a land use, whatever it is.",
    tags: { landuse: ["*"] },
  },
  gastronomy: {
    id: "OSMGastronomy",
    matcher: "built-in-gastronomy",
    title: "Food and drink",
    doc: "Restaurants, cafés, pubs, bars, fast food and beer gardens.",
    tags: { amenity: ["bar", "biergarten", "cafe", "fast_food", "pub", "restaurant"] },
  },
} as const satisfies Readonly<Record<string, OsmCategory>>;
