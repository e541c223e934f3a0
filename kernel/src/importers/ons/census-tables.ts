/** A table of the census: its id, Nomis's id of it, and what it is about. */
export interface CensusTable {
  readonly id: string;
  readonly nomis: string;
  readonly description: string;
}

const TABLES = `
qs102ew nm_143_1 population density
qs702ew nm_153_1 distance travelled to work
qs101ew nm_501_1 residence type
qs103ew nm_503_1 age by single year
qs104ew nm_504_1 sex
qs105ew nm_505_1 schoolchildren and full-time students at their non term-time address
qs106ew nm_506_1 second address
qs108ew nm_508_1 living arrangements
qs110ew nm_510_1 adult lifestage (alternative adult definition)
qs111ew nm_511_1 household lifestage
qs112ew nm_512_1 household composition - people
qs113ew nm_513_1 household composition - households
qs114ew nm_514_1 household composition (alternative child and adult definition) - people
qs115ew nm_515_1 household composition (alternative child and adult definition) - households
qs116ew nm_516_1 household type
qs117ew nm_517_1 people aged 18 to 64 living in a one adult household
qs118ew nm_518_1 families with dependent children
qs119ew nm_519_1 households by deprivation dimensions
qs121ew nm_521_1 armed forces
qs201ew nm_522_1 ethnic group
qs202ew nm_523_1 multiple ethnic groups
qs203ew nm_524_1 country of birth (detailed)
qs204ew nm_525_1 main language (detailed)
qs205ew nm_526_1 proficiency in english
qs208ew nm_529_1 religion
qs301ew nm_530_1 provision of unpaid care
qs302ew nm_531_1 general health
qs303ew nm_532_1 long-term health problem or disability
qs401ew nm_533_1 accommodation type - people
qs402ew nm_534_1 accommodation type - households
qs403ew nm_535_1 tenure - people
qs404ew nm_536_1 tenure - household reference person aged 65 and over
qs405ew nm_537_1 tenure - households
qs406ew nm_538_1 household size
qs407ew nm_539_1 number of rooms
qs408ew nm_540_1 occupancy rating (rooms)
qs409ew nm_541_1 persons per room - households
qs410ew nm_542_1 persons per room - people
qs411ew nm_543_1 number of bedrooms
qs412ew nm_544_1 occupancy rating (bedrooms)
qs413ew nm_545_1 persons per bedroom - households
qs414ew nm_546_1 persons per bedroom - people
qs415ew nm_547_1 central heating
qs416ew nm_548_1 car or van availability
qs417ew nm_549_1 household spaces
qs418ew nm_550_1 dwellings
qs419ew nm_551_1 position in communal establishment
qs420ew nm_552_1 communal establishment management and type - communal establishments
qs421ew nm_553_1 communal establishment management and type - people
qs501ew nm_554_1 highest level of qualification
qs502ew nm_555_1 qualifications gained
qs601ew nm_556_1 economic activity
qs602ew nm_557_1 economic activity of household reference person
qs603ew nm_558_1 economic activity - full-time students
qs604ew nm_559_1 hours worked
qs605ew nm_560_1 industry
qs606ew nm_561_1 occupation (minor groups)
qs607ew nm_562_1 ns-sec
qs608ew nm_563_1 ns-sec of household reference person - people aged under 65
qs609ew nm_564_1 ns-sec of household reference person - people
qs610ew nm_565_1 ns-sec of household reference person (hrp) - hrp aged under 65
qs611ew nm_566_1 approximated social grade
qs612ew nm_567_1 year last worked
qs701ew nm_568_1 method of travel to work
qs801ew nm_569_1 year of arrival in the uk
qs802ew nm_570_1 age of arrival in the uk
qs803ew nm_571_1 length of residence in the uk
qs210ew nm_573_1 religion (detailed)
qs211ew nm_575_1 ethnic group (detailed)
qs703ew nm_576_1 method of travel to work (2001 specification)
qs212ew nm_577_1 passports held
qs213ew nm_578_1 country of birth (expanded)
qs613ew nm_580_1 approximated social grade
`;

/** The quick statistics of the census of 2011, in the order of Nomis's ids. */
export const censusTables: readonly CensusTable[] = TABLES.trim()
  .split("\n")
  .map((line) => {
    const [id = "", nomis = "", ...words] = line.split(" ");
    return { id, nomis, description: words.join(" ") };
  });
