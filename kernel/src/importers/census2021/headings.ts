import { headingTree } from "../heading-tree.ts";

/**
 * What each topic summary tells apart, as the headings of its files name it, with blanks and colons made even. Facts as public programs list
 * them that have read these files.
 */
export const CENSUS_2021_HEADINGS = headingTree(`
ts001 Residence type
  Total
  Lives in a household
  Lives in a communal establishment
ts002 Marital and civil partnership status
  Total
  Never married and never registered a civil partnership
  Married or in a registered civil partnership
    Married
      Opposite sex
      Same sex
    In a registered civil partnership
      Opposite sex
      Same sex
  Separated, but still legally married or still legally in a civil partnership
    Separated, but still married
    Separated, but still in a registered civil partnership
  Divorced or civil partnership dissolved
    Divorced
    Formerly in a civil partnership now legally dissolved
  Widowed or surviving civil partnership partner
    Widowed
    Surviving partner from civil partnership
ts003 Household composition
  Total
  One person household
    Aged 66 years and over
    Other
  Single family household
    All aged 66 years and over
    Married or civil partnership couple
      No children
      Dependent children
      All children non-dependent
    Cohabiting couple family
      No children
      With dependent children
      All children non-dependent
    Lone parent family
      With dependent children
      All children non-dependent
    Other single family household
      Other family composition
  Other household types
    With dependent children
    Other, including all full-time students and all aged 66 years and over
ts004 Country of birth
  Total
  Europe
    United Kingdom
    EU countries
      European Union EU14
      European Union EU8
      European Union EU2
      All other EU countries
    Non-EU countries
      All other non-EU countries
  Africa
  Middle East and Asia
  The Americas and the Caribbean
  Antarctica and Oceania (including Australasia) and Other
  British Overseas
ts005 Passports held
  Total
  Europe
    United Kingdom
    Ireland
    Other Europe
      EU Member countries
        France
        Germany
        Italy
        Portugal
        Spain
        Lithuania
        Poland
        Romania
        Other EU countries
      Rest of Europe
        Turkey
        Other Europe
  Africa
    North Africa
    Central and Western Africa
    South and Eastern Africa
  Middle East and Asia
    Middle East
    Eastern Asia
    Southern Asia
    South-East Asia
    Central Asia
  The Americas and the Caribbean
    North America and the Caribbean
    Central and South America
  Antarctica and Oceania, including Australasia
  British Overseas Territories
  No passport held
ts006 Population Density
  Persons per square kilometre
ts007a Age
  Total
  Aged 4 years and under
  Aged {5..80 by 5} to {9..84 by 5} years
  Aged 85 years and over
ts008 Sex
  All persons
  Female
  Male
ts010 Living arrangements
  Total
  Living in a couple
    Married or in a civil partnership
      Opposite-sex couple
      Same-sex couple
    Separated, but still married or in a civil partnership
    Cohabiting
      Opposite-sex couple
      Same-sex couple
  Not living in a couple
    Single (never married and never registered a same-sex civil partnership)
    Married or in a registered civil partnership
    Separated (including those who are married and those who are in civil partnerships)
    Divorced or formerly in a civil partnership which is now legally dissolved
    Widowed or surviving partner from a civil partnership
ts011 Household deprivation
  Total: All households
  Household is not deprived in any dimension
  Household is deprived in one dimension
  Household is deprived in two dimensions
  Household is deprived in three dimensions
  Household is deprived in four dimensions
ts015 Year of arrival in the UK
  Total: All usual residents
  Born in the UK
  Arrived before 1951
  Arrived {1951..2001 by 10} to {1960..2010 by 10}
  Arrived 2011 to 2013
  Arrived 2014 to 2016
  Arrived 2017 to 2019
  Arrived 2020 to 2021
ts016 Length of residence in the UK
  Total: All usual residents
  Born in the UK
  10 years or more
  5 years or more, but less than 10 years
  2 years or more, but less than 5 years
  Less than 2 years
ts017 Household size
  Total: All household spaces
  0 people in household
  1 person in household
  {2..7} people in household
  8 or more people in household
ts018 Age of arrival in the UK
  Total: All usual residents
  Born in the UK
  Arrived in the UK
    Aged 0 to 4 years
    Aged 5 to 7 years
    Aged 8 to 9 years
    Aged 10 to 14 years
    Aged 15 years
    Aged 16 to 17 years
    Aged 18 to 19 years
    Aged 20 to 24 years
    Aged 25 to 29 years
    Aged 30 to 44 years
    Aged 45 to 59 years
    Aged 60 to 64 years
    Aged 65 to 74 years
    Aged 75 to 84 years
    Aged 85 to 89 years
    Aged 90 years and over
ts019 Migrant indicator
  Total: All usual residents
  Address one year ago is the same as the address of enumeration
  Address one year ago is student term-time or boarding school address in the UK
  Migrant from within the UK: Address one year ago was in the UK
  Migrant from outside the UK: Address one year ago was outside the UK
ts021 Ethnic group
  Total: All usual residents
  Asian, Asian British or Asian Welsh
    Bangladeshi
    Chinese
    Indian
    Pakistani
    Other Asian
  Black, Black British, Black Welsh, Caribbean or African
    African
    Caribbean
    Other Black
  Mixed or Multiple ethnic groups
    White and Asian
    White and Black African
    White and Black Caribbean
    Other Mixed or Multiple ethnic groups
  White
    English, Welsh, Scottish, Northern Irish or British
    Irish
    Gypsy or Irish Traveller
    Roma
    Other White
  Other ethnic group
    Arab
    Any other ethnic group
ts022 Ethnic group (detailed)
  Total: All usual residents
  Asian, Asian British or Asian Welsh
    Afghan | African unspecified | African Asian | Anglo Indian | Arab | Asian British | Bangladeshi, British Bangladeshi | Black and Asian
    Chinese | English/Welsh/Scottish/Northern Irish/British | Filipino | Indian or British Indian | Indonesian | Iranian | Japanese | Kashmiri
    Korean | Kurdish | Malaysian | Mauritian/Seychellois/Maldivian/Sao Tomean/St Helenian | Mixed South Asian | Myanmar or Burmese
    Nepali (includes Gurkha) | Other Asian, Asian unspecified | Other East Asian/ East Asian unspecified | Other Middle East | Other Mixed
    Pakistani or British Pakistani | Punjabi | Sikh | Sinhalese | Sri Lankan | Taiwanese
    Tajikistani/Kazakhstani/Kyrgystani/Turkmenistani/Uzbekistani | Tamil | Thai | Turkish | Vietnamese | Any other ethnic group
  Black, Black British, Black Welsh of African background
    African unspecified | Angolan | Arab | Black British | Cameroonian | Cote D'Ivoire | Democratic Republic of the Congo
    English/Welsh/Scottish/Northern Irish/British | Eritrean | Ethiopian | Gambian | Ghanaian | Kenyan | Malawian
    Mauritian/Seychellois/Maldivian/Sao Tomean/St Helenian | Mixed Black | Moroccan | Nigerian | Other Black, Black unspecified | Other Mixed
    Other North African | Portuguese | Sierra Leone | Somali | Somalilander | South African | Sudanese | Tanzanian | Ugandan | Zambian
    Zimbabwean | Any other ethnic group
  Black, Black British, Black Welsh or Caribbean background
    African unspecified | Black and European | Black British | Black/African American | Caribbean | English/Welsh/Scottish/Northern Irish/British
    Ghanaian | Mauritian/Seychellois/Maldivian/Sao Tomean/St Helenian | Mixed Black | Nigerian | Other Black, Black unspecified | Other Mixed
    Polynesian/Micronesian/Melanesian | Somali | Any other ethnic group
  Mixed or Multiple ethnic groups
    African unspecified | African Asian | African/Arab | Anglo Indian | Arab | Asian (unspecified) and European | Black and Asian
    Black and European | Black and White (unspecified) | Black British | Brazilian | Caribbean | Caribbean Asian | Chinese
    Chinese and other Asian | Chinese and White | English | English/Welsh/Scottish/Northern Irish/British | European and Black African
    European and Black Caribbean | European and North African or Middle Eastern | European Mixed, European unspecified, other European
    Greek Cypriot | Hispanic or Latin American | Indian or British Indian | Iranian | Italian | Jewish
    Mauritian/Seychellois/Maldivian/Sao Tomean/St Helenian | Mexican | Mixed Black | Mixed Irish | Mixed South Asian | Mixed White | Moroccan
    Other Asian, Asian unspecified | Other Middle East | Other Mixed | Other White, White unspecified | Pakistani or British Pakistani
    Polynesian/Micronesian/Melanesian | Portuguese | South African | South American | South Asian and European | Spanish | Turkish
    Turkish Cypriot | White African | White and Arab | White and Asian (unspecified) | White and Black African | White and Black Caribbean
    White and East Asian | White and North African or Middle Eastern | White and South Asian | White Caribbean | Any other ethnic group
  White
    African unspecified | Albanian | Algerian | Arab | Argentinian | Armenian | Australian/New Zealander | Austrian | Belarusian | Belgian
    Bosnian | Brazilian | Bulgarian | Colombian | Cornish | Croatian | Cypriot (part not stated) | Czech | Danish | Dutch
    English, Welsh, Scottish, Northern Irish or British | Estonian | European Mixed | Finnish | French | Georgian | German | Greek
    Greek Cypriot | Gypsy or Irish Traveller | Hispanic or Latin American | Hungarian | Iranian | Irish | Israeli | Italian | Jewish | Kosovan
    Kurdish | Latvian | Lithuanian | Maltese | Mixed Irish | Mixed White | Moldovan | North American | North Macedonian | Norwegian
    Other Eastern European | Other Middle East | Other Mixed | Other North African | Other Traveller | Other White, White unspecified | Polish
    Portuguese | Roma | Romanian | Russian | Serbian | Slovakian | Slovenian | South African | South American | Spanish | Swedish | Swiss
    Turkish | Turkish Cypriot | Ukrainian | White African | White and North African or Middle Eastern | White Caribbean | Zimbabwean
    Any other ethnic group
  Other ethnic group
    Afghan | African unspecified | African Asian | Albanian | Algerian | Arab | Armenian | Asian British | Bangladeshi, British Bangladeshi
    Black and Asian | Brazilian | Bulgarian | Caribbean | Caribbean Asian | Chinese | Colombian | Cornish | Cypriot (part not stated) | Czech
    East Asian/ East Asian unspecified | English | English/Welsh/Scottish/Northern Irish/British
    European Mixed, European unspecified, other European | Filipino | Greek | Greek Cypriot | Gypsy/Romany | Hispanic or Latin American
    Indian or British Indian | Iranian | Italian | Japanese | Jewish | Kashmiri | Kurdish | Lithuanian
    Mauritian/Seychellois/Maldivian/Sao Tomean/St Helenian | Mexican | Moroccan | Muslim | Nepali (includes Gurkha) | North African
    Other Asian, Asian unspecified | Other Eastern European | Other Middle East | Other Mixed | Other White, White unspecified
    Pakistani or British Pakistani | Polish | Polynesia/Micronesia/Melanesia | Portuguese | Punjabi | Roma | Romanian | Sikh | Slovakian
    Somali | Somalilander | South American | Spanish | Sri Lankan | Tamil | Thai | Turkish | Turkish Cypriot | Vietnamese | White African
    Any other ethnic group
ts023 Multiple ethnic groups in household
  Total: All households
  One-person household
  All household members have the same ethnic group
  Ethnic groups differ between generations but not within partnerships
  Ethnic groups differ within partnerships
  Any other combination of multiple ethnic identities
ts024 Main language (detailed)
  Total: All usual residents aged 3 years and over
  English (English or Welsh in Wales)
  Welsh or Cymraeg (in England only)
  Other UK language
    Gaelic (Irish) | Gaelic (Scottish) | Manx Gaelic | Gaelic (Not otherwise specified) | Cornish | Scots | Ulster Scots | Romany English
    Irish Traveller Cant
  French
  Portuguese
  Spanish
  Other European language (EU)
    Italian | German | Polish | Slovak | Czech | Romanian | Lithuanian | Latvian | Hungarian | Bulgarian | Greek | Dutch | Swedish | Danish
    Finnish | Estonian | Slovenian | Maltese | Any other European language (EU)
  Other European language (non EU)
    Albanian | Ukrainian | Any other Eastern European language (non EU) | Northern European language (non EU)
  Other European language (EU and non-EU)
    Bosnian, Croatian, Serbian, and Montenegrin
  Other European language (non-national)
    Any Romani language | Yiddish
  Russian
  Turkish
  Arabic
  West or Central Asian language
    Hebrew | Kurdish | Persian or Farsi | Pashto | Any other West or Central Asian language
  South Asian language
    Urdu | Hindi | Panjabi | Pakistani Pahari (with Mirpuri and Potwari) | Bengali (with Sylheti and Chatgaya) | Gujarati | Marathi | Telugu
    Tamil | Malayalam | Sinhala | Nepalese | Any other South Asian language
  East Asian language
    Mandarin Chinese | Cantonese Chinese | All other Chinese | Japanese | Korean | Vietnamese | Thai | Malay | Tagalog or Filipino
    Any other East Asian language
  Oceanic or Australian language
  North or South American language
  Caribbean Creole
    English-based Caribbean Creole | Any other Caribbean Creole
  African language
    Amharic | Tigrinya | Somali | Krio | Akan | Yoruba | Igbo | Swahili or Kiswahili | Luganda | Lingala | Shona | Afrikaans
    Any other Nigerian language | Any other West African language | Any other African language
  Sign language
    British Sign Language | Any other sign language | Any sign communication system
  Other language
ts025 Household language (English and Welsh)
  Total: All households
  All adults in household have English in England, or English or Welsh in Wales as a main language
  At least one but not all adults in household have English in England, or English or Welsh in Wales as a main language
  No adults in household, but at least one person aged 3 to 15 years, has English in England or English or Welsh in Wales as a main language
  No people in household have English in England, or English or Welsh in Wales as a main language
ts026 Multiple main languages in household
  Total: All households
  One-person household
  All household members have the same main language
  Main language differs between generations, but not within partnerships
  Main language differs within partnerships
  Any other combination of multiple main languages
ts027 National identity
  Total: All usual residents
  British only identity
  English only identity
  English and British only identity
  Welsh only identity
  Welsh and British only identity
  Any other combination of only UK identities
  Scottish only identity
  Scottish and British only identity
  Northern Irish only identity
  Northern Irish and British only identity
  Cornish only identity
  Cornish and British only identity
  Any other combination of only UK identities (2)
  Irish only identity
  Irish and at least one UK identity
  Other identity only
  Other identity and at least one UK identity
  Non-UK identity only
  UK identity and non-UK identity
ts028 National identity (detailed)
  Total: All usual residents
  UK identity
    British only identity
    English only identity
    English and British only identity
    Welsh only identity
    Welsh and British only identity
    Scottish only identity
    Scottish and British only identity
    Northern Irish only identity
    Northern Irish and British only identity
    Cornish only identity
    Cornish and British only identity
    Any other combination of UK identities (UK only)
    Other identity and at least one UK identity
  Other identity only
    Guernsey Islander
    Jersey Islander
    Isle of Man (Manx)
    Channel Islander not otherwise specified
    Irish only identity
    Irish and at least one UK identity
    European
      EU countries
        French | German | Italian | Portuguese | Spanish (including Canary Islander) | Other member countries in March 2001 | Lithuanian | Polish
        Romanian | Other member countries
      Non-EU countries
        Turkish | Other European
    African
      North African
      Central and Western African
        Ghanaian | Nigerian | Other Central and Western African
      South and Eastern African
        Kenyan | Somali | South African | Zimbabwean | Other South and Eastern African
    Middle Eastern and Asian
      Middle Eastern
        Kurdish | Iranian | Iraqi | Other Middle Eastern
      Eastern Asian
        Chinese | Hong Kong Chinese | Japanese | Other Eastern Asian
      Southern Asian
        Afghan | Bangladeshi | Indian | Pakistani | Sri Lankan | Other Southern Asian
      South-East Asian
        Filipino | Malaysian | Singaporean | Other South-East Asian
      Central Asian
      Asian not otherwise specified
    American and Caribbean
      North American
        Canadian | US Citizen | Other North American
      Central American
      South American
      Caribbean
        Jamaican | Other Caribbean
    Antarctican and Oceanian
      Australasian
        Australian | New Zealander | Other Australasian
      Other Oceanian
    Other
ts029 Proficiency in English language
  Total: All usual residents aged 3 years and over
  Main language is English (English or Welsh in Wales)
  Main language is not English (English or Welsh in Wales)
    Can speak English very well
    Can speak English well
    Cannot speak English well
    Cannot speak English
ts030 Religion
  Total: All usual residents
  No religion | Christian | Buddhist | Hindu | Jewish | Muslim | Sikh | Other religion | Not answered
ts031 Religion (detailed)
  Total: All Usual Residents
  Christian | Buddhist | Hindu | Jewish | Muslim | Sikh
  No religion
    Agnostic | Atheist | Free Thinker | Humanist | No religion | Realist
  Other religion
    Alevi | Animism | Baha'i | Believe in God | Brahma Kumari | Chinese Religion | Church of All Religion | Confucianist | Deist | Druid | Druze
    Eckankar | Heathen | Jain | Mixed Religion | Mysticism | Native American Church | New Age | Occult | Other religions | Own Belief System
    Pagan | Pantheism | Rastafarian | Ravidassia | Reconstructionist | Satanism | Scientology | Shamanism | Shintoism | Spiritual | Spiritualist
    Taoist | Theism | Thelemite | Traditional African Religion | Unification Church | Universalist | Valmiki | Vodun | Wicca | Witchcraft | Yazidi
    Zoroastrian
  Religion not stated
ts037 General health
  Total: All usual residents
  Very good health
  Good health
  Fair health
  Bad health
  Very bad health
ts038 Disability
  Total: All usual residents
  Disabled under the Equality Act
    Day-to-day activities limited a lot
    Day-to-day activities limited a little
  Not disabled under the Equality Act
    Has long term physical or mental health condition but day-to-day activities are not limited
    No long term physical or mental health conditions
ts039 Provision of unpaid care
  Total: All usual residents aged 5 and over
  Provides no unpaid care
  Provides 19 hours or less unpaid care a week
  Provides 9 hours or less unpaid care a week
  Provides 10 to 19 hours unpaid care a week
  Provides 20 to 49 hours unpaid care a week
  Provides 20 to 34 hours unpaid care a week
  Provides 35 to 49 hours unpaid care a week
  Provides 50 or more hours unpaid care a week
ts040 Number of disabled people in household
  Total: All households
  No people disabled under the Equality Act in household
  1 person disabled under the Equality Act in household
  2 or more people disabled under the Equality Act in household
ts041 Number of households
  Number of households
ts044 Accommodation type
  Total: All households
  Detached
  Semi-detached
  Terraced
  In a purpose-built block of flats or tenement
  Part of a converted or shared house, including bedsits
  Part of another converted building, for example, former school, church or warehouse
  In a commercial building, for example, in an office building, hotel or over a shop
  A caravan or other mobile or temporary structure
ts045 Number of cars or vans
  Total: All households
  No cars or vans in household
  1 car or van in household
  2 cars or vans in household
  3 or more cars or vans in household
ts046 Type of central heating in household
  Total: All households
  No central heating
  Mains gas only
  Tank or bottled gas only
  Electric only
  Oil only
  Wood only
  Solid fuel only
  Renewable energy only
  District or communal heat networks only
  Other central heating only
  Two or more types of central heating (not including renewable energy)
  Two or more types of central heating (including renewable energy)
ts050 Number of bedrooms
  Total: All households
  1 bedroom
  2 bedrooms
  3 bedrooms
  4 or more bedrooms
ts051 Number of rooms (VOA)
  Total: All households
  1 room
  {2..8} rooms
  9 or more rooms
ts052 Occupancy rating for bedrooms
  Total: All households
  Occupancy rating of bedrooms:
    +2 or more
    +1
    0
    -1
    -2 or less
ts053 Occupancy rating for rooms
  Total: All households
  Occupancy rating of rooms:
    +2 or more
    +1
    0
    -1
    -2 or less
ts054 Tenure of household
  Total: All households
  Owned
    Owns outright
    Owns with a mortgage or loan
  Shared ownership
    Shared ownership
  Social rented
    Rents from council or Local Authority
    Other social rented
  Private rented
    Private landlord or letting agency
    Other private rented
  Lives rent free
ts058 Distance travelled to work
  Total: All usual residents aged 16 years and over in employment the week before the census
  Less than 2km
  2km to less than 5km
  5km to less than 10km
  10km to less than 20km
  20km to less than 30km
  30km to less than 40km
  40km to less than 60km
  60km and over
  Works mainly from home
  Works mainly at an offshore installation, in no fixed place, or outside the UK
ts059 Hours worked
  Total: All usual residents aged 16 years and over in employment the week before the census
  Part-time
    15 hours or less worked
    16 to 30 hours worked
  Full-time
    31 to 48 hours worked
    49 or more hours worked
ts060 Industry (current)
  Total: All usual residents aged 16 years and over in employment the week before the census
  A: Agriculture, Forestry and fishing
  01 Crop and animal production, hunting and related service activities | 02 Forestry and logging | 03 Fishing and aquaculture
  B: Mining and quarrying
  05 Mining of coal and lignite | 06 Extraction of crude petroleum and natural gas | 07 Mining of metal ores | 08 Other mining and quarrying
  09 Mining support service activities
  C: Manufacturing
  10 Manufacture of food products | 11 Manufacture of beverages | 12 Manufacture of tobacco products | 13 Manufacture of textiles
  14 Manufacture of wearing apparel | 15 Manufacture of leather and related products
  16 Manufacture of wood and of products of wood and cork, except furniture; manufacture of articles of straw and plaiting materials
  17 Manufacture of paper and paper products | 18 Printing and reproduction of recorded media
  19 Manufacture of coke and refined petroleum products | 20 Manufacture of chemicals and chemical products
  21 Manufacture of basic pharmaceutical products and pharmaceutical preparations | 22 Manufacture of rubber and plastic products
  23 Manufacture of other non-metallic mineral products | 24 Manufacture of basic metals
  25 Manufacture of fabricated metal products, except machinery and equipment | 26 Manufacture of computer, electrical and optical products
  27 Manufacture of electrical equipment | 28 Manufacture of machinery and equipment not otherwise specified
  29 Manufacture of motor vehicles, trailers and semi-trailers | 30 Manufacture of other transport equipment | 31 Manufacture of furniture
  32 Other Manufacturing | 33 Repair and installation of machinery and equipment
  D: Electricity, gas, steam and air conditioning supply
  35 Electricity, gas, steam and air conditioning supply
  E: Water supply; Sewerage, Waste management and Remediation activities
  36 Water collection, treatment and supply | 37 Sewerage
  38 Waste collection, treatment and disposal activities; materials recovery | 39 Remediation activities and other waste management services
  F: Construction
  41 Construction of buildings; 42 Civil engineering; 43 Specialised construction activities
  G: Wholesale and retail trade; repair of motor vehicles and motorcycles
  45 Wholesale and retail trade and repair of motor vehicles and motorcycles | 46 Wholesale trade, except of motor vehicles and motorcycles
  47 Retail trade, except of motor vehicles and motorcycles | 48 Wholesale and retail not otherwise specified
  H: Transport and storage
  49 Land transport and transport via pipelines | 50 Water transport | 51 Air transport | 52 Warehousing and support activities for transportation
  53 Postal and courier activities
  I: Accommodation and food service activities
  55 Accommodation | 56 Food and beverage service activities
  J: Information and communication
  58 Publishing activities
  59 Motion picture, video and television production, sound recording and music publishing activities
  60 Programming and broadcasting activities | 61 Telecommunications | 62 Computer programming, consultancy and related activities
  63 Information service activities
  K: Financial and insurance activities
  64 Financial service activities, except insurance and pension funding
  65 Insurance, reinsurance and pension funding, except compulsory social security
  66 Activities auxiliary to financial services and insurance activities
  L: Real estate activities
  68 Real estate activities
  M: Professional, scientific and technical activities
  69 Legal and accounting activities | 70 Activities of head offices; management consultancy activities
  71 Architectural and engineering activities; technical testing and analysis | 72 Scientific research and development
  73 Advertising and market research | 74 Other professional, scientific and technical activities | 75 Veterinary activities
  N: Administrative and support service activities
  77 Rental and leasing activities | 78 Employment activities
  79 Travel agency, tour operator and other reservation service and related activities | 80 Security and investigation activities
  81 Services to buildings and landscape activities | 82 Office administrative, office support and other business support activities
  O: Public administration and defence; compulsory social security
  84 Public administration and defence; compulsory social security
  P: Education
  85 Education
  Q: Human health and social work activities
  86 Human health activities | 87 Residential care activities | 88 Social work activities without accommodation
  R, S, T, U Other
  90 Creative, arts and entertainment activities | 91 Libraries, archives, museums and other cultural activities
  92 Gambling and betting activities | 93 Sports activities and amusement and recreation activities | 94 Activities of membership organisations
  95 Repair of computers and personal and household goods | 96 Other personal service activities
  97 Activities of households as employers of domestic personnel
  98 Undifferentiated goods- and services-producing activities of private households for own use
  99 Activities of extraterritorial organisations and bodies
ts061 Method of travel to workplace
  Total: All usual residents aged 16 years and over in employment the week before the census
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
ts062 National Statistics Socio-economic Classification (NS-SEC)
  Total: All usual residents aged 16 years and over
  L1, L2 and L3 Higher managerial, administrative and professional occupations
  L4, L5 and L6 Lower managerial, administrative and professional occupations
  L7 Intermediate occupations
  L8 and L9 Small employers and own account workers
  L10 and L11 Lower supervisory and technical occupations
  L12 Semi-routine occupations
  L13 Routine occupations
  L14.1 and L14.2 Never worked and long-term unemployed
  L15 Full-time students
ts063 Occupation (current)
  Total: All usual residents aged 16 years and over in employment the week before the census
  1. Managers, directors and senior officials
  2. Professional occupations
  3. Associate professional and technical occupations
  4. Administrative and secretarial occupations
  5. Skilled trades occupations
  6. Caring, leisure and other service occupations
  7. Sales and customer service occupations
  8. Process, plant and machine operatives
  9. Elementary occupations
ts065 Unemployment history
  Total: All usual residents aged 16 years and over not in employment the week before the census
  Not in employment:
    Worked in the last 12 months
    Not worked in the last 12 months
    Never worked
ts066 Economic activity status
  Total: All usual residents aged 16 years and over
  Economically active (excluding full-time students)
    In employment
      Employee
        Part-time
        Full-time
      Self-employed with employees
        Part-time
        Full-time
      Self-employed without employees
        Part-time
        Full-time
    Unemployed
  Economically active and a full-time student
    In employment
      Employee
        Part-time
        Full-time
      Self-employed with employees
        Part-time
        Full-time
      Self-employed without employees
        Part-time
        Full-time
    Unemployed
  Economically inactive
    Retired
    Student
    Looking after home or family
    Long-term sick or disabled
    Other
ts067 Highest level of qualification
  Total: All usual residents aged 16 years and over
  No qualifications
  Level 1 and entry level qualifications
  Level 2 qualifications
  Apprenticeship
  Level 3 qualifications
  Level 4 qualifications and above
  Other qualifications
ts068 Schoolchild or full-time student indicator
  Total: All usual residents aged 5 years and over
  Student
  Not a student
ts071 UK armed forces veteran indicator
  Total: All usual residents
  Previously served in UK armed forces
  Previously served in UK reserve armed forces
  Previously served in both regular and reserve UK armed forces
  Has not previously served in any UK armed forces
ts077 Sexual orientation
  Total: All usual residents aged 16 years and over
  Straight or Heterosexual
  Gay or Lesbian
  Bisexual
  All other sexual orientations
  Not answered
ts078 Gender identity
  Total: All usual residents aged 16 years and over
  Gender identity the same as sex registered at birth
  Gender identity different from sex registered at birth but no specific identity given
  Trans woman
  Trans man
  All other gender identities
  Not answered
`);
