import { headingTree } from "../heading-tree.ts";

const SOCIO_ECONOMIC = `
  All categories: NS-SeC
  1. Higher managerial, administrative and professional occupations
  1.1 Large employers and higher managerial and administrative occupations
  L1 Employers in large establishments
  L2 Higher managerial and administrative occupations
  1.2 Higher professional occupations
  L3.1 Traditional employees
  L3.2 New employees
  L3.3 Traditional self-employed
  L3.4 New self-employed
  2. Lower managerial, administrative and professional occupations
  L4 Lower professional and higher technical occupations
  L4.1 Traditional employees
  L4.2 New employees
  L4.3 Traditional self-employed
  L4.4 New self-employed
  L5 Lower managerial and administrative occupations
  L6 Higher supervisory occupations
  3. Intermediate occupations
  L7.1 Intermediate clerical and administrative occupations
  L7.2 Intermediate sales and service occupations
  L7.3 Intermediate technical and auxiliary occupations
  L7.4 Intermediate engineering occupations
  4. Small employers and own account workers
  L8 Employers in small establishments
  L8.1 Employers in small establishments in industry, commerce, services etc.
  L8.2 Employers in small establishments in agriculture
  L9 Own account workers
  L9.1 Own account workers (non-professional)
  L9.2 Own account workers (agriculture)
  5. Lower supervisory and technical occupations
  L10 Lower supervisory occupations
  L11 Lower technical occupations
  L11.1 Lower technical craft occupations
  L11.2 Lower technical process operative occupations
  6. Semi-routine occupations
  L12.1 Semi-routine sales occupations
  L12.2 Semi-routine service occupations
  L12.3 Semi-routine technical occupations
  L12.4 Semi-routine operative occupations
  L12.5 Semi-routine agricultural occupations
  L12.6 Semi-routine clerical occupations
  L12.7 Semi-routine childcare occupations
  7. Routine occupations
  L13.1 Routine sales and service occupations
  L13.2 Routine production occupations
  L13.3 Routine technical occupations
  L13.4 Routine operative occupations
  L13.5 Routine agricultural occupations
  8. Never worked and long-term unemployed
  L14.1 Never worked
  L14.2 Long-term unemployed
  Not classified
  L15 Full-time students
  L17 Not classifiable for other reasons`;

const ESTABLISHMENTS = `
  All categories: Communal establishment management and type
  Medical and care establishment:
    Total
    NHS:
      Total | General hospital | Mental health hospital/unit (including secure units) | Other hospital
    Local Authority:
      Total | Children's home (including secure units) | Care home with nursing | Care home without nursing | Other home
    Registered Social Landlord/Housing Association:
      Total | Home or hostel | Sheltered housing only
    Other:
      Total | Care home with nursing | Care home without nursing | Children's home (including secure units)
      Mental health hospital/unit (including secure units) | Other hospital | Other establishment
  Other establishment:
    Total | Defence | Prison service | Approved premises (probation/bail hostel) | Detention centres and other detention | Education
    Hotel: guest house; B&B; youth hostel | Hostel or temporary shelter for the homeless
    Holiday accommodation (for example holiday parks) | Other travel or temporary accommodation | Religious | Staff/worker accommodation only
    Other
  Establishment not stated`;

const COMPOSITION = `
  All categories: Household composition
  One person household:
    Total | Aged 65 and over | Other
  One family only:
    Total
    All aged 65 and over
    Married couple:
      Total | No children | One dependent child | Two or more dependent children | All children non-dependent
    Same-sex civil partnership couple:
      Total | No children | One dependent child | Two or more dependent children | All children non-dependent
    Cohabiting couple:
      Total | No children | One dependent child | Two or more dependent children | All children non-dependent
    Lone parent:
      Total | One dependent child | Two or more dependent children | All children non-dependent
  Other household types:
    Total | One dependent child | Two or more dependent children | All full-time students | All aged 65 and over | Other`;

const ACCOMMODATION = `
  All categories: Accommodation type
  Unshared dwelling:
    Total
    Whole house or bungalow:
      Total | Detached | Semi-detached | Terraced (including end-terrace)
    Flat, maisonette or apartment:
      Total | Purpose-built block of flats or tenement | Part of a converted or shared house (including bed-sits) | In a commercial building
    Caravan or other mobile or temporary structure
  Shared dwelling`;

const TENURE = `
  All categories: Tenure
  Owned:
    Total | Owned outright | Owned with a mortgage or loan
  Shared ownership (part owned and part rented)
  Social rented:
    Total | Rented from council (Local Authority) | Other
  Private rented:
    Total | Private landlord or letting agency | Employer of a household member | Relative or friend of household member | Other
  Living rent free`;

const ACTIVITY = `
  All categories: Economic activity
  Economically active:
    Total
    Employee:
      Part-time | Full-time
    Self-employed with employees:
      Part-time | Full-time
    Self-employed without employees:
      Part-time | Full-time
    Unemployed
    Full-time student
  Economically inactive:
    Total | Retired | Student (including full-time students) | Looking after home or family | Long-term sick or disabled | Other`;

const TRAVEL = `
  All categories: Method of travel to work
  Work mainly at or from home
  Underground, metro, light rail, tram
  Train
  Bus, minibus or coach
  Taxi
  Motorcycle, scooter or moped
  Driving a car or van
  Passenger in a car or van
  Bicycle
  On foot
  Other method of travel to work
  Not in employment`;

/**
 * What each quick statistics table tells apart, as the headings of Nomis's bulk files name it: the recorded tables as recorded, the others as
 * public programs and lists of variables have them. Of the most detailed tables (qs108ew, qs110ew, qs111ew, qs203ew, qs204ew, qs210ew, qs213ew, qs605ew, qs606ew)
 * not every cell is here; the file decides.
 */
export const CENSUS_2011_HEADINGS = headingTree(`
qs101ew Residence Type
  All categories: Residence type
  Lives in a household
  Lives in a communal establishment
  Communal establishments with persons sleeping rough identified
qs102ew Area/Population Density
  All usual residents
  Area Hectares
  Density (number of persons per hectare)
qs103ew Age
  All categories: Age
  Age under 1
  Age {1..99}
  Age 100 and over
qs104ew Sex
  All categories: Sex
  Males
  Females
qs105ew Sex
  All categories: Sex
  Males
  Females
qs106ew Second Address
  All categories: Second address
  No second address
  Second address within the UK
  Second address outside the UK
qs108ew Living Arrangement
  All categories: Living arrangements
  Living in a couple:
    Total
  Not living in a couple:
    Total
    Single (never married or never registered a same-sex civil partnership)
    Married or in a registered same-sex civil partnership
    Separated (but still legally married or still legally in a same-sex civil partnership)
    Divorced or formerly in a same-sex civil partnership which is now legally dissolved
    Widowed or surviving partner from a same-sex civil partnership
qs110ew Lifestage
  All categories: Adult lifestage
  Age 16 to 24:
    Total
  Age 25 to 34:
    Total
  Age 35 to 54:
    Total
  Age 55 to 64:
    Total
  Age 65 to 74:
    Total
  Age 75 and over:
    Total
qs111ew Lifestage
  All categories: Household lifestage
  Age of HRP under 35:
    Total
  Age of HRP 35 to 54:
    Total
  Age of HRP 55 to 64:
    Total
  Age of HRP 65 and over:
    Total
qs112ew Household Composition${COMPOSITION}
qs113ew Household Composition${COMPOSITION}
qs114ew Household Composition
  All categories: Household composition (alternative child and adult definition)
  One person household:
    Total
  Other households:
    Total
qs115ew Household Composition
  All categories: Household composition (alternative child and adult definition)
  One person household:
    Total
  Other households:
    Total
qs116ew Household Type
  All categories: Household type
  One person household
  Married couple household:
    With dependent children | No dependent children
  Same-sex civil partnership couple household:
    With dependent children | No dependent children
  Cohabiting couple household:
    With dependent children | No dependent children
  Lone parent household:
    With dependent children | No dependent children
  Multi-person household:
    All full-time students | Other
qs117ew Adults in Household
  All categories: Adults in household
  1 adult in household
  0 or multiple adults in household
qs118ew Dependent Children
  All families in households
  No dependent children in family
  One dependent child in family aged 0 to 4
  One dependent child in family aged 5 to 11
  One dependent child in family aged 12 to 18
  Two dependent children in family:
    youngest aged 0 to 4 | youngest aged 5 to 11 | youngest aged 12 to 18
  Three or more dependent children in family:
    youngest aged 0 to 4 | youngest aged 5 to 11 | youngest aged 12 to 18
  Total dependent children
qs119ew Household Deprivation
  All categories: Classification of household deprivation
  Household is not deprived in any dimension
  Household is deprived in 1 dimension
  Household is deprived in {2..4} dimensions
qs121ew Armed Forces
  All categories: Armed forces
  Member of the armed forces
  Not a member of the armed forces
qs201ew Ethnic Group
  All categories: Ethnic group
  White:
    English/Welsh/Scottish/Northern Irish/British | Irish | Gypsy or Irish Traveller | Other White
  Mixed/multiple ethnic group:
    White and Black Caribbean | White and Black African | White and Asian | Other Mixed
  Asian/Asian British:
    Indian | Pakistani | Bangladeshi | Chinese | Other Asian
  Black/African/Caribbean/Black British:
    African | Caribbean | Other Black
  Other ethnic group:
    Arab | Any other ethnic group
qs202ew Multiple Ethnic Groups
  All categories: Multiple ethnic groups
  One person household
  All household members have the same ethnic group
  Different ethnic groups between the generations only
  Different ethnic groups within partnerships (whether or not different ethnic groups between generations)
  Any other combination of multiple ethnic groups
qs203ew Country of Birth
  All categories: Country of birth
  Europe:
    Total
    United Kingdom:
      Total | England | Northern Ireland | Scotland | Wales | Great Britain not otherwise specified | United Kingdom not otherwise specified
    Guernsey | Jersey | Channel Islands not otherwise specified | Isle of Man | Ireland
    Other Europe:
      Total
      EU countries:
        Total
        Member countries in March 2001:
          Total | France | Germany | Italy | Portugal (including Madeira and the Azores) | Spain (including Canary Islands)
          Other member countries in March 2001
        Accession countries April 2001 to March 2011:
          Total | Lithuania | Poland | Romania | Other EU accession countries
      Rest of Europe:
        Total | Turkey | Other Europe
  Africa:
    Total | North Africa
    Central and Western Africa:
      Total | Ghana | Nigeria | Other Central and Western Africa
    South and Eastern Africa:
      Total | Kenya | Somalia | South Africa | Zimbabwe | Other South and Eastern Africa
    Africa not otherwise specified
  Middle East and Asia:
    Total
  The Americas and the Caribbean:
    Total
  Antarctica and Oceania:
    Total
  Other
qs204ew Main Language
  All usual residents aged 3 and over
  English (English or Welsh if in Wales)
  Welsh/Cymraeg (in England only)
  Other UK language:
    Total
  French
  Portuguese
  Spanish
  Other European Language (EU):
    Total
  Other European Language (non EU):
    Total
  Other European Language (non-national):
    Total
  Russian
  Turkish
  Arabic
  West/Central Asian Language:
    Total
  South Asian Language:
    Total
  East Asian Language:
    Total
  Oceanic/Australian language (any)
  North/South American language (any)
  Caribbean Creole:
    Total
  African Language:
    Total
  All other Languages
  Sign Language:
    Total
qs205ew Proficiency in English
  All categories: Proficiency in English
  Main language is English (English or Welsh in Wales)
  Main language is not English (English or Welsh in Wales):
    Can speak English very well | Can speak English well | Cannot speak English well | Cannot speak English
qs208ew Religion
  All categories: Religion
  Christian | Buddhist | Hindu | Jewish | Muslim | Sikh | Other religion | No religion | Religion not stated
qs301ew Care Provision
  All categories: Provision of unpaid care
  Provides no unpaid care
  Provides 1 to 19 hours unpaid care a week
  Provides 20 to 49 hours unpaid care a week
  Provides 50 or more hours unpaid care a week
qs302ew General Health
  All categories: General health
  Very good health
  Good health
  Fair health
  Bad health
  Very bad health
qs303ew Disability
  All categories: Long-term health problem or disability
  Day-to-day activities limited a lot
  Day-to-day activities limited a little
  Day-to-day activities not limited
qs401ew Dwelling Type${ACCOMMODATION}
qs402ew Dwelling Type${ACCOMMODATION}
qs403ew Tenure${TENURE}
qs404ew Tenure
  All categories: Tenure
  Owned
  Shared ownership (part owned and part rented)
  Rented from council (Local Authority)
  Other social rented
  Private rented
  Living rent free
qs405ew Tenure${TENURE}
qs406ew Household Size
  All categories: Household size
  1 person in household
  {2..7} people in household
  8 or more people in household
qs407ew Number of Rooms
  All categories: Number of rooms
  1 room
  {2..8} rooms
  9 or more rooms
qs408ew Occupancy Rating
  All categories: Occupancy rating (rooms)
  Occupancy rating (rooms) of +2 or more
  Occupancy rating (rooms) of +1
  Occupancy rating (rooms) of 0
  Occupancy rating (rooms) of -1
  Occupancy rating (rooms) of -2 or less
qs409ew Persons per Room
  All categories: Number of persons per room in household
  Up to 0.5 persons per room
  Over 0.5 and up to 1.0 persons per room
  Over 1.0 and up to 1.5 persons per room
  Over 1.5 persons per room
qs410ew Persons per Room
  All categories: Number of persons per room in household
  Up to 0.5 persons per room
  Over 0.5 and up to 1.0 persons per room
  Over 1.0 and up to 1.5 persons per room
  Over 1.5 persons per room
qs411ew Number of Bedrooms
  All categories: Number of bedrooms
  No bedrooms
  1 bedroom
  {2..4} bedrooms
  5 or more bedrooms
qs412ew Occupancy Rating
  All categories: Occupancy rating (bedrooms)
  Occupancy rating (bedrooms) of +2 or more
  Occupancy rating (bedrooms) of +1
  Occupancy rating (bedrooms) of 0
  Occupancy rating (bedrooms) of -1
  Occupancy rating (bedrooms) of -2 or less
qs413ew Persons per Bedroom
  All categories: Number of persons per bedroom in household
  Up to 0.5 persons per bedroom
  Over 0.5 and up to 1.0 persons per bedroom
  Over 1.0 and up to 1.5 persons per bedroom
  Over 1.5 persons per bedroom
qs414ew Persons per Bedroom
  All categories: Number of persons per bedroom in household
  Up to 0.5 persons per bedroom
  Over 0.5 and up to 1.0 persons per bedroom
  Over 1.0 and up to 1.5 persons per bedroom
  Over 1.5 persons per bedroom
qs415ew Central Heating
  All categories: Type of central heating in household
  No central heating
  Gas central heating
  Electric (including storage heaters) central heating
  Oil central heating
  Solid fuel (for example wood, coal) central heating
  Other central heating
  Two or more types of central heating
qs416ew Cars
  All categories: Car or van availability
  No cars or vans in household
  1 car or van in household
  2 cars or vans in household
  3 cars or vans in household
  4 or more cars or vans in household
  sum of All cars or vans in the area
qs417ew Dwelling Type
  All categories: Household spaces
  Household spaces with at least one usual resident
  Household spaces with no usual residents
qs418ew Dwelling Type
  All categories: Dwelling type
  Unshared dwelling
  Shared dwelling
qs419ew Position in Communal Establishment
  All categories: Position in communal establishment
  Resident
  Staff or owner
  Family member or partner of staff or owner
qs420ew Establishment Type${ESTABLISHMENTS}
qs421ew Establishment Type${ESTABLISHMENTS}
qs501ew Qualifications
  All categories: Highest level of qualification
  No qualifications
  Level 1 qualifications
  Level 2 qualifications
  Apprenticeship
  Level 3 qualifications
  Level 4 qualifications and above
  Other qualifications
qs502ew Qualifications
  All usual residents aged 16 and over
  No qualifications
  1-4 O levels/CSE/GCSEs (any grades), Entry Level, Foundation Diploma
  NVQ Level 1, Foundation GNVQ, Basic Skills
  5+ O level (Passes)/CSEs (Grade 1)/GCSEs (Grades A*-C), School Certificate, 1 A level/2-3 AS levels/VCEs, Higher Diploma, Welsh Baccalaureate Intermediate Diploma
  NVQ Level 2, Intermediate GNVQ, City and Guilds Craft, BTEC First/General Diploma, RSA Diploma
  Apprenticeship
  2+ A levels/VCEs, 4+ AS levels, Higher School Certificate, Progression/Advanced Diploma, Welsh Baccalaureate Advanced Diploma
  NVQ Level 3, Advanced GNVQ, City and Guilds Advanced Craft, ONC, OND, BTEC National, RSA Advanced Diploma
  Degree (for example BA, BSc), Higher degree (for example MA, PhD, PGCE)
  NVQ Level 4-5, HNC, HND, RSA Higher Diploma, BTEC Higher Level
  Professional qualifications (for example teaching, nursing, accountancy)
  Other vocational/work-related qualifications
  Foreign qualifications
qs601ew Economic Activity${ACTIVITY}
qs602ew Economic Activity${ACTIVITY}
qs603ew Economic Activity
  All categories: Economic activity
  Full-time students:
    Economically active - In employment | Economically active - Unemployed | Economically inactive
qs604ew Hours Worked
  All categories: Hours worked
  Part-time:
    Total | 15 hours or less worked | 16 to 30 hours worked
  Full-time:
    Total | 31 to 48 hours worked | 49 or more hours worked
qs605ew Industry
  All categories: Industry
  A Agriculture, forestry and fishing | B Mining and quarrying | C Manufacturing | D Electricity, gas, steam and air conditioning supply
  E Water supply, sewerage, waste management and remediation activities | F Construction
  G Wholesale and retail trade; repair of motor vehicles and motor cycles | H Transport and storage
  I Accommodation and food service activities | J Information and communication | K Financial and insurance activities
  L Real estate activities | M Professional, scientific and technical activities | N Administrative and support service activities
  O Public administration and defence; compulsory social security | P Education | Q Human health and social work activities
  R,S Arts, entertainment and recreation; other service activities
  T Activities of households as employers; undifferentiated goods - and services - producing activities of households for own use
  U Activities of extraterritorial organisations and bodies
qs606ew Occupation
  All categories: Occupation
  1. Managers, directors and senior officials
  2. Professional occupations
  3. Associate professional and technical occupations
  4. Administrative and secretarial occupations
  5. Skilled trades occupations
  6. Caring, leisure and other service occupations
  7. Sales and customer service occupations
  8. Process, plant and machine operatives
  9. Elementary occupations
qs607ew NS-SeC${SOCIO_ECONOMIC}
qs608ew NS-SeC${SOCIO_ECONOMIC}
qs609ew NS-SeC${SOCIO_ECONOMIC}
qs610ew NS-SeC${SOCIO_ECONOMIC}
qs611ew Social Grade
  All categories: Approximated social grade
  Approximated social grade AB
  Approximated social grade C1
  Approximated social grade C2
  Approximated social grade DE
qs612ew Year Last Worked
  All categories: Year last worked
  In employment
  Not in employment:
    Total
qs701ew Method of Travel to Work${TRAVEL}
qs702ew Distance travelled to work
  All categories: Distance travelled to work
  Less than 2km
  2km to less than 5km
  5km to less than 10km
  10km to less than 20km
  20km to less than 30km
  30km to less than 40km
  40km to less than 60km
  60km and over
  Work mainly at or from home
  Other
  Total distance (km)
  Average distance (km)
qs801ew Year of Arrival in UK
  All categories: Year of arrival in UK
  Born in the UK
  Arrived before 1941
  Arrived {1941..1991 by 10}-{1950..2000 by 10}
  Arrived 2001-2003
  Arrived 2004-2006
  Arrived 2007-2009
  Arrived 2010-2011
qs802ew Age of Arrival in UK
  All categories: Age of arrival in the UK
  Born in the UK
  Age of arrival in the UK:
    0 to 4 | 5 to 7 | 8 to 9 | 10 to 14 | 15 | 16 to 17 | 18 to 19 | 20 to 24 | 25 to 29 | 30 to 44 | 45 to 59 | 60 to 64 | 65 to 74 | 75 to 84 | 85 to 89
    90 and over
qs803ew Length of Residence in UK
  All categories: Length of residence in the UK
  Born in the UK
  Resident in UK:
    Less than 2 years | 2 years or more but less than 5 years | 5 years or more but less than 10 years | 10 years or more
qs210ew Religion
  All categories: Religion
  Christian | Buddhist | Hindu | Jewish | Muslim (Islam) | Sikh
  Other religion:
    Total
  No religion:
    Total
  Religion not stated
qs211ew Ethnic Group
  All categories: Ethnic group
  White:
    English/Welsh/Scottish/Northern Irish/British | Irish | Gypsy or Irish Traveller | Afghan | Albanian | Anglo Indian | Argentinian
    Australian/New Zealander | Baltic States | Bosnian | Brazilian | British Asian | Burmese | Chilean | Colombian
    Commonwealth of (Russian) Independent States | Croatian | Cuban | Cypriot (part not stated) | Ecuadorian | European Mixed | Filipino | Greek
    Greek Cypriot | Iranian | Israeli | Italian | Japanese | Kashmiri | Kosovan | Kurdish | Latin/South/Central American | Malaysian | Mexican
    Moroccan | Multi-ethnic islands | Nepalese (includes Gurkha) | Nigerian | North African | North American | Other Eastern European
    Other Middle East | Other Western European | Peruvian | Polish | Polynesia/Micronesia/Melanesia | Serbian | Somali | Somalilander
    Sri Lankan | Tamil | Thai | Turkish | Turkish Cypriot | Venezuelan | Vietnamese | White African | White Caribbean | Any other ethnic group
  Mixed/multiple ethnic group:
    White and Black Caribbean | White and Black African | White and Asian | Afghan | African/Arab | Albanian | Anglo Indian
    Australian/New Zealander | Baltic States | Black and Asian | Black and Chinese | Black and White | Black British | Black European
    Black/African American | Brazilian | British Asian | Burmese | Caribbean Asian | Chilean | Chinese and White | Colombian
    Commonwealth of (Russian) Independent States | Cuban | Cypriot (part not stated) | East African Asian | Ecuadorian | European Mixed | Filipino
    Greek | Greek Cypriot | Indonesian | Iranian | Israeli | Italian | Japanese | Kashmiri | Korean | Kosovan | Kurdish
    Latin/South/Central American | Malaysian | Mexican | Moroccan | Multi-ethnic islands | Nepalese (includes Gurkha) | Nigerian | North African
    North American | Other Eastern European | Other Middle East | Other Western European | Peruvian | Polish | Polynesia/Micronesia/Melanesia
    Somali | South Asian and Chinese | Sri Lankan | Tamil | Thai | Turkish | Turkish Cypriot | Venezuelan | Vietnamese | White African
    White and Arab | White and East Asian | White and North African or Middle Eastern | White and South Asian | White Caribbean
    Any other ethnic group
  Asian/Asian British:
    Indian or British Indian | Pakistani or British Pakistani | Bangladeshi, British Bangladeshi | Chinese | Afghan | Anglo Indian
    British Asian | Burmese | Cambodia | Caribbean Asian | Commonwealth of (Russian) Independent States | East African Asian | European Mixed
    Filipino | Indonesian | Iranian | Italian | Japanese | Kashmiri | Korean | Kurdish | Latin/South/Central American | Malaysian
    Multi-ethnic islands | Nepalese (includes Gurkha) | North American | Other Eastern European | Other Middle East | Other Western European
    Polynesia/Micronesia/Melanesia | Punjabi | Sinhalese | Somali | Sri Lankan | Taiwanese | Tamil | Thai | Turkish | Turkish Cypriot
    Vietnamese | Any other ethnic group
  Black/African/Caribbean/Black British:
    African | Caribbean | Afghan | African/Arab | Black British | Black European | Black/African American | Brazilian | Caribbean Asian | Colombian
    Cuban | European Mixed | Filipino | Italian | Latin/South/Central American | Moroccan | Multi-ethnic islands | Nigerian | North African
    North American | Other Western European | Polynesia/Micronesia/Melanesia | Somali | Somalilander | Sri Lankan | Any other ethnic group
  Other ethnic group:
    Arab | Afghan | African/Arab | Albanian | Anglo Indian | Australian/New Zealander | Baltic States | Bosnian | Brazilian | Burmese
    Caribbean Asian | Chilean | Colombian | Commonwealth of (Russian) Independent States | Cypriot (part not stated) | Ecuadorian | European Mixed
    Filipino | Greek | Greek Cypriot | Indonesian | Iranian | Israeli | Italian | Japanese | Kashmiri | Korean | Kosovan | Kurdish
    Latin/South/Central American | Malaysian | Mexican | Moroccan | Multi-ethnic islands | Nepalese (includes Gurkha) | North African
    North American | Other Eastern European | Other Middle East | Other Western European | Peruvian | Polish | Polynesia/Micronesia/Melanesia
    Punjabi | Somali | Somalilander | Sri Lankan | Tamil | Thai | Turkish | Turkish Cypriot | Vietnamese | Any other ethnic group
qs703ew Method of Travel to Work${TRAVEL}
qs212ew Passports Held
  All categories: Passports held
  No passport
  United Kingdom
  Republic of Ireland
  Other Europe: EU countries
  Other Europe: Non EU countries
  Africa
  Middle East and Asia
  North America and the Caribbean
  Central America
  South America
  Antarctica and Oceania
  British Overseas Territories
qs213ew Country of Birth
  All categories: Country of birth
  Europe:
    Total
  Africa:
    Total
  Middle East and Asia:
    Total
  The Americas and the Caribbean:
    Total
  Antarctica and Oceania:
    Total
  Other
qs613ew Social Grade
  All categories: Approximated social grade
  AB Higher and intermediate managerial/administrative/professional occupations
  C1 Supervisory, clerical and junior managerial/administrative/professional occupations
  C2 Skilled manual occupations
  DE Semi-skilled and unskilled manual occupations; unemployed and lowest grade occupations
`);

/** Tables that count something else than people, by what they count. */
const COUNTED = {
  households:
    "qs111ew qs113ew qs115ew qs116ew qs119ew qs202ew qs402ew qs404ew qs405ew qs406ew qs407ew qs408ew qs409ew qs411ew qs412ew qs413ew qs415ew qs416ew qs602ew qs610ew",
  families: "qs118ew",
  "household spaces": "qs417ew",
  dwellings: "qs418ew",
  establishments: "qs420ew",
} as const;

/** What a table counts, as the unit of its figures. */
export function countedIn(table: string): string {
  const [unit = "people"] =
    Object.entries(COUNTED).find(([, tables]) => tables.split(" ").includes(table)) ?? [];
  return unit;
}
